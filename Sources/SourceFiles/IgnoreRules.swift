/// The patterns in force in one folder: those of its own files after those of the folders above.
///
/// The last pattern that matches decides; what lies in an ignored folder cannot come back, since
/// nobody looks into it.
package struct IgnoreRules: Hashable, Sendable {
  private struct Level: Hashable, Sendable {
    /// Of the patterns' file, split at `/`.
    let folder: [String]
    let patterns: [IgnorePattern]
  }

  private var levels: [Level] = []

  package init() {}

  /// - Parameters:
  ///   - folder: relative to the same place as the paths of `ignores`.
  package mutating func add(_ text: some StringProtocol, folder: [String]) {
    var text = Substring(text)
    if text.first == "\u{FEFF}" { text.removeFirst() }
    let patterns = text.utf8.split(separator: 0x0A).compactMap { line in
      IgnorePattern(Substring(line))
    }
    if !patterns.isEmpty { levels.append(Level(folder: folder, patterns: patterns)) }
  }

  package func ignores(_ path: [String], isFolder: Bool) -> Bool {
    for level in levels.reversed() where path.starts(with: level.folder) {
      let rest = Array(path.dropFirst(level.folder.count))
      guard !rest.isEmpty else { continue }
      let last = level.patterns.last { $0.matches(rest, isFolder: isFolder) }
      if let last { return !last.isNegated }
    }
    return false
  }
}
