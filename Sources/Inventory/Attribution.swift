import ImageReferences

/// Turns templates and groups of Pods into uses of top-level workloads.
struct Attribution {
  private let records: [WorkloadRecord]
  private let objects: [ExtractedObject]
  private let index: OwnerIndex
  private var workloads: [WorkloadIdentity: Workload] = [:]
  private var tables: [WorkloadIdentity: UseTable] = [:]
  private var texts: [String: ImageText] = [:]
  private var paths: Set<String> = []
  private var identities: Set<WorkloadIdentity> = []
  private var waiting = WaitingPods()
  private let recognizes: ImageRecognizer
  private let selector: LabelSelector?

  init(
    workloads: consuming [WorkloadRecord], objects: [ExtractedObject],
    selector: LabelSelector? = nil,
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
    index = OwnerIndex(records, objects: self.objects)
  }

  mutating func addTemplates() {
    for record in records {
      let owner = index.top(of: record.metadata, itself: .record(record))
      let top = shared(owner.identity)
      let isTop = top == record.identity
      let activity = isTop ? record.activity : activity(ofDependent: record)
      note(owner, activity: activity, isSelected: isSelected(record.metadata))
      let base = record.kind.podSpecPath
      for container in record.template.containers {
        let use = ImageUse(
          workload: top, activity: activity, path: path(base, container),
          container: container.name, role: container.role, image: text(container.image),
          pullPolicy: container.pullPolicy,
          origin: isTop ? .template : .dependent(Self.name(of: record)),
          placement: record.template.placement)
        let key = key(container, holder: record, top: top)
        tables[top, default: UseTable()].add(use, key: key)
        for image in container.configuredImages(recognizes) {
          tables[top, default: UseTable()].add(
            use.configured(image, below: base), key: key.configured(image))
        }
      }
    }
  }

  /// Objects that are neither Pods nor built-in workloads.
  mutating func addObjects() {
    for object in objects {
      let owner = index.top(of: object.metadata, itself: .object(object))
      let top = shared(owner.identity)
      let isTop = top == object.identity
      // Without images it is nobody's business, unless what it owns says otherwise.
      guard !object.images.isEmpty else { continue }
      note(owner, activity: object.activity, isSelected: isSelected(object.metadata))
      let holder = "\(object.kind)/\(object.metadata.name)"
      var places: [UseTable.Key: String] = [:]
      for image in object.images {
        var use = ImageUse(
          workload: top, activity: image.activity ?? object.activity, path: image.path,
          container: image.container, role: image.role, image: text(image.image),
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
        tables[top, default: UseTable()].add(use, key: key)
      }
    }
  }

  mutating func addPods(_ groups: [PodGroup.Key: PodGroup]) {
    // Positions are sorted, not the groups, which are large.
    for place in groups.indices.sorted(by: { Self.comesFirst(groups[$0], groups[$1]) }) {
      let (key, group) = groups[place]
      let metadata = group.metadata
      let parent =
        metadata.isStaticPod
        ? nil
        : metadata.owner.flatMap {
          index.record($0, namespace: metadata.namespace)
        }
      let owner =
        metadata.isStaticPod
        ? .pod(metadata) : index.top(of: metadata, itself: .pod(metadata))
      let activity: Activity = key.hasEnded ? .completed : .active(desired: nil)
      note(owner, activity: activity, isSelected: group.isSelected)
      waiting.add(group, containers: key.spec.containers, of: owner.identity)
      for container in key.spec.containers {
        add(container, of: group, hasEnded: key.hasEnded, parent: parent, owner: owner)
      }
    }
  }

  private mutating func add(
    _ container: ContainerRecord, of group: PodGroup, hasEnded: Bool, parent: WorkloadRecord?,
    owner: OwnerIndex.Owner
  ) {
    let top = shared(owner.identity)
    let isPodItself = if case .pod = owner { true } else { false }
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
      tables[top, default: UseTable()].addPods(
        configured,
        key: key(container, holder: isInTemplate ? parent : nil, top: top).configured(image))
    }
    guard !hasEnded else {
      tables[top, default: UseTable()].addPods(use, key: useKey)
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
    tables[top, default: UseTable()].addPods(use, key: useKey)
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
    guard record.identity != top else { return "" }
    guard record.kind == .replicaSet || record.kind == .job else { return Self.name(of: record) }
    let owner = record.metadata.owner.flatMap {
      index.record($0, namespace: record.metadata.namespace)
    }
    guard let owner, owner.identity != top else { return "" }
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

  /// Records the workload; one that was not read is as lively as what it owns.
  private mutating func note(
    _ owner: OwnerIndex.Owner, activity: Activity, isSelected: Bool
  ) {
    add(owner, activity: activity)
    if isSelected { workloads[owner.identity]?.hasSelectedDependent = true }
  }

  private func isSelected(_ metadata: ObjectMetadata) -> Bool {
    selector?.matches(metadata.labels) ?? false
  }

  private mutating func add(_ owner: OwnerIndex.Owner, activity: Activity) {
    let identity = shared(owner.identity)
    let metadata = owner.metadata
    // An owner that was made anew under its name is read under another UID than its old
    // dependents give: what was read tells more.
    if let known = workloads[identity], known.wasRead || metadata == nil {
      guard !known.wasRead else { return }
      workloads[identity]?.uid = min(known.uid, owner.uid)
      if Self.isLivelier(activity, than: known.activity) {
        workloads[identity]?.activity = activity
      }
      return
    }
    var own = activity
    switch owner {
    case .record(let record): own = record.activity
    case .object(let object): own = object.activity
    case .unread, .pod: break
    }
    let hadSelected = workloads[identity]?.hasSelectedDependent ?? false
    workloads[identity] = Workload(
      identity: identity, uid: owner.uid, activity: own, labels: metadata?.labels ?? [:],
      annotations: metadata?.annotations ?? [:],
      managedBy: metadata.flatMap(ManagedBy.describe), wasRead: metadata != nil)
    workloads[identity]?.hasSelectedDependent = hadSelected
  }

  private static func isLivelier(_ activity: Activity, than other: Activity) -> Bool {
    if activity.liveliness != other.liveliness {
      return activity.liveliness < other.liveliness
    }
    return activity.desired ?? -1 > other.desired ?? -1
  }

  /// Each identity is held once.
  private mutating func shared(_ identity: WorkloadIdentity) -> WorkloadIdentity {
    identities.insert(identity).memberAfterInsert
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

  consuming func inventory(namespaces: Set<String>) -> ClusterInventory {
    var uses: [ImageUse] = []
    while let table = tables.popFirst() { uses += table.value.uses }
    uses.sort(by: Self.precedes)
    var inventory = ClusterInventory(
      workloads: workloads.values.sorted { $0.identity < $1.identity }, uses: uses,
      namespaces: namespaces.union(workloads.keys.map(\.namespace)).sorted())
    inventory.waiting = waiting
    return inventory
  }
}
