import Inventory
import Kubeconfig
import Testing

@testable import Scanning

@Suite struct SweepBookTests {
  private func access(_ token: String, namespace: String? = nil) throws -> SweepAccess {
    let server = try #require(ServerAddress("https://10.0.0.1"))
    var credentials = UserCredentials()
    credentials.token = Secret(token)
    return SweepAccess(
      ClusterTarget(server: server, namespace: namespace, credentials: credentials))
  }

  private func reading(
    _ name: String, uid: String?, isRead: Bool = true, gaps: Int = 0
  ) -> SweepReading<String> {
    let coverage = (0..<gaps).map { CoverageEntry(resource: "kind-\($0)", state: .forbidden) }
    return SweepReading(
      outcome: name, isRead: isRead, uid: uid,
      breadth: CoverageBreadth(isRead: isRead, coverage: coverage, uses: 1))
  }

  private func texts(_ settled: [Settled<String>]) -> [String] {
    settled.map { "\($0.outcome) \($0.members)" }
  }

  @Test func anAuthorityOfItsOwnNeedsNoQuestion() throws {
    let user = try access("a")
    var book = SweepBook<String>([
      SweepMember(authority: "x", access: user), SweepMember(authority: "y", access: user),
      SweepMember(authority: nil, access: user), SweepMember(authority: nil, access: user),
    ])
    for member in 0..<4 { #expect(!book.needsIdentity(member)) }
    // Equal UIDs prove nothing without equal authorities.
    for member in 0..<4 {
      let (next, settled) = book.scanned(member, reading("r\(member)", uid: "u"))
      #expect(next == nil)
      #expect(texts(settled) == ["r\(member) [\(member)]"])
    }
  }

  @Test func oneClusterAsOneUserIsScannedOnce() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member, member])
    #expect((0..<3).allSatisfy { book.needsIdentity($0) })
    let first = book.identified(1, uid: "u")
    #expect(first.scans && first.settled.isEmpty)
    let scan = book.scanned(1, reading("r1", uid: "u"))
    // Two contexts may still turn out to be the same cluster.
    #expect(scan.settled.isEmpty)
    let second = book.identified(0, uid: "u")
    #expect(!second.scans && second.settled.isEmpty)
    let third = book.identified(2, uid: "u")
    #expect(!third.scans)
    #expect(texts(third.settled) == ["r1 [0, 1, 2]"])
  }

  /// Rancher and Teleport: one host, one authority, many clusters.
  @Test func anotherUIDIsAnotherCluster() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member])
    #expect(book.identified(0, uid: "u").scans)
    #expect(book.identified(1, uid: "v").scans)
    #expect(texts(book.scanned(0, reading("r0", uid: "u")).settled) == ["r0 [0]"])
    #expect(texts(book.scanned(1, reading("r1", uid: "v")).settled) == ["r1 [1]"])
  }

  @Test(arguments: [(0, 3, "r0"), (3, 0, "r1"), (2, 2, "r0")])
  func ofTwoUsersTheWiderCoverageIsKept(first: Int, second: Int, kept: String) throws {
    var book = SweepBook<String>([
      SweepMember(authority: "x", access: try access("a")),
      SweepMember(authority: "x", access: try access("b")),
    ])
    #expect(book.identified(0, uid: "u").scans)
    #expect(book.identified(1, uid: "u").scans)
    // The order of the ends does not show.
    #expect(book.scanned(1, reading("r1", uid: "u", gaps: second)).settled.isEmpty)
    let last = book.scanned(0, reading("r0", uid: "u", gaps: first))
    #expect(texts(last.settled) == ["\(kept) [0, 1]"])
  }

  @Test func anotherNamespaceOfAContextIsAnotherView() throws {
    var book = SweepBook<String>([
      SweepMember(authority: "x", access: try access("a", namespace: "one")),
      SweepMember(authority: "x", access: try access("a", namespace: "two")),
    ])
    #expect(book.identified(0, uid: "u").scans)
    #expect(book.identified(1, uid: "u").scans)
  }

  @Test func whoMayNotBeAskedIsScannedAlone() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member])
    #expect(book.identified(0, uid: nil).scans)
    #expect(texts(book.scanned(0, reading("r0", uid: nil)).settled) == ["r0 [0]"])
    #expect(book.identified(1, uid: "u").scans)
    #expect(texts(book.scanned(1, reading("r1", uid: "u")).settled) == ["r1 [1]"])
  }

  @Test func afterAFailureTheNextOfTheSameUserTries() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member])
    #expect(book.identified(0, uid: "u").scans)
    #expect(!book.identified(1, uid: "u").scans)
    let failed = book.scanned(0, reading("f0", uid: nil, isRead: false))
    #expect(failed.next == 1)
    #expect(failed.settled.isEmpty)
    let second = book.scanned(1, reading("r1", uid: "u"))
    #expect(second.next == nil)
    #expect(texts(second.settled) == ["r1 [0, 1]"])
  }

  @Test func aServerThatChangesItsUIDStandsForItself() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member])
    #expect(book.identified(0, uid: "u").scans)
    #expect(!book.identified(1, uid: "u").scans)
    let changed = book.scanned(0, reading("r0", uid: "v"))
    #expect(texts(changed.settled) == ["r0 [0]"])
    #expect(changed.next == 1)
    #expect(texts(book.scanned(1, reading("r1", uid: "u")).settled) == ["r1 [1]"])
  }

  @Test func aDeadServerHoldsNobodyUp() throws {
    let member = SweepMember(authority: "x", access: try access("a"))
    var book = SweepBook<String>([member, member])
    #expect(book.identified(0, uid: "u").scans)
    #expect(book.scanned(0, reading("r0", uid: "u")).settled.isEmpty)
    let dead = book.unreadable(1, reading("dead", uid: nil, isRead: false))
    #expect(texts(dead) == ["dead [1]", "r0 [0]"])
  }
}
