import Inventory
import Testing

@testable import Scanning

/// `-n`: a list of a namespace that does not exist is empty, and must not be called clean.
@Suite("Namespaces by name") struct NamedNamespacesTests {
  @Test func severalAreReadAndNothingElse() async throws {
    var server = ScriptedServer.make()
    for name in ["a", "b"] {
      server.answers["/apis/apps/v1/namespaces/\(name)/deployments"] = .list(
        "Deployment", [ScriptedServer.deployment("web", in: name, image: "nginx:1")])
    }
    let scanned = try await server.scan(namespaces: ["a", "b"])
    #expect(scanned.gaps == [])
    #expect(scanned.result.inventory.namespaces == ["a", "b"])
    #expect(scanned.images.count == 2)
    #expect(scanned.asked("/deployments").count == 2)
    #expect(scanned.requests.filter { $0 == "GET /api/v1/namespaces" } == [])
  }

  @Test func aMissingOneIsAGap() async throws {
    let scanned = try await ScriptedServer.make().scan(namespaces: ["a", "typo"])
    #expect(
      scanned.gaps == ["namespaces@typo failed: there is no namespace \"typo\""])
    #expect(scanned.result.inventory.namespaces == ["a"])
    #expect(scanned.asked("/typo/") == [])
    let gap = try #require(scanned.result.coverage.first { $0.namespace == "typo" })
    #expect(gap.isGap)
    #expect(gap.holdsImages)
  }

  /// Such a name would change the path that is asked for.
  @Test(
    "names that no namespace can have are never asked for",
    arguments: [
      "..", ".", "a/pods", "A", "-a", "a-", "a b", "a?x=1", "\u{e9}", "a\n",
      String(repeating: "a", count: 64),
    ])
  func impossibleNames(name: String) async throws {
    let scanned = try await ScriptedServer.make().scan(namespaces: ["a", name])
    #expect(scanned.gaps == ["namespaces@\(name) failed: there is no namespace \"\(name)\""])
    #expect(scanned.requests == (try await ScriptedServer.make().scan(namespaces: ["a"]).requests))
  }

  @Test func noneThatExistsIsAnError() async throws {
    await #expect(throws: ScanError.noSuchNamespace(["typo", "typos"])) {
      _ = try await ScriptedServer.make().scan(namespaces: ["typo", "typos"])
    }
  }

  @Test func oneThatMayNotBeAskedForIsUnknownWhenEmpty() async throws {
    var server = ScriptedServer.make()
    server.answers["/api/v1/namespaces/a"] = .forbidden
    server.answers["/api/v1/namespaces/b"] = .forbidden
    server.answers["/apis/apps/v1/namespaces/a/deployments"] = .list(
      "Deployment", [ScriptedServer.deployment("web", in: "a", image: "nginx:1")])
    let scanned = try await server.scan(namespaces: ["a", "b"])
    // What holds a workload exists.
    #expect(
      scanned.gaps == [
        "namespaces@b forbidden: nothing was found in it, and whether it exists is not known"
      ])
  }

  @Test func refusedKindsAreNamedPerNamespace() async throws {
    var server = ScriptedServer.make()
    server.forbid(["jobs"], except: ["a"])
    let scanned = try await server.scan(namespaces: ["a", "b"])
    #expect(scanned.gaps == ["jobs.batch@b forbidden"])
  }

  // MARK: Patterns

  @Test func onlyPatternsNeedTheList() async throws {
    let server = ScriptedServer.make(namespaces: ["kube-system", "a", "b", "team-1", "team-2"])
    let scanned = try await server.scan(
      namespaces: ["a"], patterns: ["team-*"], excluding: ["*-2"])
    #expect(scanned.gaps == [])
    #expect(scanned.result.inventory.namespaces == ["a", "team-1"])
    #expect(scanned.requests.filter { $0 == "GET /api/v1/namespaces" }.count == 1)
    #expect(scanned.asked("GET /api/v1/namespaces/team-1").filter { $0.hasSuffix("1") } == [])
    #expect(scanned.asked("/namespaces/team-2/") == [] && scanned.asked("/namespaces/b/") == [])
  }

  @Test func aPatternWithoutMatchIsSaid() async throws {
    let scanned = try await ScriptedServer.make().scan(namespaces: ["a"], patterns: ["x-*"])
    #expect(scanned.gaps == ["namespaces matching -n failed: none matches \"x-*\""])
    await #expect(throws: ScanError.noSuchNamespace(["x-*"])) {
      _ = try await ScriptedServer.make().scan(patterns: ["x-*"])
    }
  }

  @Test func withoutTheListPatternsAreUnknown() async throws {
    var server = ScriptedServer.make()
    server.answers["/api/v1/namespaces"] = .forbidden
    let scanned = try await server.scan(namespaces: ["a"], patterns: ["b*"])
    #expect(
      scanned.gaps == [
        "namespaces forbidden: which namespaces exist is unknown",
        "namespaces matching -n forbidden: which match \"b*\" is unknown",
      ])
    await #expect(throws: ScanError.patternsNeedList(["b*"])) {
      _ = try await server.scan(patterns: ["b*"])
    }
  }

  @Test func patternsKeepToTheLimit() async throws {
    let scanned = try await ScriptedServer.make().scan(maximumNamespaces: 2, patterns: ["*"])
    #expect(
      scanned.gaps == ["namespaces@kube-system failed: not asked: beyond --max-namespaces 2"])
  }

  @Test func excludingAllIsAnError() async throws {
    await #expect(throws: ScanError.everyNamespaceExcluded(["a", "b"])) {
      _ = try await ScriptedServer.make().scan(
        namespaces: ["a"], patterns: ["b"], excluding: ["a", "b"])
    }
  }

  @Test func excludedOnesAreNotAskedOneByOne() async throws {
    var server = ScriptedServer.make()
    server.forbid(["jobs"], except: ["a"])
    let scanned = try await server.scan(excluding: ["kube-*"])
    #expect(scanned.gaps == ["jobs.batch@b forbidden"])
    #expect(scanned.asked("/namespaces/kube-system/jobs") == [])
    #expect(
      scanned.result.coverage.contains {
        $0.namespace == "kube-system" && $0.state == .skipped && $0.reason == "--exclude-namespaces"
      })
  }

  /// Labels of owned Pods matter only where their owner was not read.
  @Test func podsAreMatchedWhereTheirOwnerIsUnknown() async throws {
    var server = ScriptedServer.make()
    server.answers["/api/v1/pods"] = .list(
      "Pod",
      [
        #"{"metadata":{"name":"p","namespace":"a","uid":"p","labels":{"role":"head"},"#
          + #""ownerReferences":[{"apiVersion":"ray.io/v1","kind":"RayCluster","name":"sim","#
          + #""uid":"r","controller":true}]},"#
          + #""spec":{"containers":[{"name":"c","image":"nginx:1"}]}}"#
      ])
    let selector = try LabelSelector("role=head")
    let scanned = try await server.scan(selector: selector)
    #expect(scanned.result.inventory.workloads.map { $0.isSelected(by: selector) } == [true])
  }
}
