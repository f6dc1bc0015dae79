package import Inventory

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
  /// HorizontalPodAutoscalers (every version of `autoscaling`) and KEDA's ScaledObjects: both have
  /// `spec.scaleTargetRef`. They are few, so they are asked for as JSON.
  ///
  /// - Parameter kind: the items' kind, which a list does not repeat.
  package static func autoscalers(_ kind: String) -> WireSchema<AutoscalerRecord> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var record = AutoscalerRecord()
      record.kind = kind
      // KEDA: "kind: Optional. Default: Deployment".
      record.targetKind = "Deployment"
      guard try cursor.enterObject(bytes) else { return record }
      while let key = try cursor.nextKey(bytes, ScalerKey.set) {
        switch key {
        case .metadata: record.metadata = try decoder.metadata(bytes, &cursor)
        case .spec:
          guard try cursor.enterObject(bytes) else { continue }
          while try cursor.nextKey(bytes, ScalerSpecKey.set) != nil {
            guard try cursor.enterObject(bytes) else { continue }
            while let part = try cursor.nextKey(bytes, TargetKey.set) {
              switch part {
              case .kind: record.targetKind = try decoder.shared(bytes, &cursor)
              case .name: record.targetName = try decoder.text(bytes, &cursor)
              }
            }
          }
        }
      }
      return record
    })
  }
}
