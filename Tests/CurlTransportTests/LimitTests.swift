import CurlTransport
import Foundation
import Synchronization
import Testing

extension LocalServerTests {
  /// Time limits, back-pressure and cancellation.
  @Suite struct Limits {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    private func request(
      _ server: String, _ path: String, _ timeouts: HTTPRequest.Timeouts = .init()
    ) throws -> HTTPRequest {
      HTTPRequest(url: try servers.url(server, path), timeouts: timeouts)
    }

    @Test func endsAConnectionThatIsNeverMade() async throws {
      let port = servers.ports["silent"] ?? 0
      let request = try request("silent", "/", .init(connect: .milliseconds(200)))
      await #expect(throws: TransportError.connectTimedOut(host: "127.0.0.1", port: port)) {
        try await servers.transport().collect(request, limit: 10)
      }
    }

    @Test(arguments: ["/wait/idle-head", "/stall/length/idle-body", "/stall/chunked/idle-body"])
    func endsAnAnswerThatStalls(path: String) async throws {
      let request = try request("server", path, .init(idle: .milliseconds(200)))
      await #expect(throws: TransportError.idleTimedOut(seconds: 0.2)) {
        try await servers.transport().collect(request, limit: 1000)
      }
    }

    /// Ten bytes over half a second: never idle for as long as the limit.
    @Test func letsASlowAnswerDrip() async throws {
      let request = try request("server", "/drip/10/50", .init(idle: .milliseconds(400)))
      let (_, body, _) = try await servers.transport().collect(request, limit: 1000)
      #expect(body.count == 10)
    }

    @Test func endsAnAnswerThatDripsForTooLong() async throws {
      let request = try request("server", "/drip/100/50", .init(total: .milliseconds(300)))
      await #expect(throws: TransportError.timedOut(seconds: 0.3)) {
        try await servers.transport().collect(request, limit: 1000)
      }
    }

    /// A consumer that stops taking slows the server down to a stop, and its own slowness is
    /// neither idleness nor lost data.
    @Test func slowsTheServerToTheConsumer() async throws {
      let size = 64 << 20
      let name = UUID().uuidString
      let request = try request("server", "/bytes/\(size)/\(name)", .init(idle: .milliseconds(300)))
      let (began, hasBegun) = AsyncStream.makeStream(of: Void.self)
      let gate = DispatchSemaphore(value: 0)
      let witness = Witness(onChunk: { index in
        guard index == 0 else { return }
        hasBegun.yield()
        gate.wait()
      })
      let transport = try servers.transport()
      let outcome = Task { try await transport.exchange(request, into: witness) }
      for await _ in began { break }
      // Longer than the idle limit, and until the server has not sent a byte for a while.
      var sent = (before: -1, now: 0)
      var rounds = 0
      while sent.before != sent.now || rounds < 6 {
        try await Task.sleep(for: .milliseconds(100))
        sent = (sent.now, try await bytesSent(name))
        rounds += 1
      }
      // Five chunks of ours, and the kernel's socket buffers.
      #expect(sent.now < size / 2)
      #expect(witness.result.chunks == 1)
      gate.signal()
      let (_, metrics) = try await outcome.value
      #expect(metrics.bytesDelivered == Int64(size))
      #expect(witness.result.isPattern)
    }

    private func bytesSent(_ name: String) async throws -> Int {
      let (_, body, _) = try await servers.transport().collect(
        request("server", "/sent/\(name)"), limit: 100)
      return try #require(Int(String(decoding: body, as: UTF8.self)))
    }

    /// The whole-exchange limit holds while the consumer holds every credit.
    @Test func endsAnExchangeWhoseConsumerIsStuck() async throws {
      let request = try request("server", "/bytes/8000000", .init(total: .milliseconds(200)))
      let gate = DispatchSemaphore(value: 0)
      DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { gate.signal() }
      let witness = Witness(onChunk: { index in if index == 0 { gate.wait() } })
      await #expect(throws: TransportError.timedOut(seconds: 0.2)) {
        try await servers.transport().exchange(request, into: witness)
      }
    }

    struct Refusal: Error, Equatable {
      let at: Int
    }

    @Test func passesTheConsumersErrorOn() async throws {
      let transport = try servers.transport(lanes: 1)
      let request = try request("server", "/bytes/8000000")
      await #expect(throws: Refusal(at: -1)) {
        try await transport.exchange(request, into: Witness(onHead: { throw Refusal(at: -1) }))
      }
      for index in [0, 3] {
        let witness = Witness(onChunk: { if $0 == index { throw Refusal(at: $0) } })
        await #expect(throws: Refusal(at: index)) {
          try await transport.exchange(request, into: witness)
        }
        #expect(witness.result.chunks == index + 1)
      }
      // The connection that broke off was not kept.
      let (_, _, metrics) = try await transport.collect(
        self.request("server", "/status/200"), limit: 10)
      #expect(!metrics.isReusedConnection)
    }

    enum Stage: CaseIterable {
      case beforeStart, handshake, head, body, credits, lane
    }

    @Test(arguments: Stage.allCases)
    func cancelsAtOnce(stage: Stage) async throws {
      let transport = try servers.transport(lanes: 1)
      let (began, hasBegun) = AsyncStream.makeStream(of: Void.self)
      let gate = DispatchSemaphore(value: 0)
      let witness = Witness(
        onHead: { if stage == .body { hasBegun.yield() } },
        onChunk: { index in
          guard stage == .credits, index == 0 else { return }
          hasBegun.yield()
          gate.wait()
        })
      let path =
        switch stage {
        case .body: "/stall/length/\(UUID().uuidString)"
        case .credits: "/bytes/30000000"
        default: "/wait/\(UUID().uuidString)"
        }
      let request = try request(stage == .handshake ? "silent" : "server", path)
      let holder =
        stage == .lane ? Task { try await transport.exchange(request, into: Witness()) } : nil
      let task = Task {
        if stage == .beforeStart { withUnsafeCurrentTask { $0?.cancel() } }
        return try await transport.exchange(request, into: witness)
      }
      switch stage {
      case .body, .credits: for await _ in began { break }
      default: try await Task.sleep(for: .milliseconds(50))
      }
      let clock = ContinuousClock()
      let start = clock.now
      task.cancel()
      gate.signal()
      await #expect(throws: CancellationError.self) { try await task.value }
      // Nothing else ends it: a busy machine may take its time.
      #expect(clock.now - start < .seconds(20))
      holder?.cancel()
      _ = await holder?.result
      // The lane is free again.
      let (head, _, _) = try await transport.collect(
        self.request("server", "/status/200"), limit: 10)
      #expect(head.statusCode == 200)
    }
  }
}
