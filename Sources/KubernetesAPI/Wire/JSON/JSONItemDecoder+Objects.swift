import Inventory

private enum ObjectKey: String, JSONKey {
  case metadata
  static let set = JSONKeySet<Self>()
}

private enum EventKey: String, JSONKey {
  case involvedObject, reason, message
  static let set = JSONKeySet<Self>()
}

/// Keys of `core/v1` `ObjectReference`.
private enum ReferenceKey: String, JSONKey {
  case uid, fieldPath
  static let set = JSONKeySet<Self>()
}

private enum ConfigMapKey: String, JSONKey {
  case metadata, data
  static let set = JSONKeySet<Self>()
}

private enum ControllerRevisionKey: String, JSONKey {
  case metadata, data, revision
  static let set = JSONKeySet<Self>()
}

extension JSONItemDecoder {
  mutating func metadataOnly(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> MetadataRecord {
    var record = MetadataRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while try cursor.nextKey(bytes, ObjectKey.set) != nil {
      record.metadata = try metadata(bytes, &cursor)
    }
    return record
  }

  mutating func event(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> EventRecord {
    var record = EventRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, EventKey.set) {
      switch key {
      case .involvedObject: try involved(bytes, &cursor, into: &record)
      case .reason: record.reason = try shared(bytes, &cursor)
      case .message: record.message = try shared(bytes, &cursor)
      }
    }
    return record
  }

  private mutating func involved(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout EventRecord
  ) throws(WireError) {
    (record.involvedUID, record.involvedFieldPath) = ("", "")
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, ReferenceKey.set) {
      switch key {
      case .uid: record.involvedUID = try shared(bytes, &cursor)
      case .fieldPath: record.involvedFieldPath = try shared(bytes, &cursor)
      }
    }
  }

  mutating func configMap(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> ConfigMapRecord {
    var record = ConfigMapRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, ConfigMapKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor)
      case .data:
        record.data = [:]
        guard try cursor.enterObject(bytes) else { continue }
        while let name = try cursor.nextKey(bytes) {
          record.data[strings.shared(bytes, name)] = try text(bytes, &cursor)
        }
      }
    }
    return record
  }

  mutating func controllerRevision(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> ControllerRevisionRecord {
    var record = ControllerRevisionRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, ControllerRevisionKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor)
      case .data:
        record.data = []
        let isNull = try cursor.peek(bytes) == .null
        let range = try cursor.skipValue(bytes)
        if !isNull { record.data.append(bytes, range) }
      case .revision: record.revision = try cursor.readInteger(bytes) ?? 0
      }
    }
    return record
  }
}
