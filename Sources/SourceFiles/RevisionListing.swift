/// What `git ls-tree -r -z -l` tells of a tree.
package struct RevisionListing: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case file
      case link
      case submodule
    }

    package let kind: Kind
    /// Its name in the object store: hexadecimal digits.
    package let object: String
    package let size: Int
    /// From the top of the tree.
    package let path: String

    package init(kind: Kind, object: String, size: Int, path: String) {
      self.kind = kind
      self.object = object
      self.size = size
      self.path = path
    }
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// `MODE SP TYPE SP OBJECT SP+ SIZE TAB PATH NUL` (git-ls-tree(1), "OUTPUT FORMAT").
  ///
  /// Nil for anything else.
  package init?(_ output: [UInt8]) {
    var entries: [Entry] = []
    for record in output.split(separator: 0) {
      guard let tab = record.firstIndex(of: 0x09) else { return nil }
      let words = record[..<tab].split(separator: 0x20)
      let path = String(decoding: record[(tab + 1)...], as: UTF8.self)
      guard words.count == 4 else { return nil }
      let object = String(decoding: words[2], as: UTF8.self)
      guard object.count >= 40, object.allSatisfy(\.isHexDigit) else { return nil }
      let kind: Entry.Kind
      switch String(decoding: words[0], as: UTF8.self) {
      case "120000": kind = .link
      case "160000": kind = .submodule
      default: kind = .file
      }
      entries.append(
        Entry(
          kind: kind, object: object, size: Int(String(decoding: words[3], as: UTF8.self)) ?? 0,
          path: path))
    }
    self.entries = entries
  }
}

/// Which files of a tree are worth reading: as ``FileWalk``, but that `.gitignore` says nothing of
/// what is committed.
package struct RevisionFiles {
  package struct File: Hashable, Sendable {
    /// As a person finds it: the path that was named, and what lies below.
    package let name: String
    package let entry: RevisionListing.Entry
  }

  package private(set) var files: [File] = []
  /// Names of folders with a `Chart.yaml`.
  package private(set) var charts: Set<String> = []
  package private(set) var submodules: [String] = []
  package private(set) var isFound = false

  /// - Parameters:
  ///   - root: the path in the tree, empty for all of it.
  ///   - name: how it was named.
  ///   - ignoreFiles: the texts of `.gcrreportignore` files by the folders that hold them, from
  ///     the top of the tree.
  package init(
    _ listing: RevisionListing, root: String, name: String, ignoreFiles: [String: String],
    include: [String] = [], exclude: [String] = []
  ) {
    let base = root.split(separator: "/").map(String.init)
    let include = include.compactMap { IgnorePattern(Substring($0)) }
    var excluded = IgnoreRules()
    excluded.add(exclude.joined(separator: "\n"), folder: [])
    var rules = IgnoreRules()
    let folders = ignoreFiles.map {
      (path: $0.key.split(separator: "/").map(String.init), $0.value)
    }
    for (folder, text) in folders.sorted(by: { $0.path.count < $1.path.count }) {
      rules.add(text, folder: folder)
    }
    var folderVerdicts: [[String]: Bool] = [:]
    func isOut(_ path: [String], isFolder: Bool) -> Bool {
      rules.ignores(base + path, isFolder: isFolder) || excluded.ignores(path, isFolder: isFolder)
    }
    func isFolderOut(_ folder: [String]) -> Bool {
      guard !folder.isEmpty else { return false }
      if let known = folderVerdicts[folder] { return known }
      let verdict = isFolderOut(folder.dropLast()) || isOut(folder, isFolder: true)
      folderVerdicts[folder] = verdict
      return verdict
    }
    let names = name == "." ? "" : name
    for entry in listing.entries {
      let path = entry.path.split(separator: "/").map(String.init)
      guard path.starts(with: base) else {
        // A chart around what was named.
        if path.last == "Chart.yaml", base.starts(with: path.dropLast()) {
          charts.formUnion(Self.folder(of: name, above: base.count - path.count + 1))
        }
        continue
      }
      let rest = Array(path.dropFirst(base.count))
      isFound = true
      let full = rest.isEmpty ? name : FileWalk.joined(names, rest.joined(separator: "/"))
      switch entry.kind {
      case .link: continue
      case .submodule:
        if !isFolderOut(rest) { submodules.append(full) }
      case .file:
        if rest.last == "Chart.yaml" {
          charts.insert(FileWalk.joined(names, rest.dropLast().joined(separator: "/")))
        }
        if !rest.isEmpty {
          guard !isFolderOut(rest.dropLast()), !isOut(rest, isFolder: false),
            include.isEmpty || include.contains(where: { $0.matches(rest, isFolder: false) })
          else { continue }
        }
        files.append(File(name: full, entry: entry))
      }
    }
  }

  /// The name of the folder so many levels above; none where the name does not reach so far.
  private static func folder(of name: String, above levels: Int) -> [String] {
    let segments = name.split(separator: "/")
    guard segments.count >= levels, !segments.contains("..") else { return [] }
    return [(name.hasPrefix("/") ? "/" : "") + segments.dropLast(levels).joined(separator: "/")]
  }
}
