/// Paths as Go's path/filepath computes them: by their text alone.
enum FilePaths {
  /// `filepath.Clean`: the shortest equal path.
  static func clean(_ path: String) -> String {
    let isRooted = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if let last = parts.last, last != ".." {
        parts.removeLast()
      } else if !isRooted {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isRooted { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// `path` itself if absolute, untouched; else below `base`.
  static func resolve(_ path: String, base: String) -> String {
    path.hasPrefix("/") ? path : clean(base + "/" + path)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return clean(String(path[...slash]))
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }
}
