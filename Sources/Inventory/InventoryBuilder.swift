/// Takes records as lists arrive and aggregates what is the same; `finish` attributes the rest.
///
/// Memory is bounded by the distinct workloads, revisions and pod shapes, never by the number of
/// Pods. Each list fills a builder of its own; `merge` joins them in any order with one outcome.
package struct InventoryBuilder: Sendable {
  private(set) var podGroups: [PodGroup.Key: PodGroup] = [:]
  private(set) var workloads: [WorkloadRecord] = []
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
    workloads.append(workload)
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
    if workloads.isEmpty {
      workloads = other.workloads
    } else {
      workloads.append(contentsOf: other.workloads)
    }
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
      workloads: workloads, objects: objects, selector: selector, recognizes: recognizes)
    // From here on the attribution alone holds them, as it sorted them.
    (workloads, objects) = ([], [])
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

extension ObjectMetadata {
  /// A mirror pod's owner is its Node, which nobody edits to change the Pod.
  var isStaticPod: Bool {
    annotations[AnnotationKeys.mirror] != nil || owner?.kind == "Node"
  }
}
