import Foundation
import TemporaryFolder
import TestPrograms
import Testing

@testable import CommandLineTool

/// The completion scripts in the shells and behind the kubectl that `make test-real` installs.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"), .serialized)
struct CompletionRealToolsTests {
  private static let kubeconfig = """
    contexts:
    - {name: "arn:aws:eks:eu:1:cluster/x", context: {cluster: c, user: u}}
    - {name: prod, context: {cluster: c, user: u}}
    - {name: "$(reboot)", context: {cluster: c, user: u}}

    """

  /// A home with a kubeconfig, the scripts, and the executable that kubectl looks for in `bin`.
  private func home() throws -> TemporaryFolder {
    let home = try TemporaryFolder(["kubeconfig": Self.kubeconfig])
    for script in CompletionScript.allCases { try home.write(script.text, to: script.rawValue) }
    try home.write(
      CompletionScript.kubectl.text, to: "bin/kubectl_complete-gcr_report", mode: 0o755)
    return home
  }

  private func run(
    _ name: String, _ arguments: [String], in home: TemporaryFolder
  ) throws -> ProgramRun {
    try RealProgram.run(
      name, arguments, path: [home.path("bin"), RealProgram.products.path],
      environment: [
        "HOME": home.path, "KUBECONFIG": home.path("kubeconfig"),
        "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": home.path,
      ])
  }

  @Test(arguments: [
    ("bash", "-n", "bash"), ("zsh", "-n", "zsh"), ("fish", "--no-execute", "fish"),
    ("sh", "-n", "kubectl"),
  ])
  func theShellParsesIt(shell: String, flag: String, script: String) throws {
    let home = try home()
    defer { home.remove() }
    let result = try run(shell, [flag, home.path(script)], in: home)
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  static let cases: [(words: [String], expected: [String], directive: Int)] = [
    (["acc"], ["access"], 4), (["--fail-on", "hi"], ["high"], 36),
    (
      ["rules", "istio-release"],
      [
        "istio-release", "istio-release-charts",
      ], 4
    ),
    (["--context", ""], ["arn:aws:eks:eu:1:cluster/x", "prod"], 4),
    (["-o", "csv"], ["csv", "csv="], 36),
    (["--rules", ""], [], 0), (["--kubeconfig-dir", ""], [], 16),
  ]

  /// The executable as kubectl runs it: the words as typed, the last one unfinished.
  @Test(arguments: cases)
  func theExecutableAnswers(words: [String], expected: [String], directive: Int) throws {
    let home = try home()
    defer { home.remove() }
    let result = try run("kubectl_complete-gcr_report", words, in: home)
    var lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines.popLast() == ":\(directive)")
    #expect(lines.map { String($0.prefix { $0 != "\t" }) } == expected)
    #expect(result.errors == "")
  }

  /// `kubectl __complete` is what kubectl's own scripts call. Before 1.26 kubectl does not complete
  /// the words of plugins at all, and says so by its directive: files.
  @Test(arguments: cases)
  func kubectlPassesItOn(words: [String], expected: [String], directive: Int) throws {
    let home = try home()
    defer { home.remove() }
    let version = try run("kubectl", ["version", "--client", "-o", "json"], in: home).text
    let minor = try #require(
      version.firstMatch(of: /"minor": *"(\d+)/).flatMap { Int($0.1) }, "\(version)")
    let result = try run("kubectl", ["__complete", "gcr-report"] + words, in: home)
    var lines = result.text.split(separator: "\n").map(String.init)
    guard minor >= 26 else {
      #expect(lines == [":0"])
      return
    }
    #expect(lines.popLast() == ":\(directive)")
    #expect(lines.map { String($0.prefix { $0 != "\t" }) } == expected)
  }

  /// bash cuts words at = and : and replaces what follows the last one only.
  @Test(arguments: [
    (#"kubectl-gcr_report "acc""#, "acc", "access"),
    (#"kubectl-gcr_report "--fail-on" "=" "h""#, "--fail-on=h", "high"),
    (#"kubectl-gcr_report "--fail-on" "=""#, "--fail-on=", "critical high medium low info"),
    (
      #"kubectl-gcr_report "--context" "arn" ":" "aws""#, "--context arn:aws",
      "aws:eks:eu:1:cluster/x"
    ),
    (#"kubectl-gcr_report "--columns" "image,ri""#, "--columns image,ri", "image,risk"),
  ])
  func bash(words: String, line: String, expected: String) throws {
    let home = try home()
    defer { home.remove() }
    let result = try run(
      "bash",
      [
        "--norc", "-c",
        """
        source "$HOME/bash"; compopt() { :; }
        COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE='kubectl-gcr_report \(line)'
        _kubectl_gcr_report kubectl-gcr_report
        echo "${COMPREPLY[*]}"
        """,
      ], in: home)
    #expect(result.text == "\(expected)\n")
    #expect(result.errors == "")
  }

  @Test(arguments: [
    ("acc", ["access"]), ("--fail-on=h", ["--fail-on=high"]),
    ("--context ", ["arn:aws:eks:eu:1:cluster/x", "prod"]), ("-o cs", ["csv"]),
  ])
  func fish(line: String, expected: [String]) throws {
    let home = try home()
    defer { home.remove() }
    let result = try run(
      "fish",
      ["--no-config", "-c", "source $HOME/fish; complete -C 'kubectl-gcr_report \(line)'"],
      in: home)
    let lines = result.text.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    #expect(lines == expected)
  }

  /// zsh completes on a terminal only; its own zpty is one.
  @Test(arguments: [
    ("acc", "access"), ("--fail-on=h", "--fail-on=high"),
    ("--context ar", "--context arn:aws:eks:eu:1:cluster/x"),
    ("--output=csv=kubeco", "--output=csv=kubeconfig"),
    ("explain stateful", "explain statefulset/"),
  ])
  func zsh(line: String, expected: String) throws {
    let home = try home()
    defer { home.remove() }
    let result = try run(
      "timeout",
      [
        "-s", "KILL", "30", "zsh", "-f", "-c",
        """
        zmodload zsh/zpty
        zpty shell "TERM=dumb PS1='%# ' zsh -f -i"
        zpty -w shell 'autoload -Uz compinit && compinit -u -D; source $HOME/zsh; print re""ady'
        zpty -r -m shell text '*ready*'
        zpty -w shell 'cd $HOME; print re""ady'
        zpty -r -m shell text '*ready*'
        zpty -w -n shell $'kubectl-gcr_report \(line)\\t'
        zpty -r -m shell text '*\(expected)*' && print found
        zpty -d shell
        """,
      ], in: home)
    #expect(result.text.contains("found"), "\(result.text) \(result.errors)")
  }
}
