import Testing

/// What a scan asks of the API server, as the server saw it.
@Suite struct GentlenessTests {
  private struct Run {
    var result: ProcessResult
    var log: [LoggedRequest]
    var statistics: ServerStatistics

    func lists(of resource: String) -> [LoggedRequest] {
      log.filter { $0.list == resource }
    }
  }

  private static func run(
    _ arguments: [String], profile: TestClusterOptions.Profile = .current
  ) async throws -> Run {
    var options = TestClusterOptions()
    options.profile = profile
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let result = try await BinaryUnderTest().run(arguments, kubeconfig: fixture.url)
    return Run(
      result: result, log: try await server.log(), statistics: try await server.statistics())
  }

  @Test(arguments: TestClusterOptions.Profile.allCases)
  func onlyReadsAndFewAtOnce(profile: TestClusterOptions.Profile) async throws {
    let run = try await Self.run(["-o", "csv", "--chunk-size", "50"], profile: profile)
    #expect(run.result.status == 0)
    #expect(run.log.allSatisfy { $0.isReadOnly })
    #expect(run.log.allSatisfy { $0.userAgent.hasPrefix("kubectl-gcr_report/") })
    #expect(run.log.allSatisfy { $0.userAgent.hasSuffix(")") && $0.userAgent.contains(" (linux/") })
    #expect(!run.log.contains { $0.path.contains("/secrets") })
    // Of ConfigMaps only those that are known by name, of events only what explains a Pod that
    // waits.
    #expect(!run.log.contains { $0.list == "configmaps" })
    let events = run.log.filter { $0.list == "events" }.map { $0.queryItem("fieldSelector") ?? "" }
    #expect(
      Set(events).sorted()
        == ["BackOff", "Failed", "FailedCreatePodSandBox", "InspectFailed"].map {
          "involvedObject.kind=Pod,reason=\($0)"
        })
    #expect(run.statistics.peakListsInFlight <= 3)
    #expect(run.statistics.peakListsPerResource.values.allSatisfy { $0 <= 2 })
    #expect(run.log.compactMap(\.list).count > 20)
    // Older servers have no aggregated discovery and no OpenAPI v3.
    #expect(
      run.log.allSatisfy {
        $0.status == 200 || $0.path.hasPrefix("/api")
          || ($0.path == "/openapi/v3" && profile != .current)
      })
  }

  @Test func aNewServerIsAskedForLargeKindsWhole() async throws {
    let run = try await Self.run(["-o", "csv"])
    for resource in ["pods", "replicasets.apps", "jobs.batch"] {
      #expect(run.lists(of: resource).map(\.query) == ["resourceVersion=0"], "\(resource)")
    }
    for resource in ["deployments.apps", "nodes", "namespaces", "cronjobs.batch"] {
      #expect(run.lists(of: resource).map(\.query) == ["limit=500"], "\(resource)")
    }
    let pods = run.lists(of: "pods").compactMap { $0.headers["accept"] }
    #expect(pods == ["application/vnd.kubernetes.protobuf,application/json"])
  }

  private static let ownGroups: Set = ["apiextensions.k8s.io", "apiregistration.k8s.io"]

  /// JSON alone is asked for where there is nothing else: discovery, the version, schemas, custom
  /// resources.
  @Test(arguments: [TestClusterOptions.Profile.current, .v1_20])
  func builtInKindsAreAskedForAsProtobuf(profile: TestClusterOptions.Profile) async throws {
    let run = try await Self.run(
      ["-o", "csv", "--helm", "--configmaps", "--include", "history"], profile: profile)
    #expect(run.result.status == 0)
    let both = "application/vnd.kubernetes.protobuf,application/json"
    let others = run.log.filter { $0.headers["accept"] != both }.map(\.path).filter { path in
      let parts = path.split(separator: "/")
      switch parts.first {
      case "api": return parts.count > 2
      // Groups without a domain are Kubernetes' own; of those with one a scan reads two.
      case "apis" where parts.count > 3:
        return !parts[1].contains(".") || Self.ownGroups.contains(String(parts[1]))
      default: return false
      }
    }
    #expect(others == [])
    let asked = Set(run.log.filter { $0.headers["accept"] == both }.compactMap(\.list))
    #expect(
      asked.isSuperset(of: [
        "horizontalpodautoscalers.autoscaling", "secrets", "configmaps", "events", "nodes",
        "apiservices.apiregistration.k8s.io", "controllerrevisions.apps",
      ]))
    #expect(run.log.contains { $0.path == "/api/v1/namespaces/kube-system" })
  }

  @Test func anOldServerIsAskedForPages() async throws {
    let run = try await Self.run(["-o", "csv"], profile: .v1_24)
    // 563 Pods, 286 ReplicaSets.
    #expect(run.lists(of: "pods").count == 2)
    #expect(run.lists(of: "replicasets.apps").count == 1)
    let paged = run.log.filter { $0.list != nil }
    #expect(paged.allSatisfy { $0.queryItem("limit") == "500" })
    #expect(paged.allSatisfy { $0.queryItem("resourceVersion") == nil })
  }

  @Test func theSizeOfPagesIsAWish() async throws {
    let small = try await Self.run(["-o", "csv", "--chunk-size", "100"])
    #expect(small.lists(of: "pods").count == 6)
    #expect(small.lists(of: "pods").allSatisfy { $0.queryItem("limit") == "100" })
    #expect(small.lists(of: "pods").dropFirst().allSatisfy { $0.queryItem("continue") != nil })
    let whole = try await Self.run(["-o", "csv", "--chunk-size", "0"])
    #expect(whole.lists(of: "pods").count == 1)
    #expect(whole.lists(of: "pods").allSatisfy { $0.queryItem("limit") == nil })
  }

  @Test func onlyTheNamespacesAskedFor() async throws {
    let run = try await Self.run(["-n", "team-a", "-n", "kube-system", "-o", "csv"])
    #expect(run.result.status == 0)
    let pods = Set(run.lists(of: "pods").map(\.path))
    #expect(
      pods == ["/api/v1/namespaces/team-a/pods", "/api/v1/namespaces/kube-system/pods"])
    let names = Set(CSVText.records(run.result.stdout).dropFirst().map { $0[8] })
    #expect(names == ["team-a", "kube-system"])
  }

  /// `-v` says what is asked, and no secret.
  @Test func verboseNamesRequestsAndNoSecrets() async throws {
    let server = try await SharedClusters.shared.server(.second)
    let fixture = try KubeconfigFixture(server, .token("admin-token"))
    let result = try await BinaryUnderTest().run(
      ["-v"] + BinaryUnderTest.fixedDay, kubeconfig: fixture.url)
    #expect(result.status == 0)
    #expect(result.stderr.contains("/api/v1/pods"))
    #expect(result.stderr.contains(" lists at once\n"))
    #expect(!result.stderr.contains("admin-token"))
    let quiet = try await BinaryUnderTest().run(
      BinaryUnderTest.fixedDay, kubeconfig: fixture.url)
    #expect(quiet.stderr == "")
    #expect(quiet.stdout == result.stdout)
  }
}
