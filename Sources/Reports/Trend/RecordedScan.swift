import Inventory
package import RegistryCatalogue

/// One scan of the history, without its findings: what it was and what it counted.
package struct RecordedScan: Hashable, Sendable {
  package var id: Int
  /// Seconds since 1970-01-01T00:00:00Z when the scan began.
  package var scannedAt: Int64
  package var asOf: CalendarDate
  package var toolVersion: String
  package var catalogueVersion: String
  /// The flags of its filter; empty without one.
  package var filter: String
  /// Of the stored report, compressed.
  package var bytes: Int
  package var clusters: [RecordedCluster]

  package init(
    id: Int, scannedAt: Int64, asOf: CalendarDate, toolVersion: String, catalogueVersion: String,
    filter: String, bytes: Int, clusters: [RecordedCluster]
  ) {
    self.id = id
    self.scannedAt = scannedAt
    self.asOf = asOf
    self.toolVersion = toolVersion
    self.catalogueVersion = catalogueVersion
    self.filter = filter
    self.bytes = bytes
    self.clusters = clusters
  }

  /// Judged for the day on which it was made; others say what will be, not what was.
  package var isOfItsDay: Bool { asOf == CalendarDate(secondsSince1970: scannedAt) }

  package func counts(_ risk: Risk) -> Int {
    clusters.reduce(0) { $0 + $1.counts(risk) }
  }
}

/// One cluster of a recorded scan.
package struct RecordedCluster: Hashable, Sendable {
  /// Findings of one risk that one team has.
  package struct Count: Hashable, Sendable {
    /// Empty: no team is known.
    package var team: String
    package var risk: Risk
    package var findings: Int

    package init(team: String, risk: Risk, findings: Int) {
      self.team = team
      self.risk = risk
      self.findings = findings
    }
  }

  /// Something that was not read.
  package struct Unread: Hashable, Sendable {
    /// As the coverage ledger names it.
    package var resource: String
    /// Empty: the whole cluster.
    package var namespace: String
    /// False for what nobody asked for.
    package var isGap: Bool

    package init(resource: String, namespace: String, isGap: Bool) {
      self.resource = resource
      self.namespace = namespace
      self.isGap = isGap
    }
  }

  /// The same in every scan of one cluster.
  package var identity: String
  package var name: String
  package var isRead: Bool
  package var counts: [Count]
  package var unread: [Unread]

  package init(
    identity: String, name: String, isRead: Bool, counts: [Count], unread: [Unread]
  ) {
    self.identity = identity
    self.name = name
    self.isRead = isRead
    self.counts = counts
    self.unread = unread
  }

  /// The UID of kube-system stands for the cluster, and its name where that could not be read. A
  /// restored copy has the UID of its original, so that these two need their names too.
  package init(_ cluster: ClusterReport) {
    let name = cluster.displayName
    let uid = cluster.clusterUID ?? ""
    var counts: [Count] = []
    for (team, findings) in Dictionary(
      grouping: cluster.findings.filter { $0.counts && $0.kind != .clean }, by: { $0.team ?? "" })
    {
      for (risk, same) in Dictionary(grouping: findings, by: \.risk) {
        counts.append(Count(team: team, risk: risk, findings: same.count))
      }
    }
    self.init(
      identity: uid.isEmpty
        ? name : cluster.possibleDuplicateOf.isEmpty ? uid : "\(uid) \(name)",
      name: name, isRead: cluster.failure == nil,
      counts: counts.sorted { ($0.team, $1.risk) < ($1.team, $0.risk) },
      unread: cluster.coverage.filter(\.isUnread).map {
        Unread(resource: $0.resource, namespace: $0.namespace, isGap: $0.isGap)
      })
  }

  package func counts(_ risk: Risk) -> Int {
    counts.filter { $0.risk == risk }.reduce(0) { $0 + $1.findings }
  }

  package var gaps: Int { unread.count(where: \.isGap) }

  /// Whether everything that is unread here is unread there too.
  func hasRead(atLeast other: RecordedCluster) -> Bool {
    let known = Set(other.unread.map { [$0.resource, $0.namespace] })
    return unread.allSatisfy {
      known.contains([$0.resource, $0.namespace]) || known.contains([$0.resource, ""])
    }
  }
}

extension Sequence where Element == RecordedScan {
  /// With one identity for each cluster: of a cluster that could not be read only the name is
  /// known, and other scans tell whose name that is.
  package func identified() -> [RecordedScan] {
    var identities: [String: String] = [:]
    for cluster in flatMap(\.clusters) where cluster.identity != cluster.name {
      identities[cluster.name] = cluster.identity
    }
    return map { scan in
      var scan = scan
      for number in scan.clusters.indices {
        let cluster = scan.clusters[number]
        guard cluster.identity == cluster.name, let identity = identities[cluster.name],
          !scan.clusters.contains(where: { $0.identity == identity })
        else { continue }
        scan.clusters[number].identity = identity
      }
      return scan
    }
  }

  /// The numbers of all but the newest `count` scans of each cluster. A scan of several clusters
  /// stays while one of them needs it.
  package func beyond(newest count: Int) -> [Int] {
    var seen: [String: Int] = [:]
    var beyond: [Int] = []
    for scan in sorted(by: { ($0.scannedAt, $0.id) > ($1.scannedAt, $1.id) }) {
      let identities = Set(scan.clusters.map(\.identity))
      let isNeeded = identities.contains { seen[$0, default: 0] < count }
      for identity in identities { seen[identity, default: 0] += 1 }
      if !isNeeded { beyond.append(scan.id) }
    }
    return beyond.sorted()
  }

  /// The newest scan and the one before it that says most beside it: of the same clusters and with
  /// the same filter, else of the same clusters, else of one of them. Nil when there is none.
  package func lastTwo() -> (former: RecordedScan, later: RecordedScan)? {
    let scans = sorted { ($0.scannedAt, $0.id) > ($1.scannedAt, $1.id) }
    guard let later = scans.first else { return nil }
    let identities = Set(later.clusters.map(\.identity))
    func likeness(_ scan: RecordedScan) -> Int {
      let others = Set(scan.clusters.map(\.identity))
      if others == identities { return scan.filter == later.filter ? 3 : 2 }
      return others.isDisjoint(with: identities) ? 0 : 1
    }
    // `max` gives the first of equals, which is the newest.
    let best = scans.dropFirst().max { likeness($0) < likeness($1) }
    guard let former = best, likeness(former) > 0 else { return nil }
    return (former, later)
  }
}
