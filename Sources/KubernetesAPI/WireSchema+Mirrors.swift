package import Inventory

private enum MirrorSetKey: String, JSONKey {
  case metadata, spec
  static let set = JSONKeySet<Self>()
}

/// Where each kind has its list; an object has but one of them.
private enum MirrorSpecKey: String, JSONKey {
  case imageDigestMirrors, imageTagMirrors, repositoryDigestMirrors
  static let set = JSONKeySet<Self>()
}

private enum MirrorKey: String, JSONKey {
  case source, mirrors, mirrorSourcePolicy
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == MirrorSetRecord {
  /// OpenShift's ImageDigestMirrorSets, ImageTagMirrorSets and ImageContentSourcePolicies
  /// (https://docs.openshift.com, "config.openshift.io/v1").
  ///
  /// - Parameter kind: the items' kind, which a list does not repeat.
  package static func mirrorSets(_ kind: String) -> WireSchema<MirrorSetRecord> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var record = MirrorSetRecord()
      record.kind = kind
      guard try cursor.enterObject(bytes) else { return record }
      while let key = try cursor.nextKey(bytes, MirrorSetKey.set) {
        switch key {
        case .metadata: record.metadata = try decoder.metadata(bytes, &cursor)
        case .spec:
          record.mirrors = []
          guard try cursor.enterObject(bytes) else { continue }
          while try cursor.nextKey(bytes, MirrorSpecKey.set) != nil {
            guard try cursor.enterArray(bytes) else { continue }
            while try cursor.nextElement(bytes) {
              record.mirrors.append(try decoder.mirror(bytes, &cursor))
            }
          }
        }
      }
      return record
    })
  }
}

extension JSONItemDecoder {
  fileprivate mutating func mirror(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> MirrorRecord {
    var record = MirrorRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, MirrorKey.set) {
      switch key {
      case .source: record.source = try text(bytes, &cursor)
      case .mirrorSourcePolicy: record.sourcePolicy = try shared(bytes, &cursor)
      case .mirrors:
        record.mirrors = []
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) { record.mirrors.append(try text(bytes, &cursor)) }
      }
    }
    return record
  }
}
