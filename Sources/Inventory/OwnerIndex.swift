/// Finds the object that a person edits, by controller owner references.
struct OwnerIndex {
  private let workloads: [WorkloadRecord]
  /// Positions in `workloads`.
  private let places: [ObjectKey: Int]
  private let objects: [ObjectKey: ExtractedObject]

  init(_ workloads: [WorkloadRecord], objects: [ExtractedObject]) {
    self.objects = Dictionary(
      objects.map { (ObjectKey($0.metadata, kind: $0.kind), $0) },
      uniquingKeysWith: { first, _ in first })
    self.workloads = workloads
    places = Dictionary(
      workloads.indices.lazy.map {
        (ObjectKey(workloads[$0].metadata, kind: workloads[$0].kind.rawValue), $0)
      }, uniquingKeysWith: { first, _ in first })
  }

  private func record(_ key: ObjectKey) -> WorkloadRecord? {
    places[key].map { workloads[$0] }
  }

  /// The record that a reference of an object in this namespace means, when it was read.
  func record(_ reference: OwnerReference, namespace: String) -> WorkloadRecord? {
    record(ObjectKey(reference, namespace: namespace))
  }

  /// The same of what is neither a Pod nor a built-in workload.
  func object(_ reference: OwnerReference, namespace: String) -> ExtractedObject? {
    objects[ObjectKey(reference, namespace: namespace)]
  }

  /// The topmost owner of an object with this metadata.
  ///
  /// - Returns: the record where the chain ends, or the reference that leads out of what was read
  ///   (a custom controller, or a kind that may not be listed).
  func top(of metadata: ObjectMetadata, itself: Owner) -> Owner {
    var owner = itself
    var reference = metadata.owner
    var passed: Set<ObjectKey> = []
    while let next = reference {
      let key = ObjectKey(next, namespace: metadata.namespace)
      // Owner references form no cycle on a healthy server; of a hostile one each member stands
      // for itself.
      guard passed.insert(key).inserted else { return itself }
      if let record = record(key) {
        owner = .record(record)
        reference = record.metadata.owner
      } else if let object = objects[key] {
        owner = .object(object)
        reference = object.metadata.owner
      } else {
        return .unread(next, namespace: metadata.namespace)
      }
    }
    return owner
  }

  enum Owner {
    case record(WorkloadRecord)
    case object(ExtractedObject)
    case unread(OwnerReference, namespace: String)
    /// A Pod that nothing owns.
    case pod(ObjectMetadata)

    var identity: WorkloadIdentity {
      switch self {
      case .record(let record): record.identity
      case .object(let object): object.identity
      case .unread(let reference, let namespace):
        WorkloadIdentity(
          apiVersion: reference.apiVersion, kind: reference.kind, namespace: namespace,
          name: reference.name)
      case .pod(let metadata):
        WorkloadIdentity(
          apiVersion: "v1", kind: "Pod", namespace: metadata.namespace, name: metadata.name)
      }
    }

    var uid: String {
      switch self {
      case .record(let record): record.metadata.uid
      case .object(let object): object.metadata.uid
      case .unread(let reference, _): reference.uid
      case .pod(let metadata): metadata.uid
      }
    }

    /// What its own metadata says, where that was read.
    var metadata: ObjectMetadata? {
      switch self {
      case .record(let record): record.metadata
      case .object(let object): object.metadata
      case .unread: nil
      case .pod(let metadata): metadata
      }
    }
  }
}
