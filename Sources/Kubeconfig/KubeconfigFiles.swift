internal import Foundation

/// The disk as this module sees it, so that tests need none.
package protocol KubeconfigFiles: Sendable {
  /// The whole file. `path` is absolute.
  func read(_ path: String) throws(FileFailure) -> [UInt8]
  /// Names of the files (not folders) directly in a folder, sorted; hidden ones left out, links that
  /// lead nowhere not.
  func fileNames(in directory: String) throws(FileFailure) -> [String]
  /// Whether a regular file stands there that this process may execute.
  func isExecutable(_ path: String) -> Bool
}

/// Why a file could not be read.
package enum FileFailure: Error, Hashable, Sendable {
  case missing
  case notPermitted
  case isDirectory
  case tooLarge(limit: Int)
  /// The system's words.
  case other(String)

  package var inWords: String {
    switch self {
    case .missing: return "no such file"
    case .notPermitted: return "permission denied"
    case .isDirectory: return "it is a folder, expected a file"
    case .tooLarge(let limit): return "larger than \(limit >> 20) MiB"
    case .other(let words): return words
    }
  }
}

/// The real disk. Pipes are read to their end, as for `--kubeconfig <(command)`.
package struct LocalFiles: KubeconfigFiles {
  /// Larger files are refused, in bytes.
  private let limit: Int

  package init(limit: Int = 16 << 20) {
    self.limit = limit
  }

  package func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno) }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // The array is only lent to read(2), which fills at most its size.
      let count = chunk.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return content }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure(errno)
      }
      content += chunk[..<count]
      guard content.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  package func fileNames(in directory: String) throws(FileFailure) -> [String] {
    guard let stream = opendir(directory) else { throw Self.failure(errno) }
    closedir(stream)
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw .other("cannot list the folder")
    }
    return names.filter { name in
      var isDirectory: ObjCBool = false
      let path = directory + "/" + name
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      return !name.hasPrefix(".") && !(exists && isDirectory.boolValue)
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package func isExecutable(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && access(path, X_OK) == 0
  }

  private static func failure(_ code: Int32) -> FileFailure {
    switch code {
    case ENOENT: return .missing
    case EACCES, EPERM: return .notPermitted
    case EISDIR: return .isDirectory
    default: return .other(String(cString: strerror(code)))
    }
  }
}
