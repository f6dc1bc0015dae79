/// What tells one object from another while lists are joined: its UID, else its place.
///
/// Every real API server sets a UID; objects without one must not become the same object.
struct ObjectKey: Hashable, Sendable {
  private let uid: String
  private let kind: String
  private let namespace: String
  private let name: String

  init(_ metadata: ObjectMetadata, kind: String) {
    self.init(uid: metadata.uid, kind: kind, namespace: metadata.namespace, name: metadata.name)
  }

  /// - Parameter namespace: that of the object which holds the reference; ignored beside a UID.
  init(_ reference: OwnerReference, namespace: String) {
    self.init(
      uid: reference.uid, kind: reference.kind, namespace: namespace, name: reference.name)
  }

  private init(uid: String, kind: String, namespace: String, name: String) {
    self.uid = uid
    self.kind = uid.isEmpty ? kind : ""
    self.namespace = uid.isEmpty ? namespace : ""
    self.name = uid.isEmpty ? name : ""
  }
}
