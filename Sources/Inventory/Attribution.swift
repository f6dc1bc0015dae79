import ImageReferences

/// Turns templates and groups of Pods into uses of top-level workloads.
///
/// It puts together one workload after the other, so that what is half done is never more than one
/// workload's, however many the cluster has.
struct Attribution {
  /// Something that tells of one workload.
  private struct Source {
    enum Origin {
      case record, object, group
    }

    let workload: WorkloadIdentity
    let origin: Origin
    /// Where it stands among those of its origin.
    let position: Int
  }

  private let records: [WorkloadRecord]
  private let objects: [ExtractedObject]
  private let groups: [(key: PodGroup.Key, value: PodGroup)]
  private let index: OwnerIndex
  private var texts: [String: ImageText] = [:]
  private var paths: Set<String> = []
  private var waiting = WaitingPods()
  private let recognizes: ImageRecognizer
  private let selector: LabelSelector?

  /// - Parameters:
  ///   - workloads: in any order, as the others; some may have come twice.
  ///   - groups: with their nodes packed.
  init(
    workloads: consuming [WorkloadRecord], objects: [ExtractedObject],
    groups: consuming [(key: PodGroup.Key, value: PodGroup)], selector: LabelSelector? = nil,
    recognizes: @escaping ImageRecognizer
  ) {
    self.recognizes = recognizes
    self.selector = selector
    // An object that two lists brought is counted once.
    var seen: Set<ObjectKey> = []
    var records = workloads
    records.sort(by: Self.comesFirst)
    records.removeAll { !seen.insert(ObjectKey($0.metadata, kind: $0.kind.rawValue)).inserted }
    self.records = records
    self.objects = objects.sorted { $0.identity < $1.identity }.filter {
      seen.insert(ObjectKey($0.metadata, kind: $0.kind)).inserted
    }
    var groups = groups
    groups.sort(by: Self.comesFirst)
    self.groups = groups
    index = OwnerIndex(records, objects: self.objects)
  }

  consuming func inventory(namespaces: Set<String>) -> ClusterInventory {
    var workloads: [Workload] = []
    var uses: [ImageUse] = []
    let sources = sources()
    var next = sources.startIndex
    while next < sources.endIndex {
      var assembly = WorkloadAssembly(sources[next].workload)
      while next < sources.endIndex, sources[next].workload == assembly.identity {
        let source = sources[next]
        switch source.origin {
        case .record: add(records[source.position], to: &assembly)
        case .object: add(objects[source.position], to: &assembly)
        case .group: add(groups[source.position], to: &assembly)
        }
        next += 1
      }
      uses += assembly.table.uses.sorted(by: Self.precedes)
      if let workload = assembly.workload { workloads.append(workload) }
    }
    var inventory = ClusterInventory(
      workloads: workloads, uses: uses,
      namespaces: namespaces.union(workloads.map(\.identity.namespace)).sorted())
    inventory.waiting = waiting
    return inventory
  }

  /// Sorted by workload; of one workload, templates come before other objects and those before
  /// Pods.
  private func sources() -> [Source] {
    // Each identity is held once.
    var identities: Set<WorkloadIdentity> = []
    var sources: [Source] = []
    sources.reserveCapacity(records.count + objects.count + groups.count)
    func add(_ owner: OwnerIndex.Owner, _ origin: Source.Origin, _ position: Int) {
      let identity = identities.insert(owner.identity).memberAfterInsert
      sources.append(Source(workload: identity, origin: origin, position: position))
    }
    for (position, record) in records.enumerated() { add(owner(of: record), .record, position) }
    // Without images it is nobody's business, unless what it owns says otherwise.
    for (position, object) in objects.enumerated() where !object.images.isEmpty {
      add(owner(of: object), .object, position)
    }
    for (position, group) in groups.enumerated() {
      add(owner(of: group.value.metadata), .group, position)
    }
    // The sort is stable: what tells of one workload keeps its order.
    sources.sort { $0.workload < $1.workload }
    return sources
  }

  private func owner(of record: WorkloadRecord) -> OwnerIndex.Owner {
    index.top(of: record.metadata, itself: .record(record))
  }

  private func owner(of object: ExtractedObject) -> OwnerIndex.Owner {
    index.top(of: object.metadata, itself: .object(object))
  }

  private func owner(of pod: ObjectMetadata) -> OwnerIndex.Owner {
    pod.isStaticPod ? .pod(pod) : index.top(of: pod, itself: .pod(pod))
  }

  private mutating func add(_ record: WorkloadRecord, to assembly: inout WorkloadAssembly) {
    let top = assembly.identity
    let isTop = top.names(record)
    let activity = isTop ? record.activity : activity(ofDependent: record)
    assembly.note(
      owner(of: record), activity: activity, isSelected: isSelected(record.metadata))
    let base = record.kind.podSpecPath
    for container in record.template.containers {
      let use = ImageUse(
        workload: top, activity: activity, path: path(base, container),
        container: container.name, role: container.role, image: text(container.image),
        pullPolicy: container.pullPolicy,
        origin: isTop ? .template : .dependent(Self.name(of: record)),
        placement: record.template.placement)
      let key = key(container, holder: record, top: top)
      assembly.table.add(use, key: key)
      for image in container.configuredImages(recognizes) {
        assembly.table.add(use.configured(image, below: base), key: key.configured(image))
      }
    }
  }

  /// An object that is neither a Pod nor a built-in workload.
  private mutating func add(_ object: ExtractedObject, to assembly: inout WorkloadAssembly) {
    let isTop = assembly.identity == object.identity
    assembly.note(
      owner(of: object), activity: object.activity, isSelected: isSelected(object.metadata))
    let holder = "\(object.kind)/\(object.metadata.name)"
    var places: [UseTable.Key: String] = [:]
    for image in object.images {
      var use = ImageUse(
        workload: assembly.identity, activity: image.activity ?? object.activity,
        path: image.path, container: image.container, role: image.role, image: text(image.image),
        pullPolicy: image.pullPolicy, origin: isTop ? .template : .dependent(holder),
        confidence: image.confidence, placement: image.placement)
      use.note(image)
      var key = UseTable.Key(
        role: image.role, container: image.container, image: image.image,
        holder: isTop || object.isRevision ? "" : holder)
      // The first is what Pods are compared with; the same again elsewhere is a use of its own.
      if let place = places[key], place != image.path {
        key = UseTable.Key(
          role: image.role, container: image.path, image: image.image, holder: key.holder)
      }
      places[key] = image.path
      assembly.table.add(use, key: key)
    }
  }

  private mutating func add(
    _ pods: (key: PodGroup.Key, value: PodGroup), to assembly: inout WorkloadAssembly
  ) {
    let (key, group) = pods
    let metadata = group.metadata
    let parent =
      metadata.isStaticPod
      ? nil : metadata.owner.flatMap { index.record($0, namespace: metadata.namespace) }
    let owner = owner(of: metadata)
    assembly.note(
      owner, activity: key.hasEnded ? .completed : .active(desired: nil),
      isSelected: group.isSelected)
    waiting.add(group, containers: key.containers, of: assembly.identity)
    let isPodItself = if case .pod = owner { true } else { false }
    for container in key.containers {
      add(
        container, of: group, hasEnded: key.hasEnded, parent: parent, isPodItself: isPodItself,
        to: &assembly)
    }
  }

  private mutating func add(
    _ container: ContainerRecord, of group: PodGroup, hasEnded: Bool, parent: WorkloadRecord?,
    isPodItself: Bool, to assembly: inout WorkloadAssembly
  ) {
    let top = assembly.identity
    let origin = Self.origin(of: container, parent: parent, isPodItself: isPodItself)
    var use = ImageUse(
      workload: top, activity: hasEnded ? .completed : .active(desired: nil),
      path: path("spec", container), container: container.name, role: container.role,
      image: text(container.image), pullPolicy: container.pullPolicy, origin: origin,
      placement: group.placement)
    // What only Pods have is one use, whichever of several dependents made the Pods.
    let useKey = key(container, holder: origin == .template ? parent : nil, top: top)
    for image in container.configuredImages(recognizes) {
      let isInTemplate =
        parent.map { Self.template($0, of: container, has: image, recognizes) } ?? false
      var configured = use.configured(image, below: "spec")
      configured.origin =
        isPodItself || isInTemplate ? .template : parent == nil ? .podsOnly : .injected
      if !hasEnded {
        configured.podCount = group.count
        configured.nodes = group.nodes.all
      }
      assembly.table.addPods(
        configured,
        key: key(container, holder: isInTemplate ? parent : nil, top: top).configured(image))
    }
    guard !hasEnded else {
      assembly.table.addPods(use, key: useKey)
      return
    }
    // A sidecar's status stands among the init containers'.
    let statusKey = PodGroup.ContainerKey(
      role: container.role == .sidecar ? .initContainer : container.role, name: container.name)
    use.podCount = group.count
    use.nodes = group.nodes.all
    use.runningNodes = group.nodes.running(statusKey)
    use.failures = group.failures[statusKey] ?? []
    use.failureCount = group.failureCounts[statusKey] ?? 0
    assembly.table.addPods(use, key: useKey)
  }

  /// How a container of a Pod relates to the template that made the Pod.
  private static func origin(
    of container: ContainerRecord, parent: WorkloadRecord?, isPodItself: Bool
  ) -> UseOrigin {
    if isPodItself { return .template }
    guard let parent, container.role != .ephemeral else { return .podsOnly }
    let sameName = parent.template.containers.first {
      $0.name == container.name && ($0.role == .imageVolume) == (container.role == .imageVolume)
    }
    guard let sameName else { return .injected }
    if sameName.image == container.image { return .template }
    // A placeholder in the template (Istio's `auto`) is there for an injector to replace.
    if case .reference = ImageText.parse(sameName.image) { return .drifted(from: sameName.image) }
    return .injected
  }

  private func key(
    _ container: ContainerRecord, holder: WorkloadRecord?, top: WorkloadIdentity
  ) -> UseTable.Key {
    UseTable.Key(
      role: container.role, container: container.name, image: container.image,
      holder: holder.map { self.holder($0, top: top) } ?? "")
  }

  /// What tells dependents of one workload apart. ReplicaSets and Jobs come and go under their
  /// owner and share its place; other dependents (an operator's StatefulSets) stay side by side.
  private func holder(_ record: WorkloadRecord, top: WorkloadIdentity) -> String {
    guard !top.names(record) else { return "" }
    guard record.kind == .replicaSet || record.kind == .job else { return Self.name(of: record) }
    let owner = record.metadata.owner.flatMap {
      index.record($0, namespace: record.metadata.namespace)
    }
    guard let owner, !top.names(owner) else { return "" }
    return Self.name(of: owner)
  }

  private static func name(of record: WorkloadRecord) -> String {
    "\(record.kind.rawValue)/\(record.metadata.name)"
  }

  /// A ReplicaSet that something owns and that has no replicas is history; `spec.replicas` or
  /// `status.replicas` above 0 makes it active, whatever its revision. So is what an old revision
  /// of another kind (Knative's) owns.
  private func activity(ofDependent record: WorkloadRecord) -> Activity {
    let own = record.activity
    guard own == .scaledToZero, record.kind != .replicaSet else {
      return own == .scaledToZero ? .history : own
    }
    let owner = record.metadata.owner.flatMap {
      index.object($0, namespace: record.metadata.namespace)
    }
    return owner?.activity == .history ? .history : own
  }

  private func isSelected(_ metadata: ObjectMetadata) -> Bool {
    selector?.matches(metadata.labels) ?? false
  }

  /// Many thousand uses stand at few different paths.
  private mutating func path(_ base: String, _ container: ContainerRecord) -> String {
    let path = "\(base).\(container.pathInPodSpec)"
    return paths.insert(path).memberAfterInsert
  }

  private mutating func text(_ raw: String) -> ImageText {
    if let known = texts[raw] { return known }
    let parsed = ImageText.parse(raw)
    texts[raw] = parsed
    return parsed
  }
}
