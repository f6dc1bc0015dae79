/// One top-level workload while it is put together from what tells of it.
struct WorkloadAssembly {
  let identity: WorkloadIdentity
  /// Nil until something was noted.
  private(set) var workload: Workload?
  var table = UseTable()

  init(_ identity: WorkloadIdentity) {
    self.identity = identity
  }

  /// Records the workload; one that was not read is as lively as what it owns.
  mutating func note(_ owner: OwnerIndex.Owner, activity: Activity, isSelected: Bool) {
    note(owner, activity: activity)
    if isSelected { workload?.hasSelectedDependent = true }
  }

  private mutating func note(_ owner: OwnerIndex.Owner, activity: Activity) {
    let metadata = owner.metadata
    // An owner that was made anew under its name is read under another UID than its old
    // dependents give: what was read tells more.
    if let known = workload, known.wasRead || metadata == nil {
      guard !known.wasRead else { return }
      workload?.uid = min(known.uid, owner.uid)
      if Self.isLivelier(activity, than: known.activity) { workload?.activity = activity }
      return
    }
    var own = activity
    switch owner {
    case .record(let record): own = record.activity
    case .object(let object): own = object.activity
    case .unread, .pod: break
    }
    let hadSelected = workload?.hasSelectedDependent ?? false
    workload = Workload(
      identity: identity, uid: owner.uid, activity: own, labels: metadata?.labels ?? [:],
      annotations: metadata?.annotations ?? [:],
      managedBy: metadata.flatMap(ManagedBy.describe), wasRead: metadata != nil)
    workload?.hasSelectedDependent = hadSelected
  }

  private static func isLivelier(_ activity: Activity, than other: Activity) -> Bool {
    if activity.liveliness != other.liveliness {
      return activity.liveliness < other.liveliness
    }
    return activity.desired ?? -1 > other.desired ?? -1
  }
}
