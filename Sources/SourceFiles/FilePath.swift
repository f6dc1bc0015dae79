/// Paths as texts: what lies where, without a look at the disk.
enum FilePath {
  /// Without `.` and, where a folder stands before it, `..`.
  static func normal(_ path: String) -> String {
    var result: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == "..", let last = result.last, last != ".." {
        result.removeLast()
      } else {
        result.append(segment)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + result.joined(separator: "/")
  }

  /// The folder of a file; empty for the one that paths begin in.
  static func folder(of path: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    return path.hasPrefix("/") && folder.isEmpty ? "/" : normal(String(folder))
  }
}
