import Synchronization

/// Which nodes admit a placement: worked out once for each distinct placement.
final class EligibilityCache: Sendable {
  final class Eligible: Sendable {
    /// By position.
    private let contains: [Bool]
    private let absenceIsLikely: [Bool]
    /// Of an image that no node holds.
    private let none: CacheState
    private let known = Mutex<[String: CacheState]>([:])

    init(_ nodes: [NodeCensus.Node], where admits: (NodeCensus.Node) -> Bool) {
      contains = nodes.map(admits)
      absenceIsLikely = nodes.map(\.absenceIsLikely)
      none = CacheState(
        eligible: contains.count { $0 },
        likelyLacking: zip(contains, absenceIsLikely).count { $0 && $1 })
    }

    /// - Parameter holders: positions of the nodes that hold the image.
    func state(of image: String, holders: () -> [Int]) -> CacheState {
      known.withLock { known in
        if let state = known[image] { return state }
        var state = none
        for position in holders() where contains[position] {
          state.holding += 1
          if absenceIsLikely[position] { state.likelyLacking -= 1 }
        }
        known[image] = state
        return state
      }
    }
  }

  private struct Key: Hashable {
    let placement: PodPlacement
    let isDaemon: Bool
  }

  private let known = Mutex<[Key: Eligible]>([:])

  func nodes(
    _ nodes: [NodeCensus.Node], admitting placement: PodPlacement, isDaemon: Bool
  ) -> Eligible {
    // Affinity is not evaluated, so placements that differ in it alone admit the same nodes.
    var placement = placement
    placement.hasRequiredNodeAffinity = false
    let key = Key(placement: placement, isDaemon: isDaemon)
    return known.withLock { known in
      if let eligible = known[key] { return eligible }
      let eligible = Eligible(nodes) { $0.admits(placement, isDaemon: isDaemon) }
      known[key] = eligible
      return eligible
    }
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
