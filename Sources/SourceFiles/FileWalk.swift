import Glibc

/// Which files a folder holds that are worth reading.
///
/// `.gitignore` counts as git reads it, up to the top of the repository, and `.gcrreportignore` in
/// the same form after it. `.git` is never entered. Symbolic links are not followed: what they
/// lead to inside the tree is found where it is, so that no loop can be.
package struct FileWalk {
  package struct Failure: Hashable, Sendable {
    package let path: String
    package let why: String
  }

  /// Sorted within each folder by the bytes of the names.
  package private(set) var files: [String] = []
  package private(set) var failures: [Failure] = []
  /// Folders with a `Chart.yaml`.
  package private(set) var charts: Set<String> = []

  private let include: [IgnorePattern]
  private let exclude: IgnoreRules

  /// - Parameters:
  ///   - include: patterns of which a file must match one, if there are any.
  ///   - exclude: patterns of files and folders to leave out.
  package init(include: [String] = [], exclude: [String] = []) {
    self.include = include.compactMap { IgnorePattern(Substring($0)) }
    var rules = IgnoreRules()
    rules.add(exclude.joined(separator: "\n"), folder: [])
    self.exclude = rules
  }

  /// A file that was named is taken whatever the patterns say.
  package mutating func add(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      failures.append(Failure(path: path, why: Self.words(errno)))
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      files.append(path)
      noteChart(around: path)
      return
    }
    noteChart(around: Self.trimmed(path))
    let root = Self.trimmed(path)
    let (base, rules) = Self.rulesAbove(root)
    walk(root == "." ? "" : root, below: [], base: base, rules: rules, depth: 0)
  }

  /// A folder nested deeper than any path can be long is a file system gone wrong.
  private static let deepest = 1000

  private mutating func walk(
    _ folder: String, below: [String], base: [String], rules: IgnoreRules, depth: Int
  ) {
    let entries: [(name: String, isFolder: Bool)]
    do throws(ReadFailure) {
      entries = try Self.entries(of: folder.isEmpty ? "." : folder)
    } catch {
      failures.append(Failure(path: folder.isEmpty ? "." : folder, why: Self.words(error.code)))
      return
    }
    if entries.contains(where: { $0.name == "Chart.yaml" && !$0.isFolder }) {
      charts.insert(folder)
    }
    var rules = rules
    for name in [".gitignore", ".gcrreportignore"] {
      guard entries.contains(where: { $0.name == name && !$0.isFolder }) else { continue }
      if let text = Self.text(Self.joined(folder, name)) {
        rules.add(text, folder: base + below)
      }
    }
    for entry in entries where entry.name != ".git" {
      let path = below + [entry.name]
      if rules.ignores(base + path, isFolder: entry.isFolder) { continue }
      if exclude.ignores(path, isFolder: entry.isFolder) { continue }
      let full = Self.joined(folder, entry.name)
      if entry.isFolder {
        guard depth < Self.deepest else {
          failures.append(Failure(path: full, why: "more than \(Self.deepest) folders deep"))
          continue
        }
        walk(full, below: path, base: base, rules: rules, depth: depth + 1)
      } else if include.isEmpty || include.contains(where: { $0.matches(path, isFolder: false) }) {
        files.append(full)
      }
    }
  }

  /// The patterns of the folders between the top of the repository and this one, and the way down
  /// from there; nothing outside a repository.
  private static func rulesAbove(_ root: String) -> (base: [String], rules: IgnoreRules) {
    var rules = IgnoreRules()
    guard let buffer = realpath(root, nil) else { return ([], rules) }
    defer { free(buffer) }
    let segments = String(cString: buffer).split(separator: "/").map(String.init)
    var top: Int?
    for count in stride(from: segments.count, through: 0, by: -1) {
      let folder = "/" + segments[..<count].joined(separator: "/")
      if access(folder + "/.git", F_OK) == 0 {
        top = count
        break
      }
    }
    guard let top else { return ([], rules) }
    let base = Array(segments[top...])
    let repository = "/" + segments[..<top].joined(separator: "/")
    if let text = text(repository + "/.git/info/exclude") { rules.add(text, folder: []) }
    for count in 0..<base.count {
      let folder = ([repository] + base[..<count]).joined(separator: "/")
      for name in [".gitignore", ".gcrreportignore"] {
        if let text = text(folder + "/" + name) {
          rules.add(text, folder: Array(base[..<count]))
        }
      }
    }
    return (base, rules)
  }

  /// For what was named, the chart around it, if there is one.
  private mutating func noteChart(around path: String) {
    var segments = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !segments.isEmpty {
      let folder = segments.joined(separator: "/")
      if access(Self.joined(folder, "Chart.yaml"), F_OK) == 0 { charts.insert(folder) }
      segments.removeLast()
    }
    if access("Chart.yaml", F_OK) == 0, !path.hasPrefix("/") { charts.insert("") }
  }

  private struct ReadFailure: Error {
    let code: Int32
  }

  /// Regular files and folders, sorted; anything else (links, pipes, devices) is left out.
  private static func entries(
    of folder: String
  ) throws(ReadFailure) -> [(name: String, isFolder: Bool)] {
    guard let stream = opendir(folder) else { throw ReadFailure(code: errno) }
    defer { closedir(stream) }
    var entries: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      // The name is copied before the next call overwrites it.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      guard lstat(joined(folder, name), &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: entries.append((name, true))
      case S_IFREG: entries.append((name, false))
      default: continue
      }
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func text(_ path: String) -> String? {
    guard case .whole(let bytes) = try? SourceBytes.read(path, limit: 1 << 20) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func joined(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Without `./` before it and `/` after it.
  package static func trimmed(_ path: String) -> String {
    var text = path[...]
    while text.count > 1, text.last == "/" { text.removeLast() }
    while text.hasPrefix("./"), text.count > 2 { text.removeFirst(2) }
    return text == "./" ? "." : String(text)
  }

  static func words(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file or folder"
    case EACCES, EPERM: "permission denied"
    default: String(cString: strerror(code))
    }
  }
}
