/// Reads many contexts, a bounded number at once, and hands each cluster on as soon as it is final.
///
/// Contexts that might be one cluster are asked for its UID first (`SweepBook`); that comes before
/// scans, so that no scanned cluster waits long for a name.
package struct Sweep<Outcome: Sendable>: Sendable {
  /// What a context says its cluster is.
  package enum Identity: Sendable {
    case uid(String)
    /// It may not be asked: the scan will tell.
    case unknown
    /// The server cannot be read at all.
    case unreadable(SweepReading<Outcome>)
  }

  private enum Event: Sendable {
    case identified(Int, Identity)
    case scanned(Int, SweepReading<Outcome>)
  }

  private let members: [SweepMember]
  private let parallel: Int
  private let identify: @Sendable (Int) async throws -> Identity
  private let scan: @Sendable (Int) async throws -> SweepReading<Outcome>

  /// - Parameters:
  ///   - parallel: contexts that are read at once, at least 1.
  ///   - identify: asks the context of this number for the UID of kube-system.
  ///   - scan: reads it whole. Both throw only to end the sweep.
  package init(
    members: [SweepMember], parallel: Int,
    identify: @escaping @Sendable (Int) async throws -> Identity,
    scan: @escaping @Sendable (Int) async throws -> SweepReading<Outcome>
  ) {
    self.members = members
    self.parallel = max(1, parallel)
    self.identify = identify
    self.scan = scan
  }

  /// - Parameter settled: called for one cluster after the other, in the order of completion.
  package func run(_ settled: (Settled<Outcome>) async throws -> Void) async throws {
    var book = SweepBook<Outcome>(members)
    let numbers = Array(members.indices)
    var toIdentify = numbers.filter { book.needsIdentity($0) }[...]
    var toScan = numbers.filter { !book.needsIdentity($0) }[...]
    try await withThrowingTaskGroup(of: Event.self) { group in
      var running = 0
      while true {
        while running < parallel {
          if let member = toIdentify.popFirst() {
            group.addTask { [identify] in .identified(member, try await identify(member)) }
          } else if let member = toScan.popFirst() {
            group.addTask { [scan] in .scanned(member, try await scan(member)) }
          } else {
            break
          }
          running += 1
        }
        guard let event = try await group.next() else { return }
        running -= 1
        let final: [Settled<Outcome>]
        switch event {
        case .identified(let member, .unreadable(let reading)):
          final = book.unreadable(member, reading)
        case .identified(let member, let identity):
          var uid: String?
          if case .uid(let text) = identity { uid = text }
          let answer = book.identified(member, uid: uid)
          if answer.scans { toScan.append(member) }
          final = answer.settled
        case .scanned(let member, let reading):
          let answer = book.scanned(member, reading)
          if let next = answer.next { toScan.append(next) }
          final = answer.settled
        }
        for cluster in final { try await settled(cluster) }
      }
    }
  }
}
