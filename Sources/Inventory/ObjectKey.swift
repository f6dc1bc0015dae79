/// What tells one object from another while lists are joined: its UID, else its place.
///
/// Every real API server sets a UID; objects without one must not become the same object.
enum ObjectKey: Hashable, Sendable {
  case uid(String)
  /// Rare, so it may cost an allocation: keys are many.
  indirect case place(kind: String, namespace: String, name: String)

  init(_ metadata: ObjectMetadata, kind: String) {
    self.init(uid: metadata.uid, kind: kind, namespace: metadata.namespace, name: metadata.name)
  }

  /// - Parameter namespace: that of the object which holds the reference; ignored beside a UID.
  init(_ reference: OwnerReference, namespace: String) {
    self.init(
      uid: reference.uid, kind: reference.kind, namespace: namespace, name: reference.name)
  }

  private init(uid: String, kind: String, namespace: String, name: String) {
    self = uid.isEmpty ? .place(kind: kind, namespace: namespace, name: name) : .uid(uid)
  }
}
