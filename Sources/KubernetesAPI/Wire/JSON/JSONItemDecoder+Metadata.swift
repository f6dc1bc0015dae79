package import Inventory

/// Keys of `metav1.ObjectMeta`.
private enum ObjectMetaKey: String, JSONKey {
  case name, namespace, uid, creationTimestamp, deletionTimestamp, labels, annotations
  case ownerReferences
  static let set = JSONKeySet<Self>()
}

/// Keys of `metav1.OwnerReference`.
private enum OwnerReferenceKey: String, JSONKey {
  case apiVersion, kind, name, uid, controller
  static let set = JSONKeySet<Self>()
}

extension JSONItemDecoder {
  /// Reads a `metadata` object of any kind, custom resources included.
  package mutating func metadata(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> ObjectMetadata {
    try metadata(bytes, &cursor, marks: .all)
  }

  mutating func metadata(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, marks rule: MarkRule
  ) throws(WireError) -> ObjectMetadata {
    var record = ObjectMetadata()
    var owners = Owners()
    // Labels and annotations come before the owners that decide whether they are kept.
    var labels: JSONCursor?
    var annotations: JSONCursor?
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, ObjectMetaKey.set) {
      switch key {
      case .name: record.name = try text(bytes, &cursor)
      case .namespace: record.namespace = try shared(bytes, &cursor)
      case .uid: record.uid = try text(bytes, &cursor)
      case .creationTimestamp: record.creationTimestamp = try time(bytes, &cursor)
      case .deletionTimestamp: record.deletionTimestamp = try time(bytes, &cursor)
      case .labels where rule != .all:
        labels = cursor
        try cursor.skipValue(bytes)
      case .labels: record.labels = try stringMap(bytes, &cursor)
      case .annotations where rule == .unlessControlled:
        annotations = cursor
        try cursor.skipValue(bytes)
      case .annotations: record.annotations = try self.annotations(bytes, &cursor)
      case .ownerReferences: owners = try ownerReferences(bytes, &cursor)
      }
    }
    record.owner = owners.controller ?? (owners.count == 1 ? owners.first : nil)
    guard owners.controller == nil else { return record }
    if var labels { record.labels = try stringMap(bytes, &labels) }
    if var annotations { record.annotations = try self.annotations(bytes, &annotations) }
    return record
  }

  private mutating func annotations(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [String: String] {
    var kept: [String: String] = [:]
    guard try cursor.enterObject(bytes) else { return kept }
    while let key = try cursor.nextKey(bytes) {
      // Six bytes of an escape make at least one byte of text.
      guard let text = try cursor.readText(bytes) else {
        kept[strings.shared(bytes, key)] = ""
        continue
      }
      let name = strings.shared(bytes, key)
      kept[name] = nil
      guard text.range.count <= KeepRules.longestAnnotation * (text.hasEscapes ? 6 : 1) else {
        continue
      }
      let value = strings.shared(bytes, text)
      if AnnotationKeys.isKept(name, valueLength: value.utf8.count) { kept[name] = value }
    }
    return kept
  }

  private struct Owners {
    var controller: OwnerReference?
    var first: OwnerReference?
    var count = 0
  }

  private mutating func ownerReferences(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Owners {
    var owners = Owners()
    guard try cursor.enterArray(bytes) else { return owners }
    while try cursor.nextElement(bytes) {
      var owner = OwnerReference()
      owners.count += 1
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, OwnerReferenceKey.set) {
        switch key {
        case .apiVersion: owner.apiVersion = try shared(bytes, &cursor)
        case .kind: owner.kind = try shared(bytes, &cursor)
        case .name: owner.name = try shared(bytes, &cursor)
        case .uid: owner.uid = try shared(bytes, &cursor)
        case .controller: owner.isController = try cursor.readBoolean(bytes) ?? false
        }
      }
      if owner.isController {
        owners.controller = owners.controller ?? owner
      } else {
        owners.first = owners.first ?? owner
      }
    }
    return owners
  }
}
