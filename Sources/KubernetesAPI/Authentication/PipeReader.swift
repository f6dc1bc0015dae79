import Glibc

/// Reads what a non-blocking pipe holds, and closes it at its end.
struct PipeReader {
  private var descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The descriptor for poll(2): -1, which poll skips, once the end was reached.
  var openDescriptor: Int32 { descriptor }

  /// The bytes that are there now, without waiting.
  mutating func readAvailable(atMost limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while descriptor >= 0, bytes.count < limit {
      let size = min(limit - bytes.count, 64 << 10)
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        // read(2) fills raw memory; only what it reports is taken as initialised.
        count = read(descriptor, buffer.baseAddress, size)
        initialized = max(count, 0)
      }
      bytes += chunk
      if count > 0 { continue }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { break }
      close()
    }
    return bytes
  }

  mutating func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }
}
