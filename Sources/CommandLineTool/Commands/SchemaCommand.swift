import Reports

/// `schema`: the JSON Schemas of `-o json`.
enum SchemaCommand {
  static let command = Command(
    name: .schema,
    group: .reference,
    summary: "Print the JSON Schema of -o json and -o yaml",
    details: [
      "Print the JSON Schema (draft 2020-12) of the document that -o json and -o yaml write: of a"
        + " report, or of what history, history diff, history trend and trace print. Keys are only ever"
        + " added within one apiVersion."
    ],
    positional: .init(
      placeholder: "DOCUMENT", help: "report (the default), history, diff, trend or trace",
      completion: .words(DocumentSchema.allCases.map(\.rawValue))),
    examples: [
      .init(
        comment: "Save the schema to validate reports with",
        line: "kubectl gcr-report schema > report.schema.json"),
      .init(
        comment: "The schema of history diff -o json",
        line: "kubectl gcr-report schema diff"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let name = invocation.arguments.positionals.first ?? DocumentSchema.report.rawValue
    guard let schema = DocumentSchema(rawValue: name) else {
      let names = DocumentSchema.allCases.map(\.rawValue)
      throw UsageError.invalidArgument(
        name, command: .schema, suggestion: Suggestion.nearest(to: name, among: names),
        expected: WordList.either(names))
    }
    try invocation.environment.standardOutput.write(schema.render())
    return .done
  }
}
