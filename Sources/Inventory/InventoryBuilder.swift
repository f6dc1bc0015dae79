/// Takes records as lists arrive and aggregates what is the same; `finish` attributes the rest.
///
/// Memory is bounded by the distinct workloads, revisions and pod shapes, never by the number of
/// Pods. Each list fills a builder of its own; `merge` joins them in any order with one outcome.
package struct InventoryBuilder: Sendable {
  private(set) var podGroups: [PodGroup.Key: PodGroup] = [:]
  /// In pieces, which are never copied into a longer array while lists are joined.
  private var workloads: [[WorkloadRecord]] = []
  private static let pieceLength = 500
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
    var shape = pod.spec
    shape.nodeSelector = [:]
    shape.tolerations = []
    let owner = pod.metadata.isStaticPod ? nil : pod.metadata.owner
    let key = PodGroup.Key(
      namespace: pod.metadata.namespace,
      owner: owner.map { ObjectKey($0, namespace: pod.metadata.namespace) }
        ?? ObjectKey(pod.metadata, kind: "Pod"),
      spec: shape, hasEnded: pod.hasEnded)
    guard let selector else {
      podGroups[key, default: PodGroup(pod)].add(pod)
      return
    }
    var pod = pod
    let isSelected = selector.matches(pod.metadata.labels)
    // Labels of a Pod that something owns have said what they can.
    if owner != nil { pod.metadata.labels = [:] }
    podGroups[key, default: PodGroup(pod)].add(pod)
    if isSelected { podGroups[key]?.isSelected = true }
  }

  package mutating func add(_ workload: WorkloadRecord) {
    var workload = workload
    if selector == nil, workload.metadata.owner?.isController == true {
      // Labels and marks are asked of the object that a person edits, its owner; only a selector
      // looks at what that owns.
      workload.metadata.labels = [:]
      workload.metadata.annotations = [:]
    }
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

  /// Attributes everything to top-level workloads.
  ///
  /// - Parameter recognizes: tells images among arguments, which could be anything.
  package consuming func finish(
    recognizing recognizes: @escaping ImageRecognizer = { _ in false }
  ) -> ClusterInventory {
    // Not `indices`, which would hold a copy while the groups change.
    var place = podGroups.startIndex
    while place != podGroups.endIndex {
      podGroups.values[place].nodes.seal()
      podGroups.formIndex(after: &place)
    }
    var attribution = Attribution(
      workloads: takeWorkloads(), objects: objects, selector: selector, recognizes: recognizes)
    // From here on the attribution alone holds them, as it sorted them.
    objects = []
    attribution.addTemplates()
    attribution.addObjects()
    attribution.addPods(podGroups)
    podGroups = [:]
    let attributed = attribution.inventory(namespaces: namespaces)
    var inventory = ReleaseAttribution.join(releases, with: attributed)
    inventory.namespaceMarks = namespaceMarks
    inventory.waiting = attributed.waiting
    return inventory
  }
}

extension InventoryBuilder {
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
}

extension ObjectMetadata {
  /// A mirror pod's owner is its Node, which nobody edits to change the Pod.
  var isStaticPod: Bool {
    annotations[AnnotationKeys.mirror] != nil || owner?.kind == "Node"
  }
}
