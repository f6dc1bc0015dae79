package import ImageReferences

/// The nodes of a cluster: what they hold, and which pods may be bound to them.
///
/// A node's image list proves presence. The kubelet sorts it by size and cuts it at 50 entries
/// (`nodeStatusMaxImages`), so absence from a list of 1 to 49 entries is likely and absence from an
/// empty or full one says nothing.
package struct NodeCensus: Hashable, Sendable {
  package struct Node: Hashable, Sendable {
    package let name: String
    package let creationTimestamp: Int64?
    package let labels: [String: String]
    package let taints: [TaintRecord]
    package let isUnschedulable: Bool
    package let containerRuntimeVersion: String
    package let kubeletVersion: String
    package let operatingSystem: String
    package let architecture: String
    /// Entries of its image list.
    package let imageCount: Int

    /// Whether an image that its list does not name is likely absent.
    package var absenceIsLikely: Bool {
      (1..<NodeCensus.listLimit).contains(imageCount)
    }
  }

  package static let listLimit = 50

  /// Sorted by name.
  package private(set) var nodes: [Node] = []
  /// Image (`registry/repository:tag` or `…@digest`) to the positions of the nodes that hold it.
  private var holders: [String: Set<Int>] = [:]
  private var positions: [String: Int] = [:]

  package init(_ records: [NodeRecord]) {
    for record in records.sorted(by: { $0.metadata.name < $1.metadata.name }) {
      for name in record.images.joined() {
        guard case .reference(let reference) = ImageText.parse(name) else { continue }
        holders[Self.key(reference), default: []].insert(nodes.count)
      }
      positions[record.metadata.name] = nodes.count
      nodes.append(
        Node(
          name: record.metadata.name, creationTimestamp: record.metadata.creationTimestamp,
          labels: record.metadata.labels, taints: record.taints,
          isUnschedulable: record.isUnschedulable,
          containerRuntimeVersion: record.containerRuntimeVersion,
          kubeletVersion: record.kubeletVersion, operatingSystem: record.operatingSystem,
          architecture: record.architecture, imageCount: record.images.count))
    }
  }

  /// What the nodes that a use may be bound to say of its image.
  package func cacheState(of reference: ImageReference, placement: PodPlacement, isDaemon: Bool)
    -> CacheState
  {
    let holding = holders[Self.key(reference)] ?? []
    var state = CacheState()
    for (position, node) in nodes.enumerated()
    where node.admits(placement, isDaemon: isDaemon) {
      state.eligible += 1
      if holding.contains(position) {
        state.holding += 1
      } else if node.absenceIsLikely {
        state.likelyLacking += 1
      }
    }
    return state
  }

  package func node(named name: String) -> Node? {
    positions[name].map { nodes[$0] }
  }

  /// With both a tag and a digest, runtimes pull and store by the digest.
  private static func key(_ reference: ImageReference) -> String {
    let name = "\(reference.registry)/\(reference.repository)"
    if let digest = reference.digest { return "\(name)@\(digest)" }
    return "\(name):\(reference.tag ?? "latest")"
  }
}

/// How an image is spread over the nodes that a use may be bound to.
package struct CacheState: Hashable, Sendable {
  package var eligible = 0
  package var holding = 0
  /// Eligible nodes whose list is complete and does not name the image.
  package var likelyLacking = 0

  package init(eligible: Int = 0, holding: Int = 0, likelyLacking: Int = 0) {
    self.eligible = eligible
    self.holding = holding
    self.likelyLacking = likelyLacking
  }
}

extension NodeCensus.Node {
  /// Whether the scheduler could bind a pod with this placement here: selector, cordon and taints
  /// (Kubernetes "Assigning Pods to Nodes", "Taints and Tolerations"). Required node affinity is
  /// not evaluated: the answer is then an upper bound.
  func admits(_ placement: PodPlacement, isDaemon: Bool) -> Bool {
    guard placement.nodeSelector.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
    // The scheduler takes a cordon for this taint, whether or not it has been set yet.
    let cordon = isUnschedulable ? [Self.cordon] : []
    return (taints + cordon).allSatisfy { taint in
      if taint.effect != "NoSchedule" && taint.effect != "NoExecute" { return true }
      if isDaemon && Self.toleratedByDaemons.contains(taint.key) { return true }
      return placement.tolerations.contains { $0.tolerates(taint) }
    }
  }

  private static let cordon: TaintRecord = {
    var taint = TaintRecord()
    taint.key = "node.kubernetes.io/unschedulable"
    taint.effect = "NoSchedule"
    return taint
  }()

  /// The DaemonSet controller adds these tolerations to its Pods (Kubernetes "DaemonSet", "Taints
  /// and tolerations").
  private static let toleratedByDaemons: Set<String> = [
    "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable",
    "node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/pid-pressure", "node.kubernetes.io/unschedulable",
  ]
}

extension TolerationRecord {
  /// `ToleratesTaint` of `k8s.io/api/core/v1`: an empty effect matches every effect, an empty key
  /// with `Exists` every taint.
  func tolerates(_ taint: TaintRecord) -> Bool {
    guard effect.isEmpty || effect == taint.effect else { return false }
    guard key.isEmpty || key == taint.key else { return false }
    if `operator` == "Exists" { return true }
    // Empty means Equal; a word of a later version admits nothing that we know of.
    return (`operator`.isEmpty || `operator` == "Equal") && !key.isEmpty && value == taint.value
  }
}
