import ImageReferences

/// The uses of one top-level workload while they are put together.
struct UseTable {
  /// What makes two finds one use. Revisions of the same workload share `holder` "", so a
  /// container that keeps its image over ten revisions is one use.
  struct Key: Hashable {
    let role: ContainerRole
    let container: String
    let image: String
    let holder: String
  }

  private(set) var uses: [Key: ImageUse] = [:]

  /// Adds a find; of two, the livelier one gives place and activity.
  mutating func add(_ use: ImageUse, key: Key) {
    guard let known = uses[key] else {
      uses[key] = use
      return
    }
    guard Self.precedes(use, known) else { return }
    var merged = use
    merged.podCount = known.podCount
    merged.nodes = known.nodes
    merged.runningNodes = known.runningNodes
    merged.failures = known.failures
    merged.failureCount = known.failureCount
    uses[key] = merged
  }

  /// Adds what running Pods say of a use that is already there, or of a new one.
  mutating func addPods(
    _ use: ImageUse, key: Key
  ) {
    guard var merged = uses[key] else {
      uses[key] = use
      return
    }
    if use.activity.liveliness < merged.activity.liveliness { merged.activity = use.activity }
    merged.podCount += use.podCount
    merged.nodes = Set(merged.nodes).union(use.nodes).sorted()
    merged.runningNodes = Set(merged.runningNodes).union(use.runningNodes).sorted()
    merged.failures = Array(
      (merged.failures + use.failures).sorted().prefix(ImageUse.maximumFailures))
    merged.failureCount += use.failureCount
    // AlwaysPullImages and other admission change the policy of Pods, not of templates; what the
    // kubelet will do is what the Pods say.
    if use.pullPolicy == .always { merged.pullPolicy = .always }
    uses[key] = merged
  }

  /// Adds what ended Pods used: news only where neither a template nor a live Pod says it.
  mutating func addEndedPods(_ use: ImageUse, key: Key) {
    if uses[key] == nil { uses[key] = use }
  }

  private static func precedes(_ left: ImageUse, _ right: ImageUse) -> Bool {
    if left.activity.liveliness != right.activity.liveliness {
      return left.activity.liveliness < right.activity.liveliness
    }
    return rank(left.origin) < rank(right.origin)
  }

  /// The template first; of several dependents the first by name, so that order never shows.
  private static func rank(_ origin: UseOrigin) -> String {
    switch origin {
    case .template: "0"
    case .dependent(let name): "1\(name)"
    case .drifted(let image): "2\(image)"
    case .injected: "3"
    case .podsOnly: "4"
    }
  }
}
