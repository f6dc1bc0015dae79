import Foundation
import TemporaryFolder
import Testing

/// Other people's programs, which read what was written.
enum Programs {
  /// What `program` makes of `bytes`, given as a file whose path is the last argument.
  static func run(
    _ program: [String], reading bytes: [UInt8], asInput: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Data {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try folder.write(bytes, to: "report")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = program + (asInput ? [] : [file.path])
    if asInput { process.standardInput = try FileHandle(forReadingFrom: file) }
    // One pipe for both: whatever a program says stands in the order said.
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      Issue.record(
        "\(program.first ?? ""): \(String(decoding: output, as: UTF8.self))",
        sourceLocation: sourceLocation)
    }
    return output
  }

  static func python(
    _ script: String, reading bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Any {
    let output = try run(
      ["python3", "-c", script], reading: bytes, sourceLocation: sourceLocation)
    return try JSONSerialization.jsonObject(with: output)
  }
}
