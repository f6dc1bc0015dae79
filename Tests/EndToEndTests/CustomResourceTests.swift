import Testing

/// Custom resources in whole scans: every image of theirs, nothing false, nothing needless listed.
@Suite struct CustomResourceTests {
  private static func line(
    _ apiVersion: String, _ kind: String, _ name: String, _ path: String, _ image: String
  ) -> String {
    "\(apiVersion) \(kind)/\(name) \(path)=\(image)"
  }

  private static func found(_ findings: [ScannedReport.Finding]) -> Set<String> {
    Set(
      findings.filter { !$0.isBuiltIn && $0.origin.kind != "pods-only" }.map {
        line($0.workload.apiVersion, $0.workload.kind, $0.workload.name, $0.path, $0.image.text)
      })
  }

  @Test(arguments: TestClusterOptions.Profile.allCases)
  func everyFieldOfTheRecordedClusterIsFound(
    profile: TestClusterOptions.Profile
  ) async throws {
    let expected = try ExpectedImages.load()
    var lines = Set(
      expected.refs.filter { $0.type == .customResourceField }.map {
        Self.line($0.apiVersion, $0.kind, $0.name, $0.path, $0.image)
      })
    #expect(lines.count == 29)
    // The fixture has the repository alone; its tag stands in a field beside it.
    for other in expected.other where other.kind == "Prometheus" {
      lines.insert(
        Self.line(
          "monitoring.coreos.com/v1", other.kind, other.name, other.where, "\(other.image):v2.2.0"))
    }
    let report = try await SharedClusters.shared.report(.init(profile: profile))
    #expect(Self.found(try report.cluster.findings) == lines)
  }

  @Test func everyFieldOfTheSecondPopulationIsFound() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let lines = expected.customResources.flatMap { object in
      object.uses.map {
        Self.line(object.apiVersion, object.kind, object.name, $0.path, $0.image)
      }
    }
    let report = try await SharedClusters.shared.report(.init(population: .second))
    #expect(Self.found(try report.cluster.findings) == Set(lines))
  }

  private func scan(
    _ population: TestClusterOptions.Population, _ arguments: [String]
  ) async throws -> (report: ScannedReport, log: [LoggedRequest]) {
    var options = TestClusterOptions()
    options.population = population
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let result = try await BinaryUnderTest().run(
      ["-o", "json", "--all-images"] + arguments, kubeconfig: fixture.url)
    return (try ScannedReport(result), try await server.log())
  }

  @Test func nothingNeedlessIsListed() async throws {
    let (_, log) = try await scan(.second, [])
    let lists = Set(log.compactMap(\.list))
    #expect(!lists.contains("vulnerabilityreports.aquasecurity.github.io"))
    #expect(!lists.contains("customresourcedefinitions.apiextensions.k8s.io"))
    #expect(!lists.contains("secrets"))
    #expect(lists.contains("blueprints.acme.example"))
    let versions = log.first { $0.list == "clusterserviceversions.operators.coreos.com" }
    #expect(versions?.queryItem("labelSelector") == "!olm.copiedFrom")
  }

  @Test func schemasAreAskedForOnce() async throws {
    let server = try await TestClusterProcess.start()
    let fixture = try KubeconfigFixture(server)
    let binary = try BinaryUnderTest()
    let documents = { (log: [LoggedRequest]) in
      log.filter { $0.path.hasPrefix("/openapi/v3/") }.count
    }
    _ = try await binary.run(["-o", "json"], kubeconfig: fixture.url)
    #expect(documents(try await server.log()) == 8)
    try await server.reset()
    let again = try await binary.run(["-o", "json"], kubeconfig: fixture.url)
    #expect(again.status == 0)
    #expect(documents(try await server.log()) == 0)
    try await server.reset()
    _ = try await binary.run(
      ["-o", "json", "--cache-dir", "/proc/none"], kubeconfig: fixture.url)
    #expect(documents(try await server.log()) == 8)
  }

  @Test func flagsChooseKinds() async throws {
    let (plain, log) = try await scan(.recorded, ["--no-custom-resources"])
    #expect(try plain.cluster.findings.allSatisfy(\.isBuiltIn))
    #expect(!log.contains { $0.path.contains("openapi") || $0.path.contains("argoproj") })
    let (some, few) = try await scan(
      .recorded, ["--kinds", "Rollout,statefulsets", "--kinds", "tasks.tekton.dev"])
    #expect(
      Set(try some.cluster.findings.map(\.workload.kind)) == ["Rollout", "StatefulSet", "Task"])
    #expect(!few.contains { $0.list == "pods" })
    let (rest, _) = try await scan(.recorded, ["--exclude-kinds", "Rollout,pods"])
    let kinds = Set(try rest.cluster.findings.map(\.workload.kind))
    #expect(kinds.contains("Task") && !kinds.contains("Rollout") && !kinds.contains("Pod"))
  }

  @Test func whatIsExcludedIsSaidAndAMisspelledNameIsWarnedOf() async throws {
    let fixture = try KubeconfigFixture(try await SharedClusters.shared.server())
    let arguments = ["--exclude-kinds", "Rollout,rolouts"]
    let result = try await BinaryUnderTest().run(arguments, kubeconfig: fixture.url)
    #expect(result.status == 0)
    let warning =
      "--exclude-kinds: the cluster has no kind \"rolouts\", so that name leaves nothing out;"
      + " see \"kubectl api-resources\"\n"
    #expect(result.stderr == "warning: \(warning)")
    let lines = result.stdout.split(separator: "\n")
    let skipped = try #require(lines.first { $0.hasPrefix("NOT ASKED FOR ") })
    #expect(skipped.contains("rollouts.argoproj.io (--exclude-kinds)"))
    #expect(!result.stdout.contains("Rollout/"))
    let context = try #require(
      try await BinaryUnderTest().run(["--all-contexts"] + arguments, kubeconfig: fixture.url)
        .stderr.split(separator: "\n").first { $0.contains("--exclude-kinds") })
    #expect(context.hasPrefix("warning: ") && !context.hasPrefix("warning: --exclude-kinds"))
    let access = try await BinaryUnderTest().run(["access"] + arguments, kubeconfig: fixture.url)
    #expect(access.stderr == "warning: \(warning)")
  }

  @Test func anUnknownKindIsAnError() async throws {
    let fixture = try KubeconfigFixture(try await SharedClusters.shared.server())
    let result = try await BinaryUnderTest().run("--kinds", "rolouts", kubeconfig: fixture.url)
    #expect(result.status == 1)
    #expect(result.stderr.contains("the cluster has no kind \"rolouts\""))
  }
}

extension ScannedReport.Finding {
  var isBuiltInPodSpec: Bool { isBuiltIn && isInPodSpec }

  /// Whether its workload is of a kind that Kubernetes itself serves.
  var isBuiltIn: Bool {
    ["v1", "apps", "batch"].contains(workload.apiVersion.split(separator: "/").first ?? "")
  }
}
