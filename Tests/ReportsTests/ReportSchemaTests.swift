import Foundation
import Testing

@testable import Reports

@Suite struct ReportSchemaTests {
  /// Every sample there is: of clusters and sweeps, hostile, filtered, with exceptions.
  static let samples = DocumentSamples.all + [SampleReports.selected]

  /// Validates by the keywords that the schema uses, and more strictly than it asks: a key that
  /// it does not name is an error here, so that no renderer adds one in silence.
  private struct Validator {
    let definitions: [String: Any]
    var errors: [String] = []

    mutating func check(_ value: Any, _ schema: [String: Any], _ path: String = "$") {
      for (keyword, argument) in schema {
        switch keyword {
        case "$schema", "title", "$defs", "properties", "minimum": break
        case "$ref":
          let name = (argument as? String ?? "").dropFirst("#/$defs/".count)
          guard let target = definitions[String(name)] as? [String: Any] else {
            errors.append("\(path): no definition \(name)")
            break
          }
          check(value, target, path)
        case "type":
          let types = argument as? [String] ?? [argument as? String ?? ""]
          if !types.contains(where: { Self.isType(value, $0) }) {
            errors.append("\(path): not \(types)")
          }
        case "const", "enum":
          // Strings and null are all that this schema has there.
          let allowed = argument as? [Any] ?? [argument]
          let isAllowed = allowed.contains {
            $0 is NSNull ? value is NSNull : value as? String == $0 as? String
          }
          if !isAllowed || value is NSNumber { errors.append("\(path): not one of \(allowed)") }
        case "anyOf":
          let isAny = (argument as? [[String: Any]] ?? []).contains { option in
            var inner = Validator(definitions: definitions)
            inner.check(value, option, path)
            return inner.errors.isEmpty
          }
          if !isAny { errors.append("\(path): none of anyOf") }
        case "items":
          for (index, item) in (value as? [Any] ?? []).enumerated() {
            check(item, argument as? [String: Any] ?? [:], "\(path)[\(index)]")
          }
        case "required":
          for key in argument as? [String] ?? [] where (value as? [String: Any])?[key] == nil {
            errors.append("\(path).\(key): missing")
          }
        case "format":
          guard let text = value as? String else { break }
          let isRight =
            argument as? String == "date"
            ? text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
            : text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
          if !isRight { errors.append("\(path): not a \(argument)") }
        default: errors.append("\(path): unknown keyword \(keyword)")
        }
      }
      if let properties = schema["properties"] as? [String: Any],
        let object = value as? [String: Any]
      {
        for (key, member) in object {
          guard let inner = properties[key] as? [String: Any] else {
            errors.append("\(path).\(key): not in the schema")
            continue
          }
          check(member, inner, "\(path).\(key)")
        }
      }
      if let minimum = schema["minimum"] as? Int, let number = value as? Int, number < minimum {
        errors.append("\(path): below \(minimum)")
      }
    }

    private static func isType(_ value: Any, _ type: String) -> Bool {
      switch type {
      case "null": value is NSNull
      case "string": value is String
      case "boolean": value is Bool
      case "integer": value is Int
      case "array": value is [Any]
      case "object": value is [String: Any]
      default: false
      }
    }
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func errors(_ document: [String: Any]) throws -> [String] {
    let schema = try object(ReportSchema.render())
    var validator = Validator(
      definitions: try #require(schema["$defs"] as? [String: Any]))
    validator.check(document, schema)
    return validator.errors
  }

  @Test(arguments: samples) func everyReportIsValid(_ report: Report) throws {
    #expect(try errors(object(render(report, as: .json))) == [])
  }

  @Test func mistakesAreFound() throws {
    var document = try object(render(SampleReports.mixed, as: .json))
    document["kind"] = "List"
    document["asOf"] = "tomorrow"
    document["extra"] = 1
    document["isSample"] = nil
    document["clusters"] = [["contexts": "a"]]
    let errors = try errors(document)
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
