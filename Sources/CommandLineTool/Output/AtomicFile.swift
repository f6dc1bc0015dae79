import Glibc

/// Writes whole files so that a reader sees the old content or the new, never a part.
///
/// A temporary file in the same folder is written, synced and renamed over the old one; when
/// anything fails it is removed and the old file stays as it was. A symbolic link stays and its
/// target is replaced, or made; but see `LinkedPath`. What exists and is no regular file (a pipe,
/// `/dev/null`) is written to.
enum AtomicFile {
  /// `path` is opened, `name` stands in errors. The mode of the file is 0644 less the umask.
  static func write(_ bytes: [UInt8], to path: String, name: String) throws(OutputError) {
    let place = try LinkedPath.follow(path, name: name)
    var status = stat()
    let exists = stat(path, &status) == 0
    if !exists && errno != ENOENT { throw OutputError(file: name, code: errno) }
    if exists && status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(file: name, code: EISDIR)
    }
    if exists && status.st_mode & S_IFMT != S_IFREG {
      return try writeInPlace(bytes, to: path, name: name)
    }
    // A name that ends so is a folder's.
    try replace(!exists && path.hasSuffix("/") ? path : place, with: bytes, name: name)
  }

  private static func writeInPlace(
    _ bytes: [UInt8], to path: String, name: String
  ) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(file: name, code: errno) }
    defer { close(descriptor) }
    try OutputWriter(descriptor: descriptor, file: name).write(bytes)
  }

  /// The file at `path`, which stays the user's own: same mode, and no symbolic link.
  static func rewrite(_ bytes: [UInt8], at path: String) throws(OutputError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw OutputError(file: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw OutputError(file: path, code: ELOOP) }
    guard access(path, W_OK) == 0 else { throw OutputError(file: path, code: errno) }
    try replace(path, with: bytes, name: path, like: status)
  }

  private static func replace(
    _ path: String, with bytes: [UInt8], name: String, like status: stat? = nil
  ) throws(OutputError) {
    let folder = folder(of: path)
    // Not the file's own name: that may be as long as a name can be, and collectors read `*.prom`.
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(folder)/.gcr-report-\(random).tmp"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(file: name, code: errno) }
    if let status {
      // Only root may give a file away; a group that we are not in stays lost.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else {
        let code = errno
        close(descriptor)
        unlink(temporary)
        throw OutputError(file: name, code: code)
      }
    }
    do throws(OutputError) {
      try fill(descriptor, with: bytes, name: name)
      guard rename(temporary, path) == 0 else { throw OutputError(file: name, code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    syncFolder(folder)
  }

  /// Closes the descriptor in any case.
  private static func fill(
    _ descriptor: Int32, with bytes: [UInt8], name: String
  ) throws(OutputError) {
    do throws(OutputError) {
      try OutputWriter(descriptor: descriptor, file: name).write(bytes)
      guard fsync(descriptor) == 0 else { throw OutputError(file: name, code: errno) }
    } catch {
      close(descriptor)
      throw error
    }
    // Network file systems may report a failed write only here.
    guard close(descriptor) == 0 else { throw OutputError(file: name, code: errno) }
  }

  /// So that the new name survives a power cut; the content does in any case, and not every file
  /// system can do this, so that a failure is none of the file.
  private static func syncFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
