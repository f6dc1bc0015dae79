import Foundation
package import Inventory

/// `k8s.io.api.core.v1.Secret` and `ConfigMap`, which have the same numbers here, generated.proto.
private enum DataField {
  static let metadata = 1
  static let data = 2
}

private enum DataKey: String, JSONKey {
  case metadata, data
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == DataEntryRecord {
  /// Secrets, of which `metadata` and one entry of `data` alone are read.
  package static func secretEntries(_ key: String) -> WireSchema<DataEntryRecord> {
    entries("SecretList", key, isBase64: true)
  }

  /// ConfigMaps, of which `metadata` and one entry of `data` alone are read.
  package static func configMapEntries(_ key: String) -> WireSchema<DataEntryRecord> {
    entries("ConfigMapList", key, isBase64: false)
  }

  /// - Parameter isBase64: JSON writes the bytes of a Secret as base64 (`encoding/json`).
  private static func entries(_ kind: String, _ key: String, isBase64: Bool) -> WireSchema {
    let name = Array(key.utf8)
    return WireSchema(
      kind, ["v1"], fresh: { DataEntryRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.dataEntry(name, bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.dataEntry(key, isBase64: isBase64, bytes, &cursor)
      })
  }
}

extension ProtobufItemDecoder {
  fileprivate mutating func dataEntry(
    _ name: [UInt8], _ bytes: Span<UInt8>, base: Int, into record: inout DataEntryRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case DataField.metadata: try metadata(bytes, cursor.message(), into: &record.metadata)
      case DataField.data:
        let entry = try mapEntry(bytes, cursor.message())
        guard entry.key.count == name.count,
          bytes.matches(at: entry.key.lowerBound, name.span, 0, count: name.count)
        else { continue }
        record.value.removeAll()
        record.value.append(bytes, entry.value)
      default: break
      }
    }
  }
}

extension JSONItemDecoder {
  fileprivate mutating func dataEntry(
    _ name: String, isBase64: Bool, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> DataEntryRecord {
    var record = DataEntryRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, DataKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor)
      case .data:
        record.value = []
        guard try cursor.enterObject(bytes) else { continue }
        while let key = try cursor.nextKey(bytes) {
          guard key.equals(name, bytes) else {
            try cursor.skipValue(bytes)
            continue
          }
          guard let text = try cursor.readText(bytes) else { continue }
          record.value = text.unescaped(bytes)
          guard isBase64 else { continue }
          guard let plain = Data(base64Encoded: Data(record.value)) else {
            throw .malformed(atByte: cursor.base + text.start, expected: "base64")
          }
          record.value = Array(plain)
        }
      }
    }
    return record
  }
}
