import Glibc

/// The file of a history, before SQLite sees it: private to its owner, and ours.
///
/// SQLite repairs what it opens. So whose file it is, is read from the file itself first: a file of
/// somebody else is never opened, and stays as it is.
struct HistoryFile {
  let path: String

  /// Makes the file, and its folder, for the owner alone; a file that is there stays as it is.
  /// SQLite gives its other files the mode of this one.
  func create() throws(HistoryError) {
    if make() || errno == EEXIST { return }
    guard errno == ENOENT else { throw cannotCreate() }
    try createFolder(Self.folder(of: path))
    guard make() || errno == EEXIST else { throw cannotCreate() }
  }

  /// Refuses what is no history. An empty file is one that nothing was written to yet.
  func check() throws(HistoryError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { throw .missing(path: path) }
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotOpen(path: path, reason: "it is no file")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    let count = pread(descriptor, &header, header.count, 0)
    guard count >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    if count == 0 { return }
    // https://www.sqlite.org/fileformat2.html#the_database_header: the application ID is the
    // big-endian number at offset 68.
    let application = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)),
      application == HistorySchema.applicationID
    else { throw .notHistory(path: path) }
  }

  var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private func make() -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }

  private func createFolder(_ folder: String) throws(HistoryError) {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder.contains("/") else { throw cannotCreate() }
    try createFolder(Self.folder(of: folder))
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw cannotCreate() }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func cannotCreate() -> HistoryError {
    .cannotCreate(path: path, reason: String(cString: strerror(errno)))
  }
}
