import Testing

@testable import KubernetesAPI

@Suite struct CredentialProcessGateTests {
  private actor Meter {
    private var running = 0
    private var interactive = 0
    private(set) var peak = 0
    private(set) var interactivePeak = 0
    private(set) var turns = 0

    func begin(interactive isInteractive: Bool) {
      running += 1
      interactive += isInteractive ? 1 : 0
      peak = max(peak, running)
      interactivePeak = max(interactivePeak, interactive)
      turns += 1
    }

    func end(interactive isInteractive: Bool) {
      running -= 1
      interactive -= isInteractive ? 1 : 0
    }
  }

  @Test(arguments: [1, 2, 4])
  func `never more than the limit, never two interactive`(limit: Int) async throws {
    let gate = CredentialProcessGate(limit: limit)
    let meter = Meter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<60 {
        let isInteractive = index.isMultiple(of: 3)
        group.addTask {
          try await gate.withTurn(interactive: isInteractive) {
            await meter.begin(interactive: isInteractive)
            // Held until as many run as may.
            while await meter.peak < limit { await Task.yield() }
            await meter.end(interactive: isInteractive)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await meter.peak == limit)
    #expect(await meter.interactivePeak == 1)
    #expect(await meter.turns == 60)
  }

  @Test func `an interactive one that waits lets others pass`() async throws {
    let gate = CredentialProcessGate(limit: 2)
    let entered = Latch()
    let release = Latch()
    let first = Task {
      try await gate.withTurn(interactive: true) {
        await entered.open()
        await release.wait()
      }
    }
    await entered.wait()
    let second = Task { try await gate.withTurn(interactive: true) { "second" } }
    #expect(try await gate.withTurn(interactive: false) { "passes" } == "passes")
    await release.open()
    try await first.value
    #expect(try await second.value == "second")
  }

  @Test func `a failure gives the turn back`() async throws {
    struct Failure: Error {}
    let gate = CredentialProcessGate(limit: 1)
    await #expect(throws: Failure.self) {
      try await gate.withTurn(interactive: true) { throw Failure() }
    }
    #expect(try await gate.withTurn(interactive: true) { 1 } == 1)
  }

  @Test func `who is cancelled leaves the queue at once`() async throws {
    let gate = CredentialProcessGate(limit: 1)
    let entered = Latch()
    let release = Latch()
    let holder = Task {
      try await gate.withTurn(interactive: false) {
        await entered.open()
        await release.wait()
      }
    }
    await entered.wait()
    let waiter = Task {
      try await gate.withTurn(interactive: false) { Issue.record("it was never its turn") }
    }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    await release.open()
    try await holder.value
    #expect(try await gate.withTurn(interactive: false) { 1 } == 1)
  }
}
