import Testing

@testable import KubernetesAPI

@Suite struct SingleFlightTests {
  @Test func `all who ask while it runs share one run`() async throws {
    let flight = SingleFlight<Int>()
    let runs = LineLog()
    let release = Latch()
    let values = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await flight.value {
            await release.wait()
            runs.append("run")
            return runs.lines.count
          }
        }
      }
      while await flight.waiterCount < 50 { await Task.yield() }
      await release.open()
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(values == Array(repeating: 1, count: 50))
    #expect(try await flight.value { 2 } == 2)
  }

  @Test func `a failure reaches everybody and is not kept`() async throws {
    struct Failure: Error {}
    let flight = SingleFlight<Int>()
    await #expect(throws: Failure.self) { try await flight.value { throw Failure() } }
    #expect(try await flight.value { 1 } == 1)
  }

  @Test func `who is cancelled leaves, the others get the value`() async throws {
    let flight = SingleFlight<Int>()
    let release = Latch()
    let operation: @Sendable () async throws -> Int = {
      await release.wait()
      try Task.checkCancellation()
      return 1
    }
    let leaving = Task { try await flight.value(operation) }
    let staying = Task { try await flight.value(operation) }
    while await flight.waiterCount < 2 { await Task.yield() }
    leaving.cancel()
    await #expect(throws: CancellationError.self) { try await leaving.value }
    await release.open()
    #expect(try await staying.value == 1)
  }

  @Test func `when everybody left, the run is cancelled and the next one is new`() async throws {
    let flight = SingleFlight<Int>()
    let started = Latch()
    let cancelled = Latch()
    let task = Task {
      try await flight.value {
        await started.open()
        while !Task.isCancelled { await Task.yield() }
        await cancelled.open()
        return 1
      }
    }
    await started.wait()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    await cancelled.wait()
    #expect(try await flight.value { 2 } == 2)
  }
}
