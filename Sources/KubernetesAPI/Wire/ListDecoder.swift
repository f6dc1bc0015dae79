package import Foundation

/// Decodes the items of one list answer while its bytes arrive, split anywhere.
///
/// Holds at most one item, and that only while it straddles chunks; an item above
/// `WireLimits.itemBytes` is refused. Items come in the order of the answer. After any throw the
/// decoder is spent and must not be fed again.
package struct ListDecoder<Record: Sendable> {
  private let encoding: WireEncoding
  private var protobuf: ProtobufListDecoder<Record>
  private var json: JSONListDecoder<Record>

  package init(
    _ schema: WireSchema<Record>, encoding: WireEncoding, limits: WireLimits = .default
  ) {
    self.encoding = encoding
    protobuf = ProtobufListDecoder(schema, limits: limits)
    json = JSONListDecoder(schema, limits: limits)
  }

  /// `metadata` of the list, known as soon as it was met: before the items in protobuf and in JSON of
  /// built-in kinds, after them in JSON of custom resources.
  package var header: ListHeader? {
    switch encoding {
    case .protobuf: protobuf.framer.header
    case .json: json.framer.header
    }
  }

  /// Decodes every item that `chunk` completes, and hands each over before the next is decoded.
  ///
  /// Throws `WireError`, or what `each` throws.
  package mutating func feed(_ chunk: Data, each: (Record) throws -> Void) throws {
    try feed(chunk.span, each: each)
  }

  package mutating func feed(_ chunk: Span<UInt8>, each: (Record) throws -> Void) throws {
    switch encoding {
    case .protobuf: try protobuf.feed(chunk, each: each)
    case .json: try json.feed(chunk, each: each)
    }
  }

  /// Confirms that the body was whole; a body that ends early throws `incomplete`.
  package func finish() throws(WireError) {
    switch encoding {
    case .protobuf: try protobuf.finish()
    case .json: try json.finish()
    }
  }
}

private struct ProtobufListDecoder<Record: Sendable> {
  let schema: WireSchema<Record>
  var framer: ProtobufListFramer
  var items = ProtobufItemDecoder()
  var hasCheckedKind = false

  init(_ schema: WireSchema<Record>, limits: WireLimits) {
    self.schema = schema
    framer = ProtobufListFramer(limits: limits)
  }

  mutating func feed(_ chunk: Span<UInt8>, each: (Record) throws -> Void) throws {
    guard let item = schema.protobuf else { throw schema.notProtobuf }
    var position = 0
    while true {
      switch try framer.step(chunk, &position) {
      case .needsMore:
        framer.chunkEnded(chunk.count)
        return
      case .itemInChunk(let range):
        try checkKind()
        var record = item.fresh()
        try item.decode(
          &items, chunk.extracting(range), framer.chunkOffset + range.lowerBound, &record)
        try each(record)
      case .itemInBuffer:
        try checkKind()
        var record = item.fresh()
        let bytes = framer.buffer
        try item.decode(&items, bytes.span, framer.bufferOffset, &record)
        try each(record)
        framer.bufferUsed()
      }
    }
  }

  /// The envelope says the kind before the list.
  private mutating func checkKind() throws(WireError) {
    guard !hasCheckedKind else { return }
    try schema.check(apiVersion: framer.apiVersion, kind: framer.kind)
    hasCheckedKind = true
  }

  func finish() throws(WireError) {
    guard framer.isDone else { throw .incomplete(atByte: framer.chunkOffset) }
    try schema.check(apiVersion: framer.apiVersion, kind: framer.kind)
  }
}

private struct JSONListDecoder<Record: Sendable> {
  let schema: WireSchema<Record>
  var framer: JSONListFramer
  var items = JSONItemDecoder()
  var hasCheckedKind = false

  init(_ schema: WireSchema<Record>, limits: WireLimits) {
    self.schema = schema
    framer = JSONListFramer(limits: limits)
  }

  mutating func feed(_ chunk: Span<UInt8>, each: (Record) throws -> Void) throws {
    var position = 0
    while true {
      switch try framer.step(chunk, &position) {
      case .needsMore:
        try checkKind()
        framer.chunkEnded(chunk.count)
        return
      case .itemInChunk(let start):
        try checkKind()
        guard let record = try decode(chunk, &position, start) else { continue }
        try each(record)
      case .itemInBuffer:
        try checkKind()
        var cursor = JSONCursor(
          0..<framer.buffer.count, base: framer.bufferOffset, depthLimit: framer.limits.depth)
        let item = framer.buffer
        let record = try schema.json(&items, item.span, &cursor)
        framer.bufferUsed()
        try each(record)
      }
    }
  }

  /// Decodes the item where it lies; nil when it goes on in the next chunk.
  private mutating func decode(
    _ chunk: Span<UInt8>, _ position: inout Int, _ start: Int
  ) throws(WireError) -> Record? {
    var cursor = JSONCursor(
      start..<chunk.count, base: framer.chunkOffset, depthLimit: framer.limits.depth)
    let record: Record
    do {
      record = try schema.json(&items, chunk, &cursor)
    } catch .incomplete {
      framer.itemStraddles(start)
      return nil
    }
    guard cursor.position - start <= framer.limits.itemBytes else {
      throw .itemTooLarge(atByte: framer.chunkOffset + start, limit: framer.limits.itemBytes)
    }
    position = cursor.position
    framer.itemEnded()
    return record
  }

  /// The kind is checked once both of its keys were met, and at the end at the latest.
  private mutating func checkKind() throws(WireError) {
    guard !hasCheckedKind, framer.knowsKind else { return }
    try schema.check(apiVersion: framer.apiVersion, kind: framer.kind)
    hasCheckedKind = true
  }

  func finish() throws(WireError) {
    guard framer.isDone else { throw .incomplete(atByte: framer.chunkOffset) }
    try schema.check(apiVersion: framer.apiVersion, kind: framer.kind)
  }
}
