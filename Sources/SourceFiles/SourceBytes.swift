import Glibc

/// The content of a file, as far as it is read at once.
package enum SourceBytes {
  case whole([UInt8])
  /// Larger than the limit: the descriptor stands at the beginning, `head` was read from it.
  case large(OpenFile, head: [UInt8])

  package struct Failure: Error, Hashable {
    package let code: Int32

    package var isMissing: Bool { code == ENOENT }

    package var words: String { FileWalk.words(code) }
  }

  /// An open file; closed when nobody holds it any more.
  package final class OpenFile: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
      self.descriptor = descriptor
    }

    deinit {
      close(descriptor)
    }

    /// At most `limit` further bytes; fewer only at the end.
    package func read(atMost limit: Int) throws(Failure) -> [UInt8] {
      var bytes: [UInt8] = []
      // A whole file at once, with a byte more that tells its end; what tells no size by pieces.
      var status = stat()
      let isSized = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      var piece = isSized ? min(max(Int(status.st_size) + 1, 4 << 10), 1 << 20) : 1 << 20
      while bytes.count < limit {
        let size = min(limit - bytes.count, piece)
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
          // read(2) fills raw memory; only what it reports is taken as initialised.
          count = Glibc.read(descriptor, buffer.baseAddress, size)
          initialized = max(count, 0)
        }
        if count == 0 { break }
        if count < 0 {
          if errno == EINTR { continue }
          throw Failure(code: errno)
        }
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        // Of a file with a size, less than was asked for is the end.
        if isSized, status.st_size > 0, count < size { break }
        piece = 1 << 20
      }
      return bytes
    }
  }

  /// `-` is standard input.
  package static func read(_ path: String, limit: Int) throws(Failure) -> SourceBytes {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    let file = OpenFile(descriptor)
    let bytes = try file.read(atMost: limit + 1)
    return bytes.count > limit ? .large(file, head: bytes) : .whole(bytes)
  }

  /// As git tells: a NUL in the first 8,000 bytes.
  package static func isBinary(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(8000).contains(0)
  }
}
