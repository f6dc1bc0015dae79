import Foundation
import TemporaryFolder
import Testing

/// Users who may not read everything: what they may read is reported, the rest is named.
@Suite struct LimitedRightsTests {
  /// The kinds that hold images, in the ledger's order.
  static let kinds = [
    "cronjobs.batch", "daemonsets.apps", "deployments.apps", "jobs.batch", "pods",
    "podtemplates", "replicasets.apps", "replicationcontrollers", "statefulsets.apps",
  ]

  /// `resource state namespace` of each gap in a kind that holds images.
  private static func gaps(_ report: ScanReport) -> [String] {
    report.gaps.filter { kinds.contains($0.resource) }
      .map { "\($0.resource) \($0.state) \($0.namespace)" }
  }

  private static func reviews(_ log: [LoggedRequest]) -> [LoggedRequest] {
    log.filter { $0.path.hasSuffix("/selfsubjectrulesreviews") }
  }

  /// Lists of single namespaces, as `resource path`.
  private static func namespaced(_ log: [LoggedRequest]) -> [String] {
    log.filter { $0.list != nil && $0.path.contains("/namespaces/") }.map(\.path).sorted()
  }

  // MARK: Pods of one namespace

  @Test func podsOfTheContextsNamespace() async throws {
    let scan = try await FaultScan(.init(), .token("limited-token"), namespace: "team-a")
    let report = try await scan.report(["--all-images"])
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(report.namespaces == ["team-a": true])
    #expect(
      Self.gaps(report)
        == Self.kinds.map { "\($0) \($0 == "pods" ? "partial" : "forbidden") " })
    #expect(
      report.gaps.first { $0.resource == "pods" }?.reason
        == #"forbidden cluster-wide; read in "team-a" only"#)
    #expect(
      report.coverage.filter { $0.state == "read" }.map { "\($0.resource) \($0.namespace)" }
        == ["pods team-a"])
    let log = try await scan.server.log()
    // One question about the namespace, then only what is allowed there.
    #expect(Self.reviews(log).count == 1)
    #expect(Self.namespaced(log) == ["/api/v1/namespaces/team-a/pods"])
    #expect(log.filter { $0.status == 403 && $0.path.contains("/namespaces/team-a") }.isEmpty)
    #expect(try await scan.run("--require-complete").status == 4)
  }

  @Test func podsOfANamedNamespace() async throws {
    let scan = try await FaultScan(.init(), .token("limited-token"))
    let report = try await scan.report(["-n", "team-a"])
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(report.namespaces == ["team-a": true])
    #expect(
      Self.gaps(report)
        == Self.kinds.filter { $0 != "pods" }.map { "\($0) forbidden team-a" })
    let log = try await scan.server.log()
    #expect(Self.reviews(log).count == 1)
    #expect(Self.namespaced(log) == ["/api/v1/namespaces/team-a/pods"])
    // The Pods are the same as those that an administrator sees there.
    let all = try await FaultScan()
    let theirs = try await Self.images(all, ["-n", "team-a", "-o", "csv", "--all-images"])
    let ours = try await Self.images(scan, ["-n", "team-a", "-o", "csv", "--all-images"])
    #expect(ours.isSubset(of: theirs))
    #expect(ours.count > 10)
  }

  /// The image column of every row.
  private static func images(_ scan: FaultScan, _ arguments: [String]) async throws -> Set<String> {
    let lines = try await scan.run(arguments).stdout.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(lines.first?.firstIndex(of: "image"))
    return Set(lines.dropFirst().filter { $0[1] == "use" }.map { String($0[column]) })
  }

  @Test func theTableAndTheRowsSayWhatWasNotRead() async throws {
    let scan = try await FaultScan(.init(), .token("limited-token"), namespace: "team-a")
    let table = try await scan.run()
    #expect(table.status == 0)
    #expect(table.stdout.contains("\nteam-a     medium+?  "))
    let notRead = try #require(
      table.stdout.split(separator: "\n").first { $0.hasPrefix("NOT READ") })
    for kind in Self.kinds where kind != "pods" {
      #expect(notRead.contains("\(kind) (forbidden)"), "\(kind)")
    }
    #expect(notRead.contains("nodes (forbidden): cache state unknown"))
    let rows = try await scan.run("-o", "csv").stdout.split(whereSeparator: \.isNewline)
      .filter { $0.hasPrefix("1,coverage,") }
    for kind in Self.kinds {
      let state = kind == "pods" ? "partial" : "forbidden"
      #expect(rows.filter { $0.contains(",\(kind),\(state),") }.count == 1, "\(kind)")
    }
  }

  @Test func anotherNamespaceIsAnErrorWithTheNextStep() async throws {
    let scan = try await FaultScan(.init(), .token("limited-token"))
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr == """
        error: server "\(scan.url)" forbids it (403): pods is forbidden: User "lab-limited" cannot \
        list resource "pods" in API group "" at the cluster scope; ask for a role that may list \
        ("kubectl gcr-report access" prints it), or name a namespace that you may read with -n

        """)
  }

  // MARK: Other users

  @Test func everyKindOfTwoNamespaces() async throws {
    let scan = try await FaultScan(.init(), .token("namespaced-token"))
    let report = try await scan.report(["-n", "team-a", "-n", "team-b", "-n", "team-c"])
    #expect(report.result.status == 0)
    #expect(report.namespaces == ["team-a": false, "team-b": false, "team-c": true])
    #expect(Self.gaps(report) == Self.kinds.map { "\($0) forbidden team-c" })
    let log = try await scan.server.log()
    #expect(Self.reviews(log).count == 3)
    // Nine kinds, eleven custom ones and autoscalers; events of four reasons, where Pods wait.
    #expect(Self.namespaced(log).count == 46)
    #expect(log.filter { $0.list != nil && $0.path.contains("/team-c/") }.isEmpty)
    #expect(
      Set(log.filter { $0.status == 403 }.compactMap(\.list))
        == ["nodes", "apiservices.apiregistration.k8s.io"])
    let complete = try await FaultScan(.init(), .token("namespaced-token"))
    let both = try await complete.report(["-n", "team-a", "-n", "team-b"])
    #expect(Self.gaps(both).isEmpty)
    #expect(both.gaps.map(\.resource) == ["namespaces/kube-system", "nodes"])
  }

  @Test func everythingButNodes() async throws {
    let scan = try await FaultScan(.init(), .token("partial-token"))
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(
      report.gaps.map { "\($0.resource) \($0.state)" }
        == Array(repeating: "configmaps forbidden", count: 5) + [
          "events forbidden", "nodes forbidden",
        ])
    // What injects containers may hold images: these namespaces are known in part.
    #expect(
      report.namespaces.filter(\.value).keys.sorted()
        == report.gaps.filter { $0.resource == "configmaps" }.map(\.namespace).sorted())
    #expect(Self.reviews(try await scan.server.log()).isEmpty)
    #expect(try await scan.run("--require-complete").status == 4)
    let table = try await scan.run()
    #expect(table.stdout.contains(" · nodes (forbidden): cache state unknown\n"))
  }

  @Test func nothingAtAll() async throws {
    let scan = try await FaultScan(.init(), .token("nobody-token"))
    let result = try await scan.run("-o", "json")
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("User \"lab-nobody\" cannot list resource \"pods\""))
    #expect(try await scan.run("--exit-zero").status == 1)
  }

  // MARK: Many namespaces

  /// May list namespaces, and read every kind in two of them.
  private static let reader = """
    {"lab-reader": {"tokens": ["reader-token"], "rules": [
      {"namespaces": ["*"], "apiGroups": [""], "resources": ["namespaces"], "verbs": ["list"]},
      {"namespaces": ["team-a", "team-b"], "apiGroups": ["*"],
       "resources": ["*"], "verbs": ["list"]}]}}
    """

  private func readerScan() async throws -> FaultScan {
    let folder = try TemporaryFolder()
    var options = TestClusterOptions()
    options.rights = try folder.write(Self.reader, to: "rights.json")
    return try await FaultScan(options, .token("reader-token"))
  }

  @Test func everyNamespaceIsAskedAbout() async throws {
    let scan = try await readerScan()
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(report.namespaces.count == 49)
    #expect(report.namespaces.filter { !$0.value }.keys.sorted() == ["team-a", "team-b"])
    // Each kind in each of the other namespaces stands in the ledger.
    #expect(Self.gaps(report).count == 9 * 47)
    #expect(report.gaps.contains { $0.resource == "pods" && $0.namespace == "kube-system" })
    let log = try await scan.server.log()
    #expect(Self.reviews(log).count == 49)
    #expect(Self.namespaced(log).count == 46)
    #expect(log.filter { $0.path.contains("/namespaces/team-c/") }.isEmpty)
    let rows = try await scan.run("-o", "csv").stdout.split(whereSeparator: \.isNewline)
    #expect(rows.filter { $0.hasPrefix("1,coverage,") && $0.contains(",pods,") }.count == 47)
  }

  @Test func maxNamespacesStopsAndNamesTheRest() async throws {
    let scan = try await readerScan()
    let report = try await scan.report(["--max-namespaces", "45"])
    #expect(report.result.status == 0)
    #expect(Self.reviews(try await scan.server.log()).count == 45)
    let leftOut = report.gaps.filter { $0.resource == "pods" && $0.state == "failed" }
    #expect(leftOut.count == 4)
    #expect(leftOut.allSatisfy { $0.reason == "not asked: beyond --max-namespaces 45" })
    #expect(leftOut.allSatisfy { report.namespaces[$0.namespace] == true })
  }
}
