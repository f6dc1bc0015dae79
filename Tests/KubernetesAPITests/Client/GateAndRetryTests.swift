import CurlTransport
import Synchronization
import Testing

@testable import KubernetesAPI

@Suite struct RequestGateTests {
  /// Holds work in the gate until it is let go.
  private final class Latch: Sendable {
    private let done = OneShot<Void>()
    let entered = OneShot<Void>()

    func hold() async {
      entered.fulfil(())
      await done.value
    }

    func letGo() { done.fulfil(()) }
  }

  /// Who ran, in order.
  private final class Order: Sendable {
    private let kept = Mutex<[Int]>([])

    var numbers: [Int] { kept.withLock { $0 } }

    func add(_ number: Int) { kept.withLock { $0.append(number) } }
  }

  @Test func noMoreThanTheLimitRunTogether() async throws {
    let gate = RequestGate(limit: 2)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask { try await gate.run { await Task.yield() } }
      }
      try await group.waitForAll()
    }
    #expect((1...2).contains(gate.peak))
    #expect(RequestGate(limit: 0).limit == 1)
  }

  @Test func whoeverComesFirstIsServedFirst() async throws {
    let gate = RequestGate(limit: 1)
    let latch = Latch()
    let order = Order()
    let holder = Task { try await gate.run { await latch.hold() } }
    await latch.entered.value
    var waiters: [Task<Void, any Error>] = []
    for number in 1...5 {
      waiters.append(
        Task { try await gate.run { order.add(number) } })
      // The next one comes only when this one stands in the queue.
      while gate.waiting < number { await Task.yield() }
    }
    latch.letGo()
    try await holder.value
    for waiter in waiters { try await waiter.value }
    #expect(order.numbers == [1, 2, 3, 4, 5])
    #expect(gate.peak == 1)
  }

  @Test func aCancelledWaiterLeavesTheQueue() async throws {
    let gate = RequestGate(limit: 1)
    let latch = Latch()
    let holder = Task { try await gate.run { await latch.hold() } }
    await latch.entered.value
    let waiter = Task { try await gate.run {} }
    while gate.waiting < 1 { await Task.yield() }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    #expect(gate.waiting == 0)
    latch.letGo()
    try await holder.value
    // The place is free again.
    try await gate.run {}
    let late = Task {
      await Task.yield()
      return try await gate.run { 1 }
    }
    late.cancel()
    await #expect(throws: CancellationError.self) { try await late.value }
    #expect(try await gate.run { 2 } == 2)
  }

  @Test func halvingHoldsForWhatComesNext() async throws {
    let gate = RequestGate(limit: 3)
    let latches = [Latch(), Latch(), Latch()]
    let holders = latches.map { latch in Task { try await gate.run { await latch.hold() } } }
    for latch in latches { await latch.entered.value }
    #expect(gate.peak == 3)
    gate.halve()
    #expect(gate.limit == 1)
    gate.halve()
    #expect(gate.limit == 1)
    let waiter = Task { try await gate.run { 7 } }
    while gate.waiting < 1 { await Task.yield() }
    latches[0].letGo()
    try await holders[0].value
    latches[1].letGo()
    try await holders[1].value
    // One still runs, and one is the limit.
    #expect(gate.waiting == 1)
    latches[2].letGo()
    try await holders[2].value
    #expect(try await waiter.value == 7)
  }

  @Test func aFailureGivesThePlaceBack() async throws {
    struct Failure: Error {}
    let gate = RequestGate(limit: 1)
    await #expect(throws: Failure.self) { try await gate.run { throw Failure() } }
    #expect(try await gate.run { 1 } == 1)
  }
}

@Suite struct RetryPolicyTests {
  private func policy(_ random: Double, attempts: Int = 5) -> RetryPolicy {
    RetryPolicy(attempts: attempts, random: { random })
  }

  @Test func theWaitDoublesBetweenHalfAndWhole() {
    let low = (1...4).map { policy(0).wait(afterAttempt: $0, retryAfter: nil) }
    #expect(low == [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2)])
    let high = (1...4).map { policy(1).wait(afterAttempt: $0, retryAfter: nil) }
    #expect(high == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
  }

  @Test func itIsBounded() {
    #expect(policy(1).wait(afterAttempt: 5, retryAfter: nil) == nil)
    #expect(policy(1).wait(afterAttempt: 5, retryAfter: 1) == nil)
    let many = policy(1, attempts: 1000)
    #expect(many.wait(afterAttempt: 999, retryAfter: nil) == .seconds(30))
  }

  @Test(arguments: [(0, 0), (1, 1), (29, 29), (31, 30), (100_000, 30), (-5, 0)])
  func theServersWordCounts(asked: Int, waited: Int) {
    #expect(policy(0.5).wait(afterAttempt: 1, retryAfter: asked) == .seconds(waited))
  }
}

@Suite struct LoggedHeadersTests {
  @Test func onlyHarmlessValuesAreShown() {
    let headers: HTTPHeaders = [
      "Accept": "application/json", "Authorization": "Bearer s3cret",
      "authorization": "Negotiate s3cret", "Impersonate-User": "jane",
      "Impersonate-Extra-Ticket": "s3cret", "Set-Cookie": "session=s3cret",
      "Location": "https://x/?token=s3cret", "X-Remote-Token": "s3cret", "Retry-After": "1",
      "AUTHORIZATION": "Basic czNjcmV0",
    ]
    let shown = LoggedHeaders.fields(headers).map { "\($0.name): \($0.value)" }
    #expect(
      shown == [
        "Accept: application/json", "Authorization: Bearer <redacted>",
        "authorization: <redacted>", "Impersonate-User: jane",
        "Impersonate-Extra-Ticket: <redacted>", "Set-Cookie: <redacted>",
        "Location: <redacted>", "X-Remote-Token: <redacted>", "Retry-After: 1",
        "AUTHORIZATION: Basic <redacted>",
      ])
  }
}
