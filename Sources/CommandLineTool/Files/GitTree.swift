import Glibc

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

  /// Untracked files do not count.
  func state(of top: String) async -> Answer {
    do {
      let git = try GitCommand(environment: environment)
      let output = try await git.run(
        in: top,
        ["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all", "-z"])
      return output.isEmpty ? .clean : .dirty
    } catch GitCommand.Failure.notInstalled {
      return .unknown("git is not installed")
    } catch GitCommand.Failure.failed {
      return .unknown("\"git status\" fails there")
    } catch {
      return .unknown("\"git status\" cannot be run there")
    }
  }
}
