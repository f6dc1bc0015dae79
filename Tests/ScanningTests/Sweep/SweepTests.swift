import Synchronization
import Testing

@testable import Scanning

@Suite struct SweepTests {
  /// How many contexts are read at once, and the most there were.
  private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, peak: 0))
    var peak: Int { counts.withLock { $0.peak } }

    func enter() {
      counts.withLock { counts in
        counts.now += 1
        counts.peak = max(counts.peak, counts.now)
      }
    }

    func leave() {
      counts.withLock { $0.now -= 1 }
    }
  }

  private func reading(_ number: Int) -> SweepReading<Int> {
    SweepReading(
      outcome: number, isRead: true, uid: "u\(number)",
      breadth: CoverageBreadth(isRead: true, coverage: [], uses: 0))
  }

  @Test func everyContextSettlesAndNoMoreThanAllowedRun() async throws {
    let gauge = Gauge()
    // Half of them share an authority and are asked for their UID first.
    let members = (0..<40).map { SweepMember(authority: $0 % 2 == 0 ? "shared" : "own-\($0)") }
    let sweep = Sweep<Int>(
      members: members, parallel: 3,
      identify: { number in
        gauge.enter()
        defer { gauge.leave() }
        await Task.yield()
        return .uid("u\(number)")
      },
      scan: { number in
        gauge.enter()
        defer { gauge.leave() }
        await Task.yield()
        return reading(number)
      })
    var settled: [Int] = []
    try await sweep.run { cluster in
      #expect(cluster.members == [cluster.outcome])
      settled.append(cluster.outcome)
    }
    #expect(settled.sorted() == Array(0..<40))
    #expect(gauge.peak <= 3)
  }

  @Test func nothingIsASweepToo() async throws {
    let sweep = Sweep<Int>(
      members: [], parallel: 0, identify: { _ in .unknown }, scan: { reading($0) })
    try await sweep.run { _ in Issue.record("there is no cluster") }
  }

  @Test func whatFailsToBeWrittenEndsTheSweep() async {
    struct Full: Error {}
    let members = (0..<8).map { SweepMember(authority: "own-\($0)") }
    let sweep = Sweep<Int>(
      members: members, parallel: 2, identify: { _ in .unknown }, scan: { reading($0) })
    await #expect(throws: Full.self) {
      try await sweep.run { _ in throw Full() }
    }
  }

  @Test func aTimeLimitCancelsAndSaysSo() async {
    await #expect(throws: TimeLimitExceeded(limit: .milliseconds(1))) {
      try await withTimeLimit(.milliseconds(1)) {
        // Ends when it is cancelled, long before the hour.
        try await Task.sleep(for: .seconds(3_600))
      }
    }
  }

  @Test(arguments: [nil, Duration.seconds(3_600)]) func workInTimeIsUntouched(
    limit: Duration?
  ) async throws {
    #expect(try await withTimeLimit(limit) { 7 } == 7)
    await #expect(throws: CancellationError.self) {
      try await withTimeLimit(limit) { throw CancellationError() }
    }
  }
}
