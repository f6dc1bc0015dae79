import Kubeconfig
import KubernetesAPI
import Synchronization

/// Runs git so that nothing which a repository's configuration names is run: no hook, no filter, no
/// monitor, no transport, no pager, no shell.
struct GitCommand {
  enum Failure: Error, Hashable {
    case notInstalled
    /// Its exit status, and the first line of what it said.
    case failed(status: Int32, why: String)
    case notRun(String)
  }

  private let executable: String
  private let variables: [String: String]

  init(environment: [String: String]) throws(Failure) {
    let lookup = ExecutableLookup(environment: environment, files: LocalFiles())
    guard let git = lookup.path(of: "git") else { throw .notInstalled }
    executable = git
    var variables = environment
    // What a hook of git sets, in which this program may run, is not the folder that was named.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
      variables[name] = nil
    }
    variables["GIT_OPTIONAL_LOCKS"] = "0"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    // A partial clone would fetch what it lacks, through whatever its configuration says.
    variables["GIT_NO_LAZY_FETCH"] = "1"
    variables["GIT_ALLOW_PROTOCOL"] = ""
    self.variables = variables
  }

  /// - Parameter folder: where it runs.
  /// - Returns: standard output.
  func run(
    in folder: String, _ arguments: [String], input: [UInt8]? = nil, outputLimit: Int = 64 << 20
  ) async throws -> [UInt8] {
    let said = FirstLine()
    let child = ChildProcess(
      executable: executable,
      arguments: [
        "git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager",
        "--literal-pathspecs", "-C", folder,
      ] + arguments,
      environment: variables, input: input, outputLimit: outputLimit, timeLimit: .seconds(120),
      reportLine: { said.take($0) })
    let result: ChildProcess.Result
    do {
      result = try await child.run()
    } catch let failure as ChildProcess.Failure {
      throw Failure.notRun(Self.words(failure))
    }
    switch result.termination {
    case .exited(status: 0): return result.output
    case .exited(let status): throw Failure.failed(status: status, why: said.text)
    case .signalled(let signal): throw Failure.notRun("ended by signal \(signal)")
    }
  }

  private static func words(_ failure: ChildProcess.Failure) -> String {
    switch failure {
    case .notStarted(let code), .statusLost(let code): "error \(code) of the operating system"
    case .timeLimitReached(let limit): "not done within \(limit)"
    case .outputLimitReached(let bytes): "more than \(bytes >> 20) MiB of output"
    }
  }

  /// The first line that git says of what is wrong; hints follow it.
  private final class FirstLine: Sendable {
    private let line = Mutex("")

    func take(_ text: String) {
      line.withLock { line in
        if line.isEmpty {
          line = text.hasPrefix("fatal: ") ? String(text.dropFirst("fatal: ".count)) : text
        }
      }
    }

    var text: String { line.withLock { $0 } }
  }
}
