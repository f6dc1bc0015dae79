import Glibc

/// Writes bytes to an open file by write(2), all of them or an error.
///
/// `print` loses errors (a full disk ends in status 0); everything the program says goes through
/// here instead.
package struct OutputWriter: Sendable {
  /// One call of write(2): the bytes taken, or the errno.
  typealias Call = @Sendable (Int32, UnsafeRawBufferPointer) -> Result<Int, WriteFailure>

  private let descriptor: Int32
  /// How messages name the file.
  private let file: String
  private let call: Call
  /// What stands on the same terminal and makes room for each write.
  private var progress: Progress?

  package init(descriptor: Int32, file: String) {
    self.init(descriptor: descriptor, file: file, call: Self.systemCall)
  }

  init(descriptor: Int32, file: String, call: @escaping Call) {
    self.descriptor = descriptor
    self.file = file
    self.call = call
  }

  /// The same writer on a terminal that shows progress: whatever is written clears that first.
  func clearing(_ progress: Progress) -> OutputWriter {
    var copy = self
    copy.progress = progress
    return copy
  }

  /// Takes everything and writes nothing.
  static let silent = OutputWriter(descriptor: -1, file: "nowhere") { _, bytes in
    .success(bytes.count)
  }

  /// False when nobody reads any more (EPIPE, as after `| head`): not an error, but no more needs
  /// to be computed. SIGPIPE must be ignored, see `Interrupts.ignoreBrokenPipes`.
  @discardableResult
  package func write(_ bytes: some Sequence<UInt8>) throws(OutputError) -> Bool {
    let bytes = Array(bytes)
    guard let progress else { return try writeAll(bytes) }
    return try progress.whileCleared { () throws(OutputError) -> Bool in try writeAll(bytes) }
  }

  private func writeAll(_ bytes: [UInt8]) throws(OutputError) -> Bool {
    var written = 0
    while written < bytes.count {
      // The pointer lives for one system call.
      let result = bytes.withUnsafeBytes { call(descriptor, .init(rebasing: $0[written...])) }
      switch result {
      case .success(let count) where count > 0:
        written += count
      case .success:
        // POSIX leaves 0 for a non-empty write open; going on might never end.
        throw OutputError(file: file, code: EIO)
      case .failure(let failure):
        switch failure.code {
        case EINTR: continue
        case EAGAIN: waitUntilWritable()
        case EPIPE: return false
        default: throw OutputError(file: file, code: failure.code)
        }
      }
    }
    return true
  }

  @discardableResult
  package func write(_ text: String) throws(OutputError) -> Bool {
    try write(text.utf8)
  }

  /// A terminal or pipe that another program set to not block.
  private func waitUntilWritable() {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&entry, 1, -1)
  }

  private static let systemCall: Call = { descriptor, bytes in
    let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    return count < 0 ? .failure(WriteFailure(code: errno)) : .success(count)
  }
}

/// The errno of one failed call.
struct WriteFailure: Error, Hashable {
  let code: Int32
}

/// Output that could not be written; the exit status is 1.
package struct OutputError: Error, Hashable {
  package let file: String
  /// The errno.
  package let code: Int32
  /// Why it is refused, where that is our own decision.
  package let reason: String?

  init(file: String, code: Int32, reason: String? = nil) {
    self.file = file
    self.code = code
    self.reason = reason
  }

  /// `No space left on device`
  var words: String {
    if let reason { return reason }
    // Thread-safe in glibc 2.32 and later; the pointer is copied at once.
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
