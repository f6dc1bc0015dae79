import Reports
import Testing

@testable import CommandLineTool

@Suite struct OutputPlanTests {
  private func plan(_ arguments: [String]) throws -> OutputPlan {
    try OutputPlan(ArgumentParser(registry: TestRegistry.all).parse(arguments))
  }

  private func file(_ text: String) throws -> OutputPlan.Place {
    .file(try FileNameTemplate(text))
  }

  @Test func theTableGoesToStandardOutput() throws {
    let entries = try plan([]).entries
    #expect(entries == [.init(format: .table, place: .standardOutput)])
    #expect(try plan(["--output-file", "x"]).entries == [.init(format: .table, place: file("x"))])
  }

  @Test func aHyphenIsStandardOutput() throws {
    let expected = [OutputPlan.Entry(format: .csv, place: .standardOutput)]
    #expect(try plan(["-o", "csv=-"]).entries == expected)
    #expect(try plan(["-o", "csv", "--output-file", "-"]).entries == expected)
    #expect(throws: OutputPlanError.twoToStandardOutput(.table, .csv)) {
      try plan(["-o", "table", "-o", "csv=-"])
    }
    #expect(try plan(["-o", "csv=./-"]).entries == [.init(format: .csv, place: file("./-"))])
  }

  @Test func severalOutputs() throws {
    let plan = try plan([
      "-o", "table", "-ocsv=report.csv", "--output=json=a=b.json", "-o=yaml=/tmp/%c-%d.yaml",
      "--columns", "image,namespace", "--columns=image",
    ])
    #expect(
      try plan.entries == [
        .init(format: .table, place: .standardOutput),
        .init(format: .csv, place: file("report.csv")),
        .init(format: .json, place: file("a=b.json")),
        .init(format: .yaml, place: file("/tmp/%c-%d.yaml")),
      ])
    #expect(plan.columns == ["image", "namespace"])
  }

  /// One output that groups is enough: the others hold everything anyway.
  @Test(arguments: [
    ["--by", "image"], ["--by=node", "-o", "wide"], ["--by", "team", "-o", "csv=a", "-o", "table"],
  ])
  func groupingNeedsATable(arguments: [String]) throws {
    _ = try plan(arguments)
  }

  @Test func theSingleFormatForm() throws {
    #expect(
      try plan(["-o", "csv", "--output-file", "r.csv"]).entries
        == [.init(format: .csv, place: file("r.csv"))])
  }

  @Test(arguments: [
    (["-o", "csv", "-o", "json"], OutputPlanError.twoToStandardOutput(.csv, .json)),
    (["-o", "csv", "-o", "csv"], .twoToStandardOutput(.csv, .csv)),
    (["-o", "csv=a", "-o", "json=a"], .twoToOneFile(.csv, .json, file: "a")),
    (["-o", "csv", "-o", "json", "--output-file", "a"], .fileForSeveralOutputs("a")),
    (["-o", "csv=b", "--output-file", "a"], .twoFiles("b", "a")),
    (["-o", "csv=a%20b"], .unknownPlaceholder("%2", file: "a%20b")),
    (["-o", "csv=a%"], .unknownPlaceholder("%", file: "a%")),
    (["-o", "json", "--columns", "image"], .columnsWithoutCSV),
    (["-o", "json", "--by", "image"], .groupingWithoutTable(.image, .json)),
    (["-o", "json=r.json", "--keep", "2"], .nothingToRotate),
    (["-o", "json=%d/r-%d.json", "--keep", "2"], .datedFolder("%d/r-%d.json")),
  ])
  func contradictions(arguments: [String], expected: OutputPlanError) {
    #expect(throws: expected) { try plan(arguments) }
    #expect(facts(of: expected).hasUsageError)
  }

  @Test(arguments: [
    (
      OutputPlanError.twoToStandardOutput(.csv, .json),
      "\"csv\" and \"json\" both go to standard output; give one a file: -o json=FILE"
    ),
    (
      .twoToOneFile(.csv, .json, file: "a"),
      "\"csv\" and \"json\" both go to \"a\"; give each a file of its own"
    ),
    (
      .fileForSeveralOutputs("a"),
      "\"--output-file a\" needs exactly one -o; give each output its file with -o FORMAT=FILE"
    ),
    (
      .twoFiles("b", "a"),
      "the output has two files, \"b\" and \"a\"; expected -o FORMAT=FILE or --output-file, not both"
    ),
    (
      .unknownPlaceholder("%2", file: "a%20b"),
      "unknown placeholder \"%2\" in file name \"a%20b\"; expected %d (date), %t (time), %c (context)"
        + " or %% for a percent sign"
    ),
    (
      .columnsWithoutCSV, "\"--columns\" chooses columns of csv, and no output is csv; add -o csv"
    ),
    (
      .groupingWithoutTable(.team, .csv),
      "\"--by team\" groups table, wide, markdown or html, and \"csv\" always holds every finding;"
        + " leave out --by, or add -o table"
    ),
  ])
  func words(error: OutputPlanError, expected: String) {
    #expect(describe(error as any Error) == expected)
  }

  @Test(arguments: [
    (
      "jsonpath={.items[*].metadata.name}",
      "a whole report; instead of jsonpath use -o json and jq"
    ),
    ("jsonpath-as-json={.x}", "a whole report; instead of jsonpath use -o json and jq"),
    ("custom-columns=A:.b", "a whole report; instead of custom-columns use -o json and jq"),
    ("custom-columns-file=f", "a whole report; instead of custom-columns use -o json and jq"),
    ("go-template={{.}}", "a whole report; instead of go-template use -o json and jq"),
    ("csv=", "a file after \"csv=\""),
  ])
  func refusedFormats(text: String, expected: String) {
    #expect(
      throws: UsageError.invalidValue(flag: "--output", value: text, expected: expected)
    ) { try plan(["-o", text]) }
  }

  @Test(arguments: [
    ("imag", "a column of csv; did you mean \"image\"?"),
    ("Namespace", "a column of csv; did you mean \"namespace\"?"),
    ("zzzzzz", "a column of csv: \(WordList.either(CSVColumns.names))"),
  ])
  func unknownColumns(name: String, expected: String) {
    #expect(
      throws: UsageError.invalidValue(flag: "--columns", value: name, expected: expected)
    ) { try plan(["-o", "csv", "--columns", "image,\(name)"]) }
  }

  @Test(arguments: [
    ("r-%d-%c.csv", "prod", "r-2026-11-21-prod.csv"),
    ("100%%.csv", "prod", "100%.csv"), ("r-%dT%t.csv", "prod", "r-2026-11-21T080909Z.csv"),
    ("%c", "arn:aws:eks:eu-west-1:1:cluster/prod", "arn_aws_eks_eu-west-1_1_cluster_prod"),
    ("%c", "../../etc/passwd", "_._.._etc_passwd"),
    ("%c", "admin@prod", "admin@prod"),
    ("%c", "", "_"),
    ("%c", "-rf", "_rf"),
    ("%c", "a\u{0}\n\u{1B}é%d", "a____%d".replacing("%", with: "_")),
    ("%c", String(repeating: "x", count: 500), String(repeating: "x", count: 100)),
  ])
  func fileNames(template: String, context: String, expected: String) throws {
    // 2026-11-21T08:09:09Z
    #expect(
      try FileNameTemplate(template).name(time: 1_795_248_549, context: context) == expected)
  }
}
