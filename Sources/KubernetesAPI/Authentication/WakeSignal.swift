import CSpawn
import Glibc

/// The two ends of a pipe of ours.
struct DescriptorPair: Sendable {
  let reading: Int32
  let writing: Int32

  struct Refusal: Error {
    let code: Int32
  }

  init() throws(Refusal) {
    var reading: Int32 = -1
    var writing: Int32 = -1
    let code = cspawn_pipe(&reading, &writing)
    guard code == 0 else { throw Refusal(code: code) }
    self.reading = reading
    self.writing = writing
  }
}

/// Wakes a thread that waits in poll(2), from anywhere and any number of times.
///
/// Both ends live as long as the object, so a late `send` can never reach a descriptor that
/// has been given to somebody else.
final class WakeSignal: Sendable {
  private let pipe: DescriptorPair

  init() throws(DescriptorPair.Refusal) {
    pipe = try DescriptorPair()
  }

  /// Becomes readable when a signal was sent, and stays so.
  var descriptor: Int32 { pipe.reading }

  func send() {
    var byte: UInt8 = 0
    _ = write(pipe.writing, &byte, 1)
  }

  deinit {
    close(pipe.reading)
    close(pipe.writing)
  }
}
