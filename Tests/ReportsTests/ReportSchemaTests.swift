import Foundation
import Testing

@testable import Reports

@Suite struct ReportSchemaTests {
  /// Every sample there is: of clusters and sweeps, hostile, filtered, with exceptions.
  static let samples = DocumentSamples.all + [SampleReports.selected]

  @Test(arguments: samples) func everyReportIsValid(_ report: Report) throws {
    #expect(try SchemaValidator.errors(SchemaValidator.object(render(report, as: .json))) == [])
  }

  @Test func mistakesAreFound() throws {
    var document = try SchemaValidator.object(render(SampleReports.mixed, as: .json))
    document["kind"] = "List"
    document["asOf"] = "tomorrow"
    document["extra"] = 1
    document["isSample"] = nil
    document["clusters"] = [["contexts": "a"]]
    let errors = try SchemaValidator.errors(document)
    #expect(errors.contains { $0.hasPrefix("$.kind: not one of") })
    #expect(errors.contains("$.asOf: not a date"))
    #expect(errors.contains("$.extra: not in the schema"))
    #expect(errors.contains("$.isSample: missing"))
    #expect(errors.contains("$.clusters[0].contexts: not [\"array\"]"))
    #expect(errors.contains("$.clusters[0].findings: missing"))
  }
}

/// Debian's python3-jsonschema and python3-yaml, which `make test-real` installs.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct PythonRealToolsTests {
  @Test(arguments: ReportSchemaTests.samples)
  func jsonschemaAcceptsJSON(_ report: Report) throws {
    let pair = JSONValue.array([ReportSchema.document, JSONRenderer.document(report)])
    let script = """
      import json, jsonschema, sys
      schema, report = json.load(open(sys.argv[1], encoding='utf-8'))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.Draft202012Validator(schema).validate(report)
      json.dump([], sys.stdout)
      """
    _ = try Programs.python(script, reading: pair.serialized())
  }

  @Test(arguments: ReportSchemaTests.samples) func pyYAMLReadsTheDocumentOfJSON(
    _ report: Report
  ) throws {
    let script = """
      import json, sys, yaml
      json.dump(yaml.safe_load(open(sys.argv[1], encoding='utf-8')), sys.stdout)
      """
    let read = try Programs.python(script, reading: render(report, as: .yaml))
    let json = try JSONSerialization.jsonObject(with: Data(render(report, as: .json)))
    #expect(read as? NSDictionary == json as? NSDictionary)
  }
}
