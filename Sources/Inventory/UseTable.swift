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
    private let activity: Activity
    private let use: ImageUse

    init(_ use: ImageUse, activity: Activity, isFromPods: Bool) {
      self.isFromPods = isFromPods
      isOfEndedPods = isFromPods && activity == .completed
      self.activity = activity
      self.use = use
    }

    var liveliness: Int { activity.liveliness }

    private var numbers: (Int, Int, Int, Int) {
      (isFromPods ? 1 : 0, use.origin.rank, liveliness, -(activity.desired ?? -1))
    }

    private var texts: (String, String, String, String) {
      (use.origin.note ?? "", use.path, use.pullPolicy.rawValue, use.confidence.rawValue)
    }

    static func == (left: Rank, right: Rank) -> Bool {
      left.numbers == right.numbers && left.texts == right.texts
    }

    static func < (left: Rank, right: Rank) -> Bool {
      let (leftKey, rightKey) = (left.numbers, right.numbers)
      if leftKey != rightKey { return leftKey < rightKey }
      return left.texts < right.texts
    }
  }

  fileprivate struct Find {
    let use: ImageUse
    let isFromPods: Bool
  }

  /// Ranks are made when they are compared: there is an entry for every use of a cluster.
  fileprivate struct Entry {
    /// The find that tells the place, with everybody's sums and the activity of the livelier.
    var use: ImageUse
    let isFromPods: Bool
    /// Of that find.
    let activity: Activity
    /// The find that gave the activity, where it is another one.
    var livelier: Find?
    var isPulledAlways: Bool

    var place: Rank { Rank(use, activity: activity, isFromPods: isFromPods) }

    var life: Rank {
      livelier.map { Rank($0.use, activity: $0.use.activity, isFromPods: $0.isFromPods) } ?? place
    }
  }

  /// Most workloads have two or three uses, for which a hash table takes twice the memory.
  private var entries: [(key: Key, value: Entry)] = []
  /// Where each key stands; empty while they are few.
  private var positions: [Key: Int] = [:]
  private static let few = 12

  /// What a template says.
  mutating func add(_ use: ImageUse, key: Key) {
    add(Entry(use, isFromPods: false), key)
  }

  /// What Pods say of a use that is already there, or of a new one; ended Pods have a count of 0.
  mutating func addPods(_ use: ImageUse, key: Key) {
    add(Entry(use, isFromPods: true), key)
  }

  var uses: [ImageUse] {
    entries.map { _, entry in
      var use = entry.use
      // AlwaysPullImages and other admission change the policy of Pods, not of templates; what the
      // kubelet will do is what the Pods say.
      if entry.isPulledAlways { use.pullPolicy = .always }
      return use
    }
  }

  private mutating func add(_ entry: Entry, _ key: Key) {
    if let position = position(of: key) {
      entries[position].value = entries[position].value.merging(entry)
      return
    }
    entries.append((key, entry))
    if !positions.isEmpty {
      positions[key] = entries.count - 1
    } else if entries.count > Self.few {
      for (position, entry) in entries.enumerated() { positions[entry.key] = position }
    }
  }

  private func position(of key: Key) -> Int? {
    positions.isEmpty ? entries.firstIndex { $0.key == key } : positions[key]
  }
}

extension UseTable.Entry {
  fileprivate init(_ use: ImageUse, isFromPods: Bool) {
    self.init(
      use: use, isFromPods: isFromPods, activity: use.activity,
      isPulledAlways: isFromPods && use.podCount > 0 && use.pullPolicy == .always)
  }

  fileprivate func merging(_ other: UseTable.Entry) -> UseTable.Entry {
    let keepsPlace = place <= other.place
    var merged = keepsPlace ? self : other
    // Ended Pods say something new only where neither a template nor a live Pod speaks.
    let (own, others) = (life, other.life)
    let isLivelier =
      own.isOfEndedPods != others.isOfEndedPods
      ? others.isOfEndedPods
      : own.liveliness != others.liveliness ? own.liveliness < others.liveliness : own <= others
    let lively = isLivelier ? self : other
    if isLivelier != keepsPlace {
      merged.livelier =
        lively.livelier ?? UseTable.Find(use: lively.use, isFromPods: lively.isFromPods)
    }
    merged.set(\.activity, lively.use.activity)
    if isFromPods && other.isFromPods {
      var placement = use.placement
      placement.formUnion(other.use.placement)
      merged.set(\.placement, placement)
    }
    merged.set(\.podCount, use.podCount + other.use.podCount)
    merged.set(\.nodes, Self.union(use.nodes, other.use.nodes))
    merged.set(\.runningNodes, Self.union(use.runningNodes, other.use.runningNodes))
    merged.set(
      \.failures,
      Array(
        Set(use.failures).union(other.use.failures).sorted().prefix(ImageUse.maximumFailures)))
    merged.set(\.failureCount, use.failureCount + other.use.failureCount)
    merged.isPulledAlways = isPulledAlways || other.isPulledAlways
    return merged
  }

  /// Most merges change little: a use that stays as it was stays shared.
  private mutating func set<Value: Equatable>(
    _ field: WritableKeyPath<ImageUseFields, Value>, _ value: Value
  ) {
    if use[field] != value { use[field] = value }
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
