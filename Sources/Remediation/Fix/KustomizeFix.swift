import ImageReferences
import Inventory
import Reports
import YAMLDocuments

/// One namespace's mechanical changes as a kustomize component, which an overlay takes in.
///
/// `images` where one name moves as a whole, JSON patches for everything else
/// (kubernetes-sigs/kustomize `api/types`: Image, Patch): its strategic merges would put the
/// containers that they name first.
struct KustomizeFix {
  let namespace: String
  let changes: [ImageChange]
  /// For whom, where a tool manages them.
  let managers: [String]
  /// All that is known of the namespace, clean uses included.
  private let neighbours: [Finding]

  /// Sorted by namespace.
  static func all(_ fixes: ClusterFixes) -> [KustomizeFix] {
    var changes: [String: [ImageChange]] = [:]
    var managers: [String: Set<String>] = [:]
    for fix in fixes.live { changes[fix.identity.namespace, default: []] += fix.changes }
    for fix in fixes.sources {
      guard case .manager(let manager) = fix.place, manager.readsRepository else { continue }
      for finding in fix.findings {
        guard case .template = finding.use.origin, finding.use.confidence != .shape,
          let change = ImageChange(finding)
        else { continue }
        let namespace = finding.use.workload.namespace
        changes[namespace, default: []].append(change)
        managers[namespace, default: []].insert(manager.words)
      }
    }
    return changes.keys.sorted().map { namespace in
      KustomizeFix(
        namespace: namespace, changes: changes[namespace] ?? [],
        managers: (managers[namespace] ?? []).sorted(),
        neighbours: fixes.neighbours.filter { $0.use.workload.namespace == namespace })
    }
  }

  var tree: YAMLTree {
    let images = movedNames
    let rest = changes.filter { !isMoved($0, images) }
    var pairs: [YAMLTreePair] = [
      YAMLTreePair(key: "apiVersion", value: "kustomize.config.k8s.io/v1alpha1"),
      YAMLTreePair(key: "kind", value: "Component"),
    ]
    if !images.isEmpty {
      pairs.append(
        YAMLTreePair(
          key: "images",
          value: .sequence(
            images.sorted { $0.key < $1.key }.map {
              .fields(["name": .string($0.key), "newName": .string($0.value)])
            })))
    }
    let patches = patches(rest)
    if !patches.isEmpty { pairs.append(YAMLTreePair(key: "patches", value: .sequence(patches))) }
    return .mapping(pairs)
  }

  /// Names that move as a whole: every use that is known here goes to the same new name.
  private var movedNames: [String: String] {
    var targets: [String: Set<String>] = [:]
    for change in changes where canTransform(change) {
      guard let (old, new) = Self.names(change) else { continue }
      targets[old, default: []].insert(new)
    }
    let moving = Set(changes.map(\.finding.use))
    for finding in neighbours where !finding.isHistory && !moving.contains(finding.use) {
      guard let name = finding.use.image.reference?.nameAsWritten else { continue }
      targets[name] = nil
    }
    return targets.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private func canTransform(_ change: ImageChange) -> Bool {
    change.isContainerImage && BuiltInKind(change.finding.use.workload) != nil
  }

  private func isMoved(_ change: ImageChange, _ names: [String: String]) -> Bool {
    guard canTransform(change), let (old, new) = Self.names(change) else { return false }
    return names[old] == new
  }

  private static func names(_ change: ImageChange) -> (old: String, new: String)? {
    guard let old = change.finding.use.image.reference,
      let new = ImageText.parse(change.new).reference
    else { return nil }
    return (old.nameAsWritten, new.nameAsWritten)
  }

  /// One patch for each object.
  private func patches(_ changes: [ImageChange]) -> [YAMLTree] {
    let groups = Dictionary(grouping: changes) { $0.finding.use.workload }
    return groups.sorted { $0.key < $1.key }.map { identity, changes in
      Self.patch(identity, Self.operations(changes))
    }
  }

  private static func patch(_ identity: WorkloadIdentity, _ patch: YAMLTree) -> YAMLTree {
    let parts = identity.apiVersion.split(separator: "/").map(String.init)
    return .fields([
      "target": .fields([
        "group": parts.count == 2 ? .string(parts[0]) : nil,
        "version": .string(parts.last ?? ""), "kind": .string(identity.kind),
        // A pattern, anchored at both ends.
        "name": .string(identity.name.split(separator: ".").joined(separator: "\\.")),
      ]),
      "patch": .string(YAMLWriter.text(patch)),
    ])
  }

  /// RFC 6902, guarded: a source with another order of things fails instead of changing the wrong
  /// one.
  private static func operations(_ changes: [ImageChange]) -> YAMLTree {
    .sequence(
      changes.flatMap { change in
        change.operations(checksName: BuiltInKind(change.finding.use.workload) != nil).map(\.yaml)
      })
  }
}
