import Reports

/// `schema`: the JSON Schema of `-o json`.
enum SchemaCommand {
  static let command = Command(
    name: .schema,
    group: .reference,
    summary: "Print the JSON Schema of -o json and -o yaml",
    details: [
      "Print the JSON Schema (draft 2020-12) of the document that -o json and -o yaml write. Keys"
        + " are only ever added within one apiVersion."
    ],
    examples: [
      .init(
        comment: "Save the schema to validate reports with",
        line: "kubectl gcr-report schema > report.schema.json")
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    try invocation.environment.standardOutput.write(ReportSchema.render())
    return .done
  }
}
