package import Inventory

/// `k8s.io.api.autoscaling.v2` (and `v1`) `HorizontalPodAutoscaler`, `HorizontalPodAutoscalerSpec`,
/// `CrossVersionObjectReference`, generated.proto.
private enum AutoscalerField {
  static let metadata = 1
  static let spec = 2
  static let specScaleTargetRef = 1
  static let targetKind = 1
  static let targetName = 2
}

private enum ScalerKey: String, JSONKey {
  case metadata, spec
  static let set = JSONKeySet<Self>()
}

private enum ScalerSpecKey: String, JSONKey {
  case scaleTargetRef
  static let set = JSONKeySet<Self>()
}

private enum TargetKey: String, JSONKey {
  case kind, name
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == AutoscalerRecord {
  package static var horizontalPodAutoscalers: WireSchema<AutoscalerRecord> {
    let fresh = { @Sendable in
      var record = AutoscalerRecord()
      record.kind = "HorizontalPodAutoscaler"
      return record
    }
    return WireSchema(
      "HorizontalPodAutoscalerList", ["autoscaling/v2", "autoscaling/v1"], fresh: fresh,
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.autoscaler(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        var record = fresh()
        try decoder.autoscaler(bytes, &cursor, into: &record)
        return record
      })
  }

  /// KEDA's ScaledObjects (`keda.sh/v1alpha1`), custom resources with the same `spec.scaleTargetRef`.
  package static var scaledObjects: WireSchema<AutoscalerRecord> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var record = AutoscalerRecord()
      record.kind = "ScaledObject"
      // "kind: Optional. Default: Deployment".
      record.targetKind = "Deployment"
      try decoder.autoscaler(bytes, &cursor, into: &record)
      return record
    })
  }
}

extension ProtobufItemDecoder {
  fileprivate mutating func autoscaler(
    _ bytes: Span<UInt8>, base: Int, into record: inout AutoscalerRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case AutoscalerField.metadata:
        try metadata(bytes, cursor.message(), into: &record.metadata)
      case AutoscalerField.spec:
        var spec = try cursor.message()
        while try spec.next(bytes) {
          guard spec.number == AutoscalerField.specScaleTargetRef else { continue }
          try scaleTarget(bytes, spec.message(), into: &record)
        }
      default: break
      }
    }
  }

  private mutating func scaleTarget(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout AutoscalerRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case AutoscalerField.targetKind:
        record.targetKind = strings.shared(bytes, try cursor.payload())
      case AutoscalerField.targetName:
        record.targetName = strings.text(bytes, try cursor.payload())
      default: break
      }
    }
  }
}

extension JSONItemDecoder {
  fileprivate mutating func autoscaler(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout AutoscalerRecord
  ) throws(WireError) {
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, ScalerKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor)
      case .spec:
        guard try cursor.enterObject(bytes) else { continue }
        while try cursor.nextKey(bytes, ScalerSpecKey.set) != nil {
          guard try cursor.enterObject(bytes) else { continue }
          while let part = try cursor.nextKey(bytes, TargetKey.set) {
            switch part {
            case .kind: record.targetKind = try shared(bytes, &cursor)
            case .name: record.targetName = try text(bytes, &cursor)
            }
          }
        }
      }
    }
  }
}
