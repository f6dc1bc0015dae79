/// Takes records as lists arrive and aggregates what is the same; `finish` attributes the rest.
///
/// Memory is bounded by the distinct workloads, revisions and pod shapes, never by the number of
/// Pods. Each list fills a builder of its own; `merge` joins them in any order with one outcome.
package struct InventoryBuilder: Sendable {
  private(set) var podGroups: [PodGroup.Key: PodGroup] = [:]
  /// In pieces, which are never copied into a longer array while lists are joined.
  private var workloads: [[WorkloadRecord]] = []
  private static let pieceLength = 500
  /// Containers and annotations that came already: most objects have what others have too.
  private var shapes: Set<[ContainerRecord]> = []
  private var marks: Set<[String: String]> = []
  private(set) var objects: [ExtractedObject] = []
  private(set) var releases: [ReleaseRecord] = []
  private(set) var namespaces: Set<String> = []
  private(set) var namespaceMarks: [String: NamespaceMarks] = [:]

  /// `-l`, which Pods are held against one by one: what is not read cannot be.
  private var selector: LabelSelector?

  package init(selecting selector: LabelSelector? = nil) {
    self.selector = selector
  }

  package mutating func add(_ pod: PodRecord) {
    let owner = pod.metadata.isStaticPod ? nil : pod.metadata.owner
    let key = PodGroup.Key(
      namespace: pod.metadata.namespace,
      owner: owner.map { ObjectKey($0, namespace: pod.metadata.namespace) }
        ?? ObjectKey(pod.metadata, kind: "Pod"),
      containers: pod.spec.containers, hasEnded: pod.hasEnded)
    guard let selector else { return add(pod, key) }
    var pod = pod
    let isSelected = selector.matches(pod.metadata.labels)
    // Labels of a Pod that something owns have said what they can.
    if owner != nil { pod.metadata.labels = [:] }
    add(pod, key)
    if isSelected { podGroups[key]?.isSelected = true }
  }

  private mutating func add(_ pod: PodRecord, _ key: PodGroup.Key) {
    if let place = podGroups.index(forKey: key) {
      podGroups.values[place].add(pod)
      return
    }
    var key = key
    key.containers = shapes.insert(key.containers).memberAfterInsert
    var group = PodGroup(pod)
    group.add(pod)
    podGroups[key] = group
  }

  package mutating func add(_ workload: WorkloadRecord) {
    var workload = workload
    workload.metadata.annotations = marks.insert(workload.metadata.annotations).memberAfterInsert
    workload.template.containers = shapes.insert(workload.template.containers).memberAfterInsert
    if workloads.last.map({ $0.count < Self.pieceLength }) != true { workloads.append([]) }
    workloads[workloads.count - 1].append(workload)
  }

  package mutating func add(_ object: ExtractedObject) {
    objects.append(object)
  }

  package mutating func add(_ release: ReleaseRecord) {
    releases.append(release)
  }

  package mutating func add(namespace name: String) {
    namespaces.insert(name)
  }

  /// A namespace that was read.
  package mutating func add(namespace metadata: ObjectMetadata) {
    namespaces.insert(metadata.name)
    namespaceMarks[metadata.name] = NamespaceMarks(metadata)
  }

  package mutating func merge(_ other: InventoryBuilder) {
    if podGroups.isEmpty {
      podGroups = other.podGroups
    } else {
      podGroups.merge(other.podGroups) { own, group in
        var joined = own
        joined.merge(group)
        return joined
      }
    }
    selector = selector ?? other.selector
    workloads.append(contentsOf: other.workloads)
    objects.append(contentsOf: other.objects)
    releases.append(contentsOf: other.releases)
    namespaces.formUnion(other.namespaces)
    namespaceMarks.merge(other.namespaceMarks) { first, _ in first }
  }

  /// Attributes everything to top-level workloads, and lets go of it.
  ///
  /// - Parameter recognizes: tells images among arguments, which could be anything.
  package mutating func finish(
    recognizing recognizes: @escaping ImageRecognizer = { _ in false }
  ) -> ClusterInventory {
    // The groups first: what they no longer need makes room.
    let groups = takePodGroups()
    let attribution = Attribution(
      workloads: takeWorkloads(), objects: objects, groups: groups, selector: selector,
      recognizes: recognizes)
    // From here on the attribution alone holds them, as it sorted them.
    objects = []
    var inventory = attribution.inventory(namespaces: namespaces)
    inventory = ReleaseAttribution.join(releases, with: inventory)
    inventory.namespaceMarks = namespaceMarks
    return inventory
  }

  /// As one array; each piece is let go as soon as it is copied. The current ReplicaSet's
  /// containers are its Deployment's, down to the last text, and are held once.
  private mutating func takeWorkloads() -> [WorkloadRecord] {
    var templates: Set<[ContainerRecord]> = []
    var records: [WorkloadRecord] = []
    records.reserveCapacity(workloads.reduce(0) { $0 + $1.count })
    while let piece = workloads.popLast() {
      for var record in piece {
        record.template.containers =
          templates.insert(record.template.containers).memberAfterInsert
        records.append(record)
      }
    }
    return records
  }

  /// As an array, which has no room to spare; with their nodes sorted once, so that the uses of a
  /// group share its lists of nodes.
  private mutating func takePodGroups() -> [(key: PodGroup.Key, value: PodGroup)] {
    var groups = Array(podGroups)
    podGroups = [:]
    for place in groups.indices { groups[place].value.nodes.pack() }
    return groups
  }
}

extension ObjectMetadata {
  /// A mirror pod's owner is its Node, which nobody edits to change the Pod.
  var isStaticPod: Bool {
    annotations[AnnotationKeys.mirror] != nil || owner?.kind == "Node"
  }
}
