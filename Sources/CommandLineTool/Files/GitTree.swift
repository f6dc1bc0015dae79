import Glibc
import Kubeconfig
import KubernetesAPI

/// Asks git, where a file lies in a repository, whether that has changes of its own.
struct GitTree {
  let environment: [String: String]

  enum Answer: Hashable {
    case clean
    case dirty
    /// git could not tell, in words.
    case unknown(String)
  }

  /// The top of the repository that holds a file; nil outside of one.
  static func top(of file: String) -> String? {
    guard let buffer = realpath(file, nil) else { return nil }
    defer { free(buffer) }
    var folder = String(cString: buffer)[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if access(folder + "/.git", F_OK) == 0 { return folder.isEmpty ? "/" : String(folder) }
    }
    return nil
  }

  /// Untracked files do not count. No program that the repository's configuration names is run.
  func state(of top: String) async -> Answer {
    let lookup = ExecutableLookup(environment: environment, files: LocalFiles())
    guard let git = lookup.path(of: "git") else { return .unknown("git is not installed") }
    var variables = environment
    variables["GIT_OPTIONAL_LOCKS"] = "0"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] { variables[name] = nil }
    let child = ChildProcess(
      executable: git,
      arguments: [
        "git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", top, "status",
        "--porcelain", "--untracked-files=no", "--ignore-submodules=all", "-z",
      ],
      environment: variables, outputLimit: 64 << 20, timeLimit: .seconds(60))
    do {
      let result = try await child.run()
      guard result.termination == .exited(status: 0) else {
        return .unknown("\"git status\" fails there")
      }
      return result.output.isEmpty ? .clean : .dirty
    } catch {
      return .unknown("\"git status\" cannot be run there")
    }
  }
}
