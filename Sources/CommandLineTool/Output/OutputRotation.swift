import Glibc

/// `--keep`: of the files that one output has left, the newest stay.
///
/// Files are told by their names alone: the template's text, a real date, a real time, the very
/// context. Whatever else is in the folder is never touched, nor are links and folders of such a
/// name. Newest is what the name says, since copying changes a file's own time.
struct OutputRotation {
  let template: FileNameTemplate
  let context: String
  let keep: Int

  /// Removes what is too old in `folder`.
  ///
  /// - Parameter current: the name, without folder, of the file just written, which stays in any
  ///   case.
  /// - Returns: names of removed files, and what could not be removed with the errno.
  func prune(folder: String, current: String) -> (removed: [String], failed: [OutputError]) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, let directory = fdopendir(descriptor) else {
      let code = errno
      if descriptor >= 0 { close(descriptor) }
      return ([], [OutputError(file: folder, code: code)])
    }
    defer { closedir(directory) }
    var removed: [String] = []
    var failed: [OutputError] = []
    for name in tooOld(among: Self.files(directory, descriptor), current: current) {
      // Never a folder, and a link itself rather than what it names, should it have become one.
      if unlinkat(descriptor, name, 0) == 0 || errno == ENOENT {
        removed.append(name)
      } else {
        failed.append(OutputError(file: name, code: errno))
      }
    }
    return (removed, failed)
  }

  /// The names that are to go, oldest first.
  func tooOld(among names: [String], current: String) -> [String] {
    let dated = names.compactMap { name in
      template.stamp(of: name, context: context).map { (stamp: $0, name: name) }
    }
    let others = dated.filter { $0.name != current }.sorted {
      ($0.stamp, $0.name) > ($1.stamp, $1.name)
    }
    return others.dropFirst(max(0, keep - 1)).map(\.name).reversed()
  }

  /// Regular files alone.
  private static func files(_ directory: OpaquePointer, _ descriptor: Int32) -> [String] {
    var names: [String] = []
    while let entry = readdir(directory) {
      // The name is a C string inside the entry, which lives until the next call.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      guard let name else { continue }
      var status = stat()
      if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      {
        names.append(name)
      }
    }
    return names
  }
}
