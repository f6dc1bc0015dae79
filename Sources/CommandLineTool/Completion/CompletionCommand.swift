/// `completion`: the script that makes a shell, or kubectl, complete this program's words.
enum CompletionCommand {
  static let command = Command(
    name: .completion,
    group: .reference,
    summary: "Print a completion script for kubectl or a shell",
    details: [
      "kubectl (1.26 and later) completes a plugin's words with a program of its own,"
        + " kubectl_complete-gcr_report: save the script for kubectl under this name in a folder of"
        + " PATH and make it executable. kubectl's own completion must be set up in the shell"
        + " (kubectl completion --help).",
      "The scripts for bash, zsh and fish complete kubectl-gcr_report when it is called by that"
        + " name, without kubectl.",
    ],
    positional: .init(
      placeholder: "SHELL", help: WordList.either(CompletionScript.allCases.map(\.rawValue)),
      isRequired: true, completion: .words(CompletionScript.allCases.map(\.rawValue))),
    examples: [
      .init(
        comment: "Complete kubectl gcr-report, in a folder of PATH",
        line: "kubectl gcr-report completion kubectl > kubectl_complete-gcr_report"),
      .init(
        comment: "and make the script executable",
        line: "chmod +x kubectl_complete-gcr_report"),
      .init(
        comment: "Complete kubectl-gcr_report in this bash",
        line: "source <(kubectl-gcr_report completion bash)"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let names = CompletionScript.allCases.map(\.rawValue)
    guard let name = invocation.arguments.positionals.first else {
      throw UsageError.missingArgument(command: .completion, expected: WordList.either(names))
    }
    guard let script = CompletionScript(rawValue: name) else {
      throw UsageError.invalidArgument(
        name, command: .completion, suggestion: Suggestion.nearest(to: name, among: names),
        expected: WordList.either(names))
    }
    try invocation.environment.standardOutput.write(script.text)
    return .done
  }
}
