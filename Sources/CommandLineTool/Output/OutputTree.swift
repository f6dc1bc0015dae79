import Glibc
import Kubeconfig
import Reports

/// A folder of generated files: `--output-dir`.
///
/// All or nothing as far as names go: when a file is there already with other content, or a name is
/// taken by a folder or a symbolic link, nothing is written. Files of the same content stay
/// untouched, and other files are none of ours. Each file is written whole or not at all.
struct OutputTree {
  struct File: Hashable, Sendable {
    /// Below the folder, each part made by `FileNameTemplate.safe(_:)`:
    /// `payments/deployment-api.yaml`.
    let path: String
    let content: String
    var isExecutable = false
  }

  private let directory: String
  /// As typed, for messages.
  private let name: String
  private let overwrites: Bool

  /// Nil without `--output-dir`, without which `--overwrite` does nothing.
  init?(_ invocation: Invocation) throws(UsageError) {
    let flags = Flags.source
    guard let name = invocation.arguments[flags.outputDirectory] else {
      guard !invocation.arguments.isTyped(flags.overwrite) else {
        throw .needsOther(
          flags.overwrite.definition.spelling, [flags.outputDirectory.definition.spelling])
      }
      return nil
    }
    self.init(
      directory: invocation.environment.absolute(name), name: name,
      overwrites: invocation.arguments[Flags.source.overwrite])
  }

  init(directory: String, name: String, overwrites: Bool) {
    self.directory = directory
    self.name = name
    self.overwrites = overwrites
  }

  /// What is said when these files are there; each folder has a `README.md`.
  ///
  /// - Parameter summary: what they hold, in a few words.
  func receipt(_ files: [File], _ summary: String? = nil) -> String {
    let name = TerminalText.sanitized(name)
    let words = summary.map { ": \($0)" } ?? ""
    return "\(CountWords.text(files.count, "file")) in \(name)\(words). Begin with"
      + " \(name)/README.md\n"
  }

  func write(_ files: [File]) throws {
    let pending = try files.filter { try isToBeWritten($0) }
    try makeFolder("")
    for file in pending {
      let folders = file.path.split(separator: "/").dropLast()
      for count in folders.indices {
        try makeFolder(folders[...count].joined(separator: "/"))
      }
    }
    for file in pending {
      let path = "\(directory)/\(file.path)"
      try AtomicFile.write(Array(file.content.utf8), to: path, name: "\(name)/\(file.path)")
      if file.isExecutable, chmod(path, 0o755) != 0 {
        throw OutputError(file: "\(name)/\(file.path)", code: errno)
      }
    }
  }

  private func isToBeWritten(_ file: File) throws -> Bool {
    let shown = "\(name)/\(file.path)"
    let path = "\(directory)/\(file.path)"
    var status = stat()
    guard lstat(path, &status) == 0 else {
      // ENOTDIR: a file stands where a folder of ours should be.
      guard errno == ENOENT else { throw OutputError(file: shown, code: errno) }
      return true
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw OutputTreeError.notAFile(shown)
    }
    if overwrites { return true }
    // Anything longer is other content.
    let files = LocalFiles(limit: file.content.utf8.count)
    guard let old = try? files.read(path), old == Array(file.content.utf8) else {
      throw OutputTreeError.exists(shown)
    }
    return false
  }

  private func makeFolder(_ path: String) throws {
    let whole = path.isEmpty ? directory : "\(directory)/\(path)"
    guard mkdir(whole, 0o755) != 0 else { return }
    let code = errno
    var status = stat()
    // What the user named may be a symbolic link; what is below it is ours and may not.
    let found = path.isEmpty ? stat(whole, &status) : lstat(whole, &status)
    guard code == EEXIST, found == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw OutputError(file: path.isEmpty ? name : "\(name)/\(path)", code: code)
    }
  }
}

/// A folder that cannot take the files; nothing was written.
enum OutputTreeError: Error, Hashable, CustomStringConvertible {
  case exists(String)
  case notAFile(String)

  var description: String {
    switch self {
    case .exists(let file):
      "\"\(file)\" is there already and holds something else; nothing was written. Name another"
        + " folder, or let --overwrite replace it"
    case .notAFile(let file):
      "\"\(file)\" is no regular file; nothing was written. Name another folder"
    }
  }
}
