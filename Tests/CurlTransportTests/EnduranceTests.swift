import CurlTransport
import Foundation
import Synchronization
import Testing

extension LocalServerTests {
  /// What broke Foundation's URLSession when it was measured: many exchanges, and their ends.
  @Suite struct Endurance {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    private var descriptors: Int {
      get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
    }

    /// Waits for the sessions and threads that are still closing; true when the count came down.
    private func descriptorsComeDown(to limit: Int) async throws -> Bool {
      for _ in 0..<200 {
        if try descriptors <= limit { return true }
        try await Task.sleep(for: .milliseconds(25))
      }
      return false
    }

    /// Whether descriptors come down as they should in one of several rounds: other tests open and
    /// close some meanwhile, so one round says nothing; a leak shows in every one of them.
    private func holds(inRounds round: () async throws -> Bool) async throws -> Bool {
      for _ in 0..<8 where try await round() { return true }
      return false
    }

    @Test func survivesManyExchangesAtOnce() async throws {
      #expect(try await holds(inRounds: exchangeMuch))
    }

    private func exchangeMuch() async throws -> Bool {
      let lanes = 16
      let transport = try servers.transport(lanes: lanes)
      let request = HTTPRequest(url: try servers.url("server", "/bytes/1000"))
      _ = try await transport.collect(request, limit: 1000)
      let before = try descriptors
      let tally = Tally()
      try await withThrowingTaskGroup { group in
        for _ in 0..<32 {
          group.addTask {
            for _ in 0..<64 {
              let (_, body, metrics) = try await transport.collect(request, limit: 1000)
              guard body.count == 1000 else { throw TransportError.badServerAnswer }
              if !metrics.isReusedConnection { tally.count(.connected) }
            }
          }
        }
        try await group.waitForAll()
      }
      // One connection per lane, all of them kept.
      #expect(tally[.connected] < lanes)
      // Each lane keeps a socket and libcurl's pair for waking it.
      let areFew = try await descriptorsComeDown(to: before + 3 * lanes)
      transport.close()
      return try await descriptorsComeDown(to: before) && areFew
    }

    /// Blocked transfers do not wait for one another, as they would on dispatch threads.
    @Test func runsBlockedExchangesSideBySide() async throws {
      let transport = try servers.transport(lanes: 64)
      let name = UUID().uuidString
      let request = HTTPRequest(url: try servers.url("plain", "/wait/\(name)"))
      let tally = Tally()
      try await withThrowingTaskGroup { group in
        for _ in 0..<64 {
          group.addTask {
            _ = try await transport.collect(request, limit: 10)
            tally.count(.done)
          }
        }
        try await Task.sleep(for: .milliseconds(100))
        // All 64 wait for this one, which must get through beside them.
        #expect(tally[.done] == 0)
        try await servers.release(name)
        try await group.waitForAll()
      }
      #expect(tally[.done] == 64)
    }

    /// Cancelled at moments spread over the life of an exchange, from its start to its end.
    @Test func survivesCancellationAtAnyMoment() async throws {
      #expect(try await holds(inRounds: cancelMuch))
    }

    private func cancelMuch() async throws -> Bool {
      let transport = try servers.transport(lanes: 8)
      let request = HTTPRequest(url: try servers.url("server", "/bytes/700000"))
      let before = try descriptors
      let tally = Tally()
      try await withThrowingTaskGroup { group in
        for lane in 0..<8 {
          group.addTask {
            for round in 0..<50 {
              let task = Task { try await transport.exchange(request, into: Witness()) }
              try await Task.sleep(for: .microseconds((lane * 50 + round) * 37 % 9_000))
              task.cancel()
              do {
                _ = try await task.value
                tally.count(.done)
              } catch is CancellationError {
                tally.count(.cancelled)
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(tally[.done] + tally[.cancelled] == 400)
      #expect(tally[.cancelled] > 0)
      transport.close()
      return try await descriptorsComeDown(to: before)
    }
  }
}

/// Counts what concurrent tasks did.
private final class Tally: Sendable {
  enum Event {
    case connected, done, cancelled
  }

  private let counts = Mutex<[Event: Int]>([:])

  func count(_ event: Event) {
    counts.withLock { $0[event, default: 0] += 1 }
  }

  subscript(event: Event) -> Int { counts.withLock { $0[event] ?? 0 } }
}
