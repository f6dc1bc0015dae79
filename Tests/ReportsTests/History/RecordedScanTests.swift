import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

extension RecordedScan {
  static let day: Int64 = 86_400

  /// One scan a day, of one cluster, of team `web`.
  static func make(
    _ id: Int, _ risks: [Risk] = [], cluster: String = "prod-eu", identity: String? = "uid",
    isRead: Bool = true, unread: [RecordedCluster.Unread] = [], filter: String = "",
    asOf: String? = nil
  ) -> RecordedScan {
    let time = Int64(id) * day
    let counts = Dictionary(grouping: risks, by: { $0 }).map {
      RecordedCluster.Count(team: "web", risk: $0.key, findings: $0.value.count)
    }
    return RecordedScan(
      id: id, scannedAt: time, asOf: asOf.map { .make($0) } ?? CalendarDate(secondsSince1970: time),
      toolVersion: "0.1.0", catalogueVersion: "1", filter: filter, bytes: 100,
      clusters: [
        RecordedCluster(
          identity: identity ?? cluster, name: cluster, isRead: isRead, counts: counts,
          unread: unread)
      ])
  }

  static let noPods = RecordedCluster.Unread(resource: "pods", namespace: "", isGap: true)
}

@Suite struct RecordedScanTests {
  @Test func countsAndGapsOfACluster() {
    let cluster = ClusterReport.make(
      findings: [
        .make(team: "a"), .make(.make("bank"), team: "a"), .make(.make("x"), risk: .high),
        .make(.make("y"), exposure: .history), .make(.make("z"), kind: .clean, risk: .clean),
      ],
      coverage: [
        .init(resource: "pods", state: .read),
        .init(resource: "jobs.batch", namespace: "vault", state: .forbidden),
        .init(resource: "helm releases", state: .skipped, reason: "--helm"),
      ])
    let recorded = RecordedCluster(cluster)
    #expect(recorded.identity == cluster.clusterUID)
    #expect(
      recorded.counts == [
        .init(team: "", risk: .high, findings: 1), .init(team: "a", risk: .medium, findings: 2),
      ])
    #expect(
      recorded.unread == [
        .init(resource: "helm releases", namespace: "", isGap: false),
        .init(resource: "jobs.batch", namespace: "vault", isGap: true),
      ])
    #expect(recorded.gaps == 1)
    var twin = cluster
    twin.possibleDuplicateOf = ["other"]
    #expect(RecordedCluster(twin).identity == (cluster.clusterUID ?? "") + " prod-eu")
    #expect(RecordedCluster(.make(failure: "refused")).identity == "prod-eu")
  }

  @Test func anUnreadClusterIsTheOneOfItsName() {
    let scans = [
      RecordedScan.make(1, identity: nil, isRead: false), .make(2),
      .make(3, cluster: "other", identity: nil, isRead: false),
    ].identified()
    #expect(scans.map { $0.clusters[0].identity } == ["uid", "uid", "other"])
  }

  @Test func theNewestOfEachClusterStay() {
    var both = RecordedScan.make(4)
    both.clusters.append(RecordedScan.make(4, cluster: "b", identity: "b").clusters[0])
    let scans = [
      RecordedScan.make(1), .make(2), .make(3, cluster: "b", identity: "b"), both, .make(5),
    ]
    #expect(scans.beyond(newest: 1) == [1, 2, 3])
    #expect(scans.beyond(newest: 2) == [1, 2])
    #expect(scans.beyond(newest: 9) == [])
  }

  @Test func theLastTwoAreOfTheSameClusters() throws {
    func pair(_ scans: [RecordedScan]) -> [Int]? {
      scans.lastTwo().map { [$0.former.id, $0.later.id] }
    }
    #expect(pair([.make(1), .make(2), .make(3)]) == [2, 3])
    #expect(pair([.make(1), .make(2, cluster: "b", identity: "b"), .make(3)]) == [1, 3])
    #expect(pair([.make(1), .make(2, filter: "-n shop"), .make(3)]) == [1, 3])
    #expect(pair([.make(1, filter: "-n shop"), .make(2)]) == [1, 2])
    #expect(pair([.make(1, cluster: "b", identity: "b"), .make(2)]) == nil)
    #expect(pair([.make(1)]) == nil)
    #expect(pair([]) == nil)
  }
}
