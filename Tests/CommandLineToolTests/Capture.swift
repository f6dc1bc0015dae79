import Glibc
import Testing

@testable import CommandLineTool

/// An unnamed temporary file that a writer fills.
final class Capture: Sendable {
  private let descriptor: Int32

  init() throws {
    let file = try #require(tmpfile())
    descriptor = dup(fileno(file))
    fclose(file)
    try #require(descriptor >= 0)
  }

  deinit {
    close(descriptor)
  }

  func writer(named name: String) -> OutputWriter {
    OutputWriter(descriptor: descriptor, file: name)
  }

  func text() throws -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    try #require(count >= 0)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
