import ImageReferences

/// Joins Helm releases with what lives in the cluster.
///
/// A live object's use says more than the manifest that made it, so it stays the one use and learns
/// its release, its chart and the value that set it. What a release holds beyond that starts
/// nothing by itself: of the deployed revision it is `inert` – the next `helm upgrade` or
/// `rollback` of a person runs its hooks and applies its manifest –, of any other revision it is
/// `history`.
struct ReleaseAttribution {
  /// An object's name for people; the version is left out, for servers convert.
  private struct ObjectKey: Hashable {
    let kind: String
    let namespace: String
    let name: String
  }

  private var inventory: ClusterInventory
  private var workloads: [ObjectKey: Int] = [:]
  private var uses: [ObjectKey: [Int]] = [:]
  private var texts: [String: ImageText] = [:]
  private var marked: Set<Int> = []

  init(_ inventory: ClusterInventory) {
    self.inventory = inventory
    for (index, workload) in inventory.workloads.enumerated() {
      workloads[Self.key(workload.identity)] = index
    }
    for (index, use) in inventory.uses.enumerated() {
      uses[Self.key(use.workload), default: []].append(index)
    }
  }

  static func join(
    _ releases: [ReleaseRecord], with inventory: ClusterInventory
  ) -> ClusterInventory {
    guard !releases.isEmpty else { return inventory }
    var attribution = ReleaseAttribution(inventory)
    // Two releases may claim one object: the first by name is believed, whatever arrived first.
    let groups = Dictionary(grouping: releases, by: \.identity).sorted { $0.key < $1.key }
    for group in groups { attribution.add(group.value) }
    return attribution.finish()
  }

  /// All revisions of one release.
  private mutating func add(_ revisions: [ReleaseRecord]) {
    let newestFirst = revisions.sorted { ($0.revision, $0.uid) > ($1.revision, $1.uid) }
    // Helm keeps one revision deployed; after a crash there may be more, and the newest counts.
    let current = newestFirst.first { $0.status == "deployed" }
    var added: [ImageUse] = []
    if let current {
      added += current.objects.flatMap { beyondTheLive($0, of: current) }
      for object in current.objects where object.hookEvents == nil { mark(object, by: current) }
    }
    for revision in newestFirst where revision != current {
      for object in revision.objects {
        added += past(object, of: revision, known: added)
      }
    }
    guard !added.isEmpty, let named = current ?? newestFirst.first else { return }
    inventory.workloads.append(
      Workload(
        identity: named.identity, uid: named.uid, activity: current == nil ? .history : .inert,
        managedBy: named.source))
    inventory.uses += added
  }

  /// Tells live uses where they come from.
  /// - Returns: what no live use says.
  private mutating func beyondTheLive(
    _ object: ReleaseObject, of release: ReleaseRecord
  ) -> [ImageUse] {
    let label = "\(object.kind)/\(object.name)"
    let isHook = object.hookEvents != nil
    let isOthers = belongsToAnother(object, than: release)
    var found: [ImageUse] = []
    for image in object.images {
      let live = liveUses(of: image, in: object)
      if let setBy = image.setBy, !isOthers {
        for index in live where !inventory.uses[index].notes.contains(setBy) {
          inventory.uses[index].notes.append(setBy)
        }
      }
      // A hook's Job that has ended will be made again.
      guard !live.contains(where: { !inventory.uses[$0].activity.isPast }) else { continue }
      let why: String
      if let events = object.hookEvents {
        why =
          events.isEmpty ? "a Helm hook" : "a Helm hook: runs on \(events.joined(separator: ", "))"
      } else if workloads[Self.key(object)] != nil {
        why = "the live \(label) has another image"
      } else {
        why = "\(label) is not in the cluster, or was not read"
      }
      found.append(
        use(
          image, of: release, activity: .inert,
          path: "\(isHook ? "hook" : "manifest"): \(label) \(image.use.path)", notes: [why]))
    }
    return found
  }

  /// What only a rollback to this revision would bring back.
  private mutating func past(
    _ object: ReleaseObject, of release: ReleaseRecord, known: [ImageUse]
  ) -> [ImageUse] {
    let place = "\(object.hookEvents == nil ? "manifest" : "hook"): \(object.kind)/\(object.name) "
    let status = release.status.isEmpty ? "" : " (\(release.status))"
    var found: [ImageUse] = []
    for image in object.images where liveUses(of: image, in: object).isEmpty {
      let path = place + image.use.path
      let isKnown = known.contains {
        $0.image.text == image.use.image && $0.container == image.use.container
          && $0.path.hasPrefix(place)
      }
      guard !isKnown else { continue }
      found.append(
        use(
          image, of: release, activity: .history, path: path,
          notes: ["in revision \(release.revision)\(status)"]))
    }
    return found
  }

  /// Uses of the object of the same name that hold the same text, in the container of the same name
  /// where the kind's containers are known.
  private func liveUses(of image: ReleaseObject.Image, in object: ReleaseObject) -> [Int] {
    (uses[Self.key(object)] ?? []).filter { index in
      let use = inventory.uses[index]
      return use.image.text == image.use.image
        && (image.use.confidence != .known || use.container == image.use.container)
    }
  }

  /// GitOps marks are nearer to a person than the release; the chart is worth knowing beside them.
  private mutating func mark(_ object: ReleaseObject, by release: ReleaseRecord) {
    guard let index = workloads[Self.key(object)], !belongsToAnother(object, than: release),
      marked.insert(index).inserted
    else { return }
    guard let known = inventory.workloads[index].managedBy, !known.hasPrefix(Self.helmMark) else {
      inventory.workloads[index].managedBy = release.source
      return
    }
    inventory.workloads[index].managedBy = known + release.chartWords
  }

  /// Whether the live object's own marks name another release: whatever a manifest claims, Helm
  /// itself refuses to take such an object over.
  private func belongsToAnother(_ object: ReleaseObject, than release: ReleaseRecord) -> Bool {
    guard let index = workloads[Self.key(object)],
      let known = inventory.workloads[index].managedBy, known.hasPrefix(Self.helmMark)
    else { return false }
    let own = [
      release.name, "\(release.namespace)/\(release.name)",
      "\(release.installNamespace)/\(release.name)",
    ]
    return !own.contains { known.hasPrefix("\(Self.helmMark)\($0)\"") }
  }

  private static let helmMark = "Helm release \""

  private mutating func use(
    _ image: ReleaseObject.Image, of release: ReleaseRecord, activity: Activity, path: String,
    notes: [String]
  ) -> ImageUse {
    let found = image.use
    var use = ImageUse(
      workload: release.identity, activity: activity, path: path, container: found.container,
      role: found.role, image: text(found.image), pullPolicy: found.pullPolicy,
      confidence: found.confidence, placement: found.placement)
    use.notes = notes + [image.setBy].compactMap { $0 }
    return use
  }

  private mutating func text(_ raw: String) -> ImageText {
    if let known = texts[raw] { return known }
    let parsed = ImageText.parse(raw)
    texts[raw] = parsed
    return parsed
  }

  private static func key(_ identity: WorkloadIdentity) -> ObjectKey {
    ObjectKey(kind: identity.kind, namespace: identity.namespace, name: identity.name)
  }

  private static func key(_ object: ReleaseObject) -> ObjectKey {
    ObjectKey(kind: object.kind, namespace: object.namespace, name: object.name)
  }

  private consuming func finish() -> ClusterInventory {
    inventory.workloads.sort { $0.identity < $1.identity }
    inventory.uses.sort(by: Attribution.precedes)
    inventory.namespaces = Set(inventory.namespaces)
      .union(inventory.workloads.map(\.identity.namespace)).sorted()
    return inventory
  }
}
