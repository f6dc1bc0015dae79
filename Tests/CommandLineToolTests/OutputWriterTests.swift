import Glibc
import Synchronization
import Testing

@testable import CommandLineTool

@Suite struct OutputWriterTests {
  /// Answers each call as scripted, then takes everything.
  private final class Script: Sendable {
    private let answers: Mutex<[Result<Int, WriteFailure>]>
    private let taken = Mutex<[UInt8]>([])

    init(_ answers: [Result<Int, WriteFailure>]) {
      self.answers = Mutex(answers)
    }

    var text: String { taken.withLock { String(decoding: $0, as: UTF8.self) } }

    var writer: OutputWriter {
      OutputWriter(descriptor: STDERR_FILENO, file: "report.csv") { _, bytes in
        let answer = self.answers.withLock { $0.isEmpty ? .success(bytes.count) : $0.removeFirst() }
        if case .success(let count) = answer {
          self.taken.withLock { $0 += bytes.prefix(count) }
        }
        return answer
      }
    }
  }

  @Test func shortAndInterruptedWritesGoOn() throws {
    let script = Script([
      .success(3), .failure(WriteFailure(code: EINTR)), .success(1),
      .failure(WriteFailure(code: EAGAIN)), .success(2),
    ])
    #expect(try script.writer.write("hello world"))
    #expect(script.text == "hello world")
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let script = Script([.success(5), .failure(WriteFailure(code: EPIPE))])
    #expect(try script.writer.write("hello world") == false)
    #expect(script.text == "hello")
  }

  @Test(arguments: [ENOSPC, EIO, EBADF, EDQUOT])
  func otherErrorsAreErrors(code: Int32) {
    let script = Script([.success(5), .failure(WriteFailure(code: code))])
    #expect(throws: OutputError(file: "report.csv", code: code)) {
      try script.writer.write("hello world")
    }
  }

  @Test func aWriteOfNothingIsAnErrorNotALoop() {
    let script = Script([.success(0)])
    #expect(throws: OutputError(file: "report.csv", code: EIO)) {
      try script.writer.write("hello")
    }
  }

  @Test func nothingNeedsNoCall() throws {
    #expect(try Script([.failure(WriteFailure(code: EIO))]).writer.write(""))
  }

  @Test func aFullDisk() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    #expect(throws: OutputError(file: "/dev/full", code: ENOSPC)) {
      try OutputWriter(descriptor: descriptor, file: "/dev/full").write("hello")
    }
  }
}
