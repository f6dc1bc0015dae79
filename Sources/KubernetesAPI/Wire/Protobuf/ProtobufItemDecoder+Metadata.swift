import Inventory

/// `k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta`, generated.proto.
private enum ObjectMetaField {
  static let name = 1
  static let namespace = 3
  static let uid = 5
  static let creationTimestamp = 8
  static let deletionTimestamp = 9
  static let labels = 11
  static let annotations = 12
  static let ownerReferences = 13
}

/// `k8s.io.apimachinery.pkg.apis.meta.v1.OwnerReference`, generated.proto.
private enum OwnerReferenceField {
  static let kind = 1
  static let name = 3
  static let uid = 4
  static let apiVersion = 5
  static let controller = 6
}

extension ProtobufItemDecoder {
  mutating func metadata(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, marks rule: MarkRule = .all,
    into metadata: inout ObjectMetadata
  ) throws(WireError) {
    var cursor = message
    // Labels and annotations come before the owners that decide whether they are kept.
    var labels = FieldRun()
    var annotations = FieldRun()
    var hasController = false
    var owners = 0
    while try cursor.next(bytes) {
      switch cursor.number {
      case ObjectMetaField.name:
        metadata.name = strings.text(bytes, try cursor.payload())
      case ObjectMetaField.namespace:
        metadata.namespace = strings.shared(bytes, try cursor.payload())
      case ObjectMetaField.uid:
        metadata.uid = strings.text(bytes, try cursor.payload())
      case ObjectMetaField.creationTimestamp:
        metadata.creationTimestamp = try time(bytes, cursor.message())
      case ObjectMetaField.deletionTimestamp:
        metadata.deletionTimestamp = try time(bytes, cursor.message())
      case ObjectMetaField.labels:
        labels.extend(over: cursor)
      case ObjectMetaField.annotations:
        annotations.extend(over: cursor)
      case ObjectMetaField.ownerReferences:
        owners += 1
        guard !hasController else { continue }
        try ownerReference(bytes, cursor.message())
        hasController = lastOwner.value.isController
        if hasController || owners == 1 { metadata.owner = lastOwner.value }
      default: break
      }
    }
    if !hasController, owners > 1 { metadata.owner = nil }
    if !labels.isEmpty, rule == .all || !hasController {
      metadata.labels = try map(bytes, labels, field: ObjectMetaField.labels, of: cursor)
    }
    if !annotations.isEmpty, rule != .unlessControlled || !hasController {
      metadata.annotations = try self.annotations(bytes, annotations, of: cursor)
    }
  }

  private mutating func annotations(
    _ bytes: Span<UInt8>, _ all: FieldRun, of message: ProtobufCursor
  ) throws(WireError) -> [String: String] {
    // What is not kept differs from object to object; mostly it comes last.
    var run = FieldRun()
    var cursor = message.within(all.range)
    while try cursor.next(bytes) {
      guard cursor.number == ObjectMetaField.annotations else { continue }
      let entry = try mapEntry(bytes, cursor.message())
      if KeepRules.mayKeepAnnotation(key: bytes, entry.key, valueLength: entry.value.count) {
        run.extend(over: cursor)
      }
    }
    return try map(bytes, run, field: ObjectMetaField.annotations, of: message) {
      AnnotationKeys.isKept($0, valueLength: $1)
    }
  }

  /// Leaves the owner in `lastOwner`.
  private mutating func ownerReference(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) {
    let range = message.range
    if !range.isEmpty, range.count == lastOwner.bytes.count,
      bytes.matches(at: range.lowerBound, lastOwner.bytes.span, 0, count: range.count)
    {
      return
    }
    var cursor = message
    var owner = OwnerReference()
    while try cursor.next(bytes) {
      switch cursor.number {
      case OwnerReferenceField.kind: owner.kind = strings.shared(bytes, try cursor.payload())
      case OwnerReferenceField.name: owner.name = strings.text(bytes, try cursor.payload())
      case OwnerReferenceField.uid: owner.uid = strings.text(bytes, try cursor.payload())
      case OwnerReferenceField.apiVersion:
        owner.apiVersion = strings.shared(bytes, try cursor.payload())
      case OwnerReferenceField.controller: owner.isController = try cursor.boolean()
      default: break
      }
    }
    lastOwner.bytes.removeAll(keepingCapacity: true)
    // A long owner is not kept as bytes: nothing equals it.
    if range.count <= 1024 { lastOwner.bytes.append(bytes, range) }
    lastOwner.value = owner
  }
}
