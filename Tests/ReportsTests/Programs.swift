import Foundation
import TemporaryFolder
import TestPrograms
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
    let name = try #require(program.first)
    let run = try ProgramRun(
      name, program.dropFirst() + (asInput ? [] : [file.path]), input: asInput ? file : nil,
      joinsErrors: true)
    if run.status != 0 {
      Issue.record("\(name): \(run.text)", sourceLocation: sourceLocation)
    }
    return run.output
  }

  static func python(
    _ script: String, reading bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Any {
    let output = try run(
      ["python3", "-c", script], reading: bytes, sourceLocation: sourceLocation)
    return try JSONSerialization.jsonObject(with: output)
  }
}
