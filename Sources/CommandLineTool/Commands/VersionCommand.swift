/// `version`: one line that names the release and the platform.
enum VersionCommand {
  static let command = Command(
    name: .version,
    group: .reference,
    summary: "Print the version of the plugin",
    details: ["Print the version of the plugin and the platform it was built for."],
    examples: [
      .init(comment: "Print the version", line: "kubectl gcr-report version")
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    try invocation.environment.standardOutput.write("\(Version.line)\n")
    return .done
  }
}
