/// Which contexts of a sweep lead to one cluster, and when its report is final.
///
/// Contexts are one cluster only when both gave the same UID of kube-system in this run and their
/// certificate authorities are equal. A context whose authority no other one has is scanned at
/// once; others are asked for the UID first. Of contexts that read as the same user one is scanned,
/// of others all, and the widest coverage is kept. A cluster is final when every context that could
/// still turn out to lead to it has been asked.
struct SweepBook<Outcome: Sendable> {
  private struct Cluster: Hashable {
    let authority: String
    let uid: String
  }

  private struct Record {
    /// Contexts that are being scanned.
    var running: Set<Int> = []
    /// Contexts that need no scan as long as that of the same user succeeds.
    var spared: [Int] = []
    var readings: [(member: Int, reading: SweepReading<Outcome>)] = []
  }

  private let members: [SweepMember]
  /// Per authority: contexts that have not been asked for the UID yet.
  private var unasked: [String: Set<Int>] = [:]
  private var clusterOf: [Int: Cluster] = [:]
  private var records: [Cluster: Record] = [:]

  init(_ members: [SweepMember]) {
    self.members = members
    for (number, member) in members.enumerated() {
      if let authority = member.authority { unasked[authority, default: []].insert(number) }
    }
    unasked = unasked.filter { $0.value.count > 1 }
  }

  /// Whether the context has to be asked for the UID before it is scanned.
  func needsIdentity(_ member: Int) -> Bool {
    members[member].authority.map { unasked[$0]?.contains(member) ?? false } ?? false
  }

  /// Notes what a context said its cluster is; nil: it said nothing.
  ///
  /// - Returns: whether it is to be scanned, and what became final.
  mutating func identified(
    _ member: Int, uid: String?
  ) -> (scans: Bool, settled: [Settled<Outcome>]) {
    guard let authority = members[member].authority else { return (true, []) }
    unasked[authority]?.remove(member)
    var scans = true
    if let uid {
      let cluster = Cluster(authority: authority, uid: uid)
      var record = records[cluster] ?? Record()
      clusterOf[member] = cluster
      if reads(member, in: record) {
        record.spared.append(member)
        scans = false
      } else {
        record.running.insert(member)
      }
      records[cluster] = record
    }
    return (scans, settle(authority))
  }

  /// Notes that a context was not even asked with success: it stands alone.
  mutating func unreadable(
    _ member: Int, _ reading: SweepReading<Outcome>
  ) -> [Settled<Outcome>] {
    let settled = members[member].authority.map { authority in
      unasked[authority]?.remove(member)
      return settle(authority)
    }
    return [Settled(members: [member], outcome: reading.outcome)] + (settled ?? [])
  }

  /// Notes a scan's end.
  ///
  /// - Returns: another context to scan in its place, and what became final.
  mutating func scanned(
    _ member: Int, _ reading: SweepReading<Outcome>
  ) -> (next: Int?, settled: [Settled<Outcome>]) {
    // A server that says another UID than a moment ago stands for no other.
    guard let cluster = clusterOf[member], var record = records[cluster],
      !reading.isRead || reading.uid == cluster.uid
    else {
      let other = leave(member)
      return (other.next, [Settled(members: [member], outcome: reading.outcome)] + other.settled)
    }
    record.running.remove(member)
    record.readings.append((member, reading))
    let next = reading.isRead ? nil : promote(in: &record, for: member)
    records[cluster] = record
    return (next, settle(cluster.authority))
  }

  /// Takes a context out of the cluster that it was counted to.
  private mutating func leave(_ member: Int) -> (next: Int?, settled: [Settled<Outcome>]) {
    guard let cluster = clusterOf.removeValue(forKey: member), var record = records[cluster]
    else { return (nil, []) }
    record.running.remove(member)
    let next = promote(in: &record, for: member)
    records[cluster] = record
    return (next, settle(cluster.authority))
  }

  /// The scan of this user failed: the next context of the same user tries.
  private func promote(in record: inout Record, for member: Int) -> Int? {
    guard
      let place = record.spared.firstIndex(where: { members[$0].access == members[member].access })
    else { return nil }
    let next = record.spared.remove(at: place)
    record.running.insert(next)
    return next
  }

  /// Whether a context of the same user is being read, or was.
  private func reads(_ member: Int, in record: Record) -> Bool {
    guard let access = members[member].access else { return false }
    return record.running.contains { members[$0].access == access }
      || record.readings.contains { $0.reading.isRead && members[$0.member].access == access }
  }

  /// Clusters of this authority that nothing can add to any more.
  private mutating func settle(_ authority: String) -> [Settled<Outcome>] {
    guard unasked[authority]?.isEmpty ?? true else { return [] }
    var settled: [Settled<Outcome>] = []
    for (cluster, record) in records
    where cluster.authority == authority && record.running.isEmpty && !record.readings.isEmpty {
      records[cluster] = nil
      let best = record.readings.max {
        // Of equals the first context, whatever the order of their ends.
        $0.reading.breadth == $1.reading.breadth
          ? $0.member > $1.member : $0.reading.breadth < $1.reading.breadth
      }
      guard let best else { continue }
      let all = (record.readings.map(\.member) + record.spared).sorted()
      settled.append(Settled(members: all, outcome: best.reading.outcome))
    }
    return settled.sorted { $0.members[0] < $1.members[0] }
  }
}

/// What reading one context came to.
package struct SweepReading<Outcome: Sendable>: Sendable {
  package let outcome: Outcome
  /// False: only the reason why not.
  package let isRead: Bool
  /// The UID of kube-system.
  package let uid: String?
  package let breadth: CoverageBreadth

  package init(outcome: Outcome, isRead: Bool, uid: String?, breadth: CoverageBreadth) {
    self.outcome = outcome
    self.isRead = isRead
    self.uid = uid
    self.breadth = breadth
  }
}

/// A cluster that is final, with all the contexts that lead to it, in ascending order.
package struct Settled<Outcome: Sendable>: Sendable {
  package let members: [Int]
  package let outcome: Outcome
}
