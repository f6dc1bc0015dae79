import Inventory

/// `k8s.io.api.core.v1.Event` and `ObjectReference`, generated.proto.
private enum EventField {
  static let involvedObject = 2
  static let reason = 3
  static let message = 4
  static let referenceUID = 4
  static let referenceFieldPath = 7
}

/// `k8s.io.api.core.v1.ConfigMap`.
private enum ConfigMapField {
  static let metadata = 1
  static let data = 2
}

/// `k8s.io.api.apps.v1.ControllerRevision`, `k8s.io.apimachinery.pkg.runtime.RawExtension`.
private enum ControllerRevisionField {
  static let metadata = 1
  static let data = 2
  static let revision = 3
  static let raw = 1
}

extension ProtobufItemDecoder {
  /// Every Kubernetes object with an `ObjectMeta` carries it as field 1.
  mutating func metadataOnly(
    _ bytes: Span<UInt8>, base: Int, into record: inout MetadataRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      guard cursor.number == 1 else { continue }
      try metadata(bytes, cursor.message(), into: &record.metadata)
    }
  }

  mutating func event(
    _ bytes: Span<UInt8>, base: Int, into record: inout EventRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case EventField.involvedObject: try involved(bytes, cursor.message(), into: &record)
      case EventField.reason: record.reason = strings.shared(bytes, try cursor.payload())
      case EventField.message: record.message = strings.text(bytes, try cursor.payload())
      default: break
      }
    }
  }

  private mutating func involved(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout EventRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case EventField.referenceUID:
        record.involvedUID = strings.text(
          bytes, try cursor.payload(), last: &lastInvolvedUID)
      case EventField.referenceFieldPath:
        record.involvedFieldPath = strings.shared(bytes, try cursor.payload())
      default: break
      }
    }
  }

  mutating func configMap(
    _ bytes: Span<UInt8>, base: Int, into record: inout ConfigMapRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case ConfigMapField.metadata: try metadata(bytes, cursor.message(), into: &record.metadata)
      case ConfigMapField.data:
        let entry = try mapEntry(bytes, cursor.message())
        record.data[strings.shared(bytes, entry.key)] = strings.text(bytes, entry.value)
      default: break
      }
    }
  }

  mutating func controllerRevision(
    _ bytes: Span<UInt8>, base: Int, into record: inout ControllerRevisionRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case ControllerRevisionField.metadata:
        try metadata(bytes, cursor.message(), into: &record.metadata)
      case ControllerRevisionField.data:
        var extended = try cursor.message()
        while try extended.next(bytes) {
          guard extended.number == ControllerRevisionField.raw else { continue }
          record.data.removeAll()
          record.data.append(bytes, try extended.payload())
        }
      case ControllerRevisionField.revision: record.revision = try cursor.integer()
      default: break
      }
    }
  }
}
