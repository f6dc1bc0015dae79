extension WireSchema {
  /// Decodes the whole answer to a GET of one such object, as an item of its list is decoded.
  package func object(_ body: [UInt8], _ encoding: WireEncoding) throws(WireError) -> Record {
    switch encoding {
    case .protobuf: try protobufObject(body.span)
    case .json: try jsonObject(body.span)
    }
  }

  private func protobufObject(_ bytes: Span<UInt8>) throws(WireError) -> Record {
    let envelope = try ProtobufEnvelope(bytes)
    try check(apiVersion: envelope.apiVersion, kind: envelope.kind, isList: false)
    guard let protobuf else { throw notProtobuf }
    let range = envelope.object.range
    var decoder = ProtobufItemDecoder()
    var record = protobuf.fresh()
    try protobuf.decode(&decoder, bytes.extracting(range), range.lowerBound, &record)
    return record
  }

  /// The answer to a request for one object is trusted to be of its kind, which JSON has among the
  /// object's own fields.
  private func jsonObject(_ bytes: Span<UInt8>) throws(WireError) -> Record {
    var decoder = JSONItemDecoder()
    var cursor = JSONCursor(0..<bytes.count)
    let record = try json(&decoder, bytes, &cursor)
    for index in cursor.position..<bytes.count where !JSONCursor.isSpace(bytes[index]) {
      throw .malformed(atByte: index, expected: "the end of the answer")
    }
    return record
  }
}
