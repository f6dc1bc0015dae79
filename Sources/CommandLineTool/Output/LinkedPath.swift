import Glibc

/// Where a file that the user names really lies: symbolic links are followed, as by every program.
///
/// But for a link that another user laid into a folder where everybody may lay files (`/tmp`): it
/// would let that user choose which of our files is replaced. Linux refuses such links too where
/// `fs.protected_symlinks` is on (proc_sys_fs(5)); this holds everywhere, in the same words.
enum LinkedPath {
  /// As many as Linux follows (path_resolution(7)).
  private static let mostLinks = 40

  /// The path without links; what does not exist yet is the end of it.
  ///
  /// - Parameter name: stands in errors.
  static func follow(_ path: String, name: String) throws(OutputError) -> String {
    var place = path.hasPrefix("/") ? "" : "."
    var rest = parts(path)
    var links = 0
    while let part = rest.popLast() {
      let next = "\(place)/\(part)"
      var status = stat()
      guard lstat(next, &status) == 0 else {
        // Whoever opens it will tell why.
        return ([next] + rest.reversed().map { String($0) }).joined(separator: "/")
      }
      guard status.st_mode & S_IFMT == S_IFLNK else {
        place = next
        continue
      }
      var folder = stat()
      guard stat(place.isEmpty ? "/" : place, &folder) == 0 else {
        throw OutputError(file: name, code: errno)
      }
      guard !isForeign(status, in: folder, to: geteuid()) else {
        throw OutputError(
          file: name, code: EACCES,
          reason: "\"\(next)\" is a symbolic link of another user, in a folder where everybody may"
            + " lay one; name another place")
      }
      links += 1
      guard links <= mostLinks else { throw OutputError(file: name, code: ELOOP) }
      guard let target = target(of: next) else { throw OutputError(file: name, code: errno) }
      if target.hasPrefix("/") { place = "" }
      rest += parts(target)
    }
    return place.isEmpty ? "/" : place
  }

  /// Whether a link is one that `user` may not trust: neither his own nor the folder's owner's, in a
  /// folder that all may write to and none may tidy (the sticky bit).
  static func isForeign(_ link: stat, in folder: stat, to user: uid_t) -> Bool {
    let shared = S_ISVTX | S_IWOTH
    return folder.st_mode & shared == shared && link.st_uid != user && link.st_uid != folder.st_uid
  }

  /// The last one first. `..` is the kernel's: what stands before it has no links any more.
  private static func parts(_ path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }.reversed()
  }

  private static func target(of link: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
