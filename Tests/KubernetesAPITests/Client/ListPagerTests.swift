import CurlTransport
import Inventory
import Testing

@testable import KubernetesAPI

@Suite struct ListPagerTests {
  private static let path = "/api/v1/namespaces"
  private static let resource = APIResource(
    group: "", version: "v1", name: "namespaces", kind: "Namespace", isNamespaced: false)

  /// A page with its header before its items, as built-in kinds have it, or behind, as custom
  /// resources have it.
  private static func page(
    _ names: String..., next: String = "", headerFirst: Bool = true
  ) -> String {
    page(names, next: next, headerFirst: headerFirst)
  }

  private static func page(
    _ names: [String], next: String = "", headerFirst: Bool = true
  ) -> String {
    let metadata = #""metadata":{"resourceVersion":"7","continue":"\#(next)"}"#
    let items = names.map { #"{"metadata":{"name":"\#($0)"}}"# }.joined(separator: ",")
    let list = #""items":[\#(items)]"#
    let parts = headerFirst ? [metadata, list] : [list, metadata]
    return #"{"kind":"NamespaceList","apiVersion":"v1",\#(parts.joined(separator: ","))}"#
  }

  private static func expired(_ token: String) -> ScriptedServer.Answer {
    .status(
      410,
      #"{"kind":"Status","apiVersion":"v1","metadata":{"continue":"\#(token)"},"status":"Failure","#
        + #""message":"too old","reason":"Expired","code":410}"#)
  }

  private func names(
    _ server: ScriptedServer, _ options: ListOptions = ListOptions(chunkSize: 2)
  ) async throws -> (names: [String], outcome: ListOutcome) {
    let (names, outcome) = try await server.client().list(
      Self.resource, options: options, schema: .namespaces, into: { [String]() },
      add: { $0.append($1.metadata.name) }, merge: { $0.append(contentsOf: $1) },
      identity: { $0.metadata.name.hashValue })
    return (names, outcome)
  }

  @Test(arguments: [true, false])
  func pagesAreJoinedInOrder(headerFirst: Bool) async throws {
    let server = ScriptedServer { target, _ in
      switch target {
      case "\(Self.path)?limit=2":
        .json(Self.page("a", "b", next: "t=1", headerFirst: headerFirst))
      case "\(Self.path)?continue=t%3D1&limit=2":
        .json(Self.page("c", "d", next: "t2", headerFirst: headerFirst))
      default: .json(Self.page("e", headerFirst: headerFirst))
      }
    }
    let (names, outcome) = try await names(server)
    #expect(names == ["a", "b", "c", "d", "e"])
    #expect(outcome == ListOutcome(pages: 3, items: 5, isOneSnapshot: true))
    #expect(
      server.requests == [
        "\(Self.path)?limit=2", "\(Self.path)?continue=t%3D1&limit=2",
        "\(Self.path)?continue=t2&limit=2",
      ])
    #expect(server.pauses.isEmpty)
  }

  /// The page before once more, alone or with the page that was meant.
  @Test(arguments: [["a", "b"], ["a", "b", "c", "d"], ["b", "c"]])
  func whatAPageRepeatsCountsOnce(second: [String]) async throws {
    let server = ScriptedServer { target, _ in
      switch target {
      case "\(Self.path)?limit=2": .json(Self.page("a", "b", next: "1"))
      case "\(Self.path)?continue=1&limit=2": .json(Self.page(second, next: "2"))
      default: .json(Self.page("e"))
      }
    }
    let (names, outcome) = try await names(server)
    #expect(names == Array(Set(["a", "b", "e"]).union(second)).sorted())
    #expect(outcome.items == names.count)
    #expect(server.requests.count == 4)
  }

  /// A server that goes round in circles is left, and the gap is known.
  @Test func aListThatNeverEndsIsLeft() async throws {
    let server = ScriptedServer { target, _ in
      target.contains("continue=1")
        ? .json(Self.page("c", "d", next: "1")) : .json(Self.page("a", "b", next: "1"))
    }
    let (names, outcome) = try await names(server)
    #expect(names == ["a", "b", "c", "d"])
    #expect(outcome.repeatsItself)
  }

  @Test func aPageThatBrokeOffCountsOnce() async throws {
    let server = ScriptedServer { target, number in
      guard target.contains("continue") else { return .json(Self.page("a", "b", next: "t")) }
      let whole = Self.page("c", "d")
      guard number == 1 else { return .json(whole) }
      return .json(String(whole.dropLast(20)), failure: .connectionReset)
    }
    let (names, outcome) = try await names(server)
    #expect(names == ["a", "b", "c", "d"])
    #expect(outcome.items == 4)
    #expect(server.pauses == [.milliseconds(250)])
  }

  @Test func aBodyThatEndsTooEarlyIsAskedForAgain() async throws {
    let server = ScriptedServer { _, number in
      number < 3 ? .json(String(Self.page("a", "b").dropLast(30))) : .json(Self.page("a", "b"))
    }
    #expect(try await names(server).names == ["a", "b"])
    #expect(server.pauses == [.milliseconds(250), .milliseconds(500)])
  }

  @Test func theFirstPageIsAskedForAtItsOwnVersionOnceItsHeaderIsKnown() async throws {
    let server = ScriptedServer { target, number in
      if target.contains("continue") { return .json(Self.page("c")) }
      let whole = Self.page("a", "b", next: "t")
      if target.contains("Exact") { return .json(whole) }
      return .json(String(whole.dropLast(10)), failure: .connectionReset)
    }
    #expect(try await names(server).names == ["a", "b", "c"])
    #expect(
      server.requests.filter { !$0.contains("continue") } == [
        "\(Self.path)?limit=2",
        "\(Self.path)?limit=2&resourceVersion=7&resourceVersionMatch=Exact",
      ])
    #expect(server.requests.count == 3)
  }

  @Test func anExpiredTokenGoesOnInconsistently() async throws {
    let server = ScriptedServer { target, _ in
      switch target {
      case "\(Self.path)?limit=2": .json(Self.page("a", "b", next: "old"))
      case "\(Self.path)?continue=old&limit=2": Self.expired("new")
      default: .json(Self.page("c"))
      }
    }
    let (names, outcome) = try await names(server)
    #expect(names == ["a", "b", "c"])
    #expect(outcome == ListOutcome(pages: 2, items: 3, isOneSnapshot: false))
    #expect(server.requests.last == "\(Self.path)?continue=new&limit=2")
  }

  @Test func anExpiredTokenWithoutAnotherBeginsAnew() async throws {
    let server = ScriptedServer { target, number in
      guard target.contains("continue") else { return .json(Self.page("a", "b", next: "t")) }
      return number == 1 ? Self.expired("") : .json(Self.page("c"))
    }
    let (names, outcome) = try await names(server)
    #expect(names == ["a", "b", "c"])
    #expect(outcome == ListOutcome(pages: 2, items: 3, isOneSnapshot: true))
    #expect(server.requests.count == 4)
  }

  @Test func aListThatAlwaysExpiresIsGivenUp() async throws {
    let server = ScriptedServer { target, _ in
      target.contains("continue")
        ? Self.expired("") : .json(Self.page("a", "b", next: "t"))
    }
    await #expect {
      try await names(server)
    } throws: { error in
      guard case APIError.status(410, "Expired", _, _) = error else { return false }
      return true
    }
    #expect(server.requests.count == 6)
  }

  @Test func retriesAreBoundedAndHalveTheGateOnlyWhenThrottled() async throws {
    let throttled = ScriptedServer { _, number in
      number < 3 ? .status(429, retryAfter: 4) : .json(Self.page("a"))
    }
    let client = try throttled.client(parallelLists: 8)
    let list = try await client.list(
      Self.resource, options: ListOptions(), schema: .namespaces, into: { [String]() },
      add: { $0.append($1.metadata.name) }, merge: { $0.append(contentsOf: $1) })
    #expect(list.shard == ["a"])
    #expect(throttled.pauses == [.seconds(4), .seconds(4)])
    #expect(client.gate.limit == 2)
    #expect(client.log.current.requests == 3)
    #expect(client.log.current.retries == 2)

    let broken = ScriptedServer { _, _ in .status(503) }
    await #expect {
      try await names(broken)
    } throws: { error in
      guard case APIError.status(503, "", "", nil) = error else { return false }
      return true
    }
    #expect(broken.requests.count == 5)
    #expect(
      broken.pauses == [
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2),
      ])
  }

  @Test func aListFromTheCacheHasNoLimit() async throws {
    let server = ScriptedServer { _, _ in .json(Self.page("a")) }
    _ = try await names(server, ListOptions(fromCache: true))
    _ = try await names(server, ListOptions(chunkSize: 0, labelSelector: "a=b,c"))
    #expect(
      server.requests == [
        "\(Self.path)?resourceVersion=0", "\(Self.path)?labelSelector=a%3Db%2Cc",
      ])
  }

  @Test func aLongAnswerThatIsNoListIsNotKept() async throws {
    let server = ScriptedServer { _, _ in
      ScriptedServer.Answer(
        headers: ["Content-Type": "text/html"],
        body: Array(repeating: String(repeating: "x", count: 1 << 19), count: 4))
    }
    await #expect {
      try await names(server)
    } throws: { error in
      guard case APIError.transport(_, .bodyTooLarge(limit: 1 << 20)) = error else { return false }
      return true
    }
    #expect(server.requests.count == 1)
  }
}
