import ImageReferences

/// The uses of one top-level workload while they are put together.
///
/// The order in which finds are added does not show: each part of a use is a minimum, a sum or a
/// union over its finds.
struct UseTable {
  /// What makes two finds one use. Revisions of the same workload share `holder` "", so a
  /// container that keeps its image over ten revisions is one use.
  struct Key: Hashable {
    let role: ContainerRole
    let container: String
    let image: String
    let holder: String
  }

  /// Which of several finds tells a use's place: a template before Pods, the workload's own before
  /// its dependents', the livelier before the other, then by text.
  fileprivate struct Rank: Comparable {
    let isFromPods: Bool
    let isOfEndedPods: Bool
    /// As it was found.
    private let use: ImageUse

    init(_ use: ImageUse, isFromPods: Bool) {
      self.isFromPods = isFromPods
      isOfEndedPods = isFromPods && use.activity == .completed
      self.use = use
    }

    var liveliness: Int { use.activity.liveliness }

    private var numbers: [Int] {
      [isFromPods ? 1 : 0, use.origin.rank, liveliness, -(use.activity.desired ?? -1)]
    }

    private var texts: [String] {
      [use.origin.note ?? "", use.path, use.pullPolicy.rawValue, use.confidence.rawValue]
    }

    static func == (left: Rank, right: Rank) -> Bool {
      left.numbers == right.numbers && left.texts == right.texts
    }

    static func < (left: Rank, right: Rank) -> Bool {
      let (leftKey, rightKey) = (left.numbers, right.numbers)
      if leftKey != rightKey { return leftKey.lexicographicallyPrecedes(rightKey) }
      return left.texts.lexicographicallyPrecedes(right.texts)
    }
  }

  fileprivate struct Entry {
    var use: ImageUse
    var place: Rank
    /// Of the find that gave the activity.
    var life: Rank
    var isPulledAlways: Bool
  }

  private var entries: [Key: Entry] = [:]

  /// What a template says.
  mutating func add(_ use: ImageUse, key: Key) {
    add(Entry(use, isFromPods: false), key)
  }

  /// What Pods say of a use that is already there, or of a new one; ended Pods have a count of 0.
  mutating func addPods(_ use: ImageUse, key: Key) {
    add(Entry(use, isFromPods: true), key)
  }

  var uses: [ImageUse] {
    entries.values.map { entry in
      var use = entry.use
      // AlwaysPullImages and other admission change the policy of Pods, not of templates; what the
      // kubelet will do is what the Pods say.
      if entry.isPulledAlways { use.pullPolicy = .always }
      return use
    }
  }

  private mutating func add(_ entry: Entry, _ key: Key) {
    entries[key] = entries[key].map { $0.merging(entry) } ?? entry
  }
}

extension UseTable.Entry {
  fileprivate init(_ use: ImageUse, isFromPods: Bool) {
    let rank = UseTable.Rank(use, isFromPods: isFromPods)
    self.init(
      use: use, place: rank, life: rank,
      isPulledAlways: isFromPods && use.podCount > 0 && use.pullPolicy == .always)
  }

  fileprivate func merging(_ other: UseTable.Entry) -> UseTable.Entry {
    var merged = place <= other.place ? self : other
    // Ended Pods say something new only where neither a template nor a live Pod speaks.
    let isLivelier =
      life.isOfEndedPods != other.life.isOfEndedPods
      ? other.life.isOfEndedPods
      : life.liveliness != other.life.liveliness
        ? life.liveliness < other.life.liveliness : life <= other.life
    merged.life = isLivelier ? life : other.life
    merged.use.activity = isLivelier ? use.activity : other.use.activity
    if place.isFromPods && other.place.isFromPods {
      merged.use.placement = use.placement
      merged.use.placement.formUnion(other.use.placement)
    }
    merged.use.podCount = use.podCount + other.use.podCount
    merged.use.nodes = Self.union(use.nodes, other.use.nodes)
    merged.use.runningNodes = Self.union(use.runningNodes, other.use.runningNodes)
    merged.use.failures = Array(
      Set(use.failures).union(other.use.failures).sorted().prefix(ImageUse.maximumFailures))
    merged.use.failureCount = use.failureCount + other.use.failureCount
    merged.isPulledAlways = isPulledAlways || other.isPulledAlways
    return merged
  }

  /// Of sorted names; a list is shared where the other adds nothing.
  private static func union(_ left: [String], _ right: [String]) -> [String] {
    if right.isEmpty || left == right { return left }
    return left.isEmpty ? right : Set(left).union(right).sorted()
  }
}

extension UseOrigin {
  fileprivate var rank: Int {
    switch self {
    case .template: 0
    case .dependent: 1
    case .drifted: 2
    case .injected: 3
    case .podsOnly: 4
    }
  }
}
