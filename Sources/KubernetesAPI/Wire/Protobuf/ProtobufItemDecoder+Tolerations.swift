import Inventory

/// `k8s.io.api.core.v1.Toleration`, generated.proto.
private enum TolerationField {
  static let inPodSpec = 22
  static let key = 1
  static let `operator` = 2
  static let value = 3
  static let effect = 4
}

extension ProtobufItemDecoder {
  /// Decodes the tolerations among the fields of `run`, a part of a pod spec.
  mutating func tolerations(
    _ bytes: Span<UInt8>, _ run: Range<Int>, _ fields: ProtobufCursor
  ) throws(WireError) -> [TolerationRecord] {
    if run.count == lastTolerations.bytes.count,
      bytes.matches(at: run.lowerBound, lastTolerations.bytes.span, 0, count: run.count)
    {
      return lastTolerations.value
    }
    var cursor = fields
    var result: [TolerationRecord] = []
    while try cursor.next(bytes) {
      guard cursor.number == TolerationField.inPodSpec else { continue }
      result.append(try toleration(bytes, cursor.message()))
    }
    if run.count <= 4096 {
      lastTolerations.bytes.removeAll(keepingCapacity: true)
      lastTolerations.bytes.append(bytes, run)
      lastTolerations.value = result
    }
    return result
  }

  private mutating func toleration(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) -> TolerationRecord {
    var cursor = message
    var record = TolerationRecord()
    while try cursor.next(bytes) {
      switch cursor.number {
      case TolerationField.key: record.key = strings.shared(bytes, try cursor.payload())
      case TolerationField.operator: record.operator = strings.shared(bytes, try cursor.payload())
      case TolerationField.value: record.value = strings.shared(bytes, try cursor.payload())
      case TolerationField.effect: record.effect = strings.shared(bytes, try cursor.payload())
      default: break
      }
    }
    return record
  }
}
