import Foundation

@testable import KubernetesAPI

/// The recorded answers of a real API server.
enum Recording {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/recordings", directoryHint: .isDirectory)

  static func body(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: "\(name).body"))
  }

  static func list(_ name: String, _ encoding: WireEncoding) throws -> Data {
    try body("all-\(name)-\(encoding)")
  }

  /// The `Content-Type` of a recording.
  static func contentType(_ name: String) throws -> String {
    let head = try String(contentsOf: folder.appending(path: "\(name).head"), encoding: .utf8)
    let line = head.split(whereSeparator: \.isNewline).first {
      $0.lowercased().hasPrefix("content-type:")
    }
    let value = line?.dropFirst("content-type:".count) ?? ""
    return value.trimmingCharacters(in: .whitespaces)
  }
}

/// What a decoder made of a body.
struct Decoded<Record: Sendable> {
  var records: [Record] = []
  var header: ListHeader?

  /// Feeds `body` in chunks of `size` bytes (all at once by default) and finishes.
  init(
    _ schema: WireSchema<Record>, _ encoding: WireEncoding, _ body: Data, size: Int = .max,
    limits: WireLimits = .default
  ) throws {
    var cuts: [Int] = []
    var cut = 0
    while size < body.count - cut {
      cut += size
      cuts.append(cut)
    }
    try self.init(schema, encoding, body, cuts: cuts, limits: limits)
  }

  /// Feeds `body` in pieces that end at `cuts` and at its end, and finishes.
  init(
    _ schema: WireSchema<Record>, _ encoding: WireEncoding, _ body: Data, cuts: [Int],
    limits: WireLimits = .default
  ) throws {
    var decoder = ListDecoder(schema, encoding: encoding, limits: limits)
    var start = 0
    for end in cuts + [body.count] {
      try decoder.feed(body.subdata(in: start..<end)) { records.append($0) }
      start = end
    }
    try decoder.finish()
    header = decoder.header
  }

  init(_ schema: WireSchema<Record>, json text: String, limits: WireLimits = .default) throws {
    try self.init(schema, .json, Data(text.utf8), limits: limits)
  }
}
