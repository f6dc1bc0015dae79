import Testing

/// Clusters made by hand: one full of edge cases, one that has left the old registries.
@Suite struct SecondPopulationTests {
  private static func findings() async throws -> [ScannedReport.Finding] {
    try await SharedClusters.shared.report(.init(population: .second)).cluster.findings
  }

  private static func place(
    _ use: ExpectedPopulation.Use, of workload: ExpectedPopulation.Workload
  ) -> ImagePlace {
    ImagePlace(
      namespace: workload.namespace, kind: workload.kind, name: workload.name, role: use.role,
      container: use.container, image: use.image)
  }

  @Test func everyUseIsFoundAndNoneIsInvented() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let places = expected.workloads.flatMap { workload in
      workload.uses.map { Self.place($0, of: workload) }
    }
    // Objects of custom kinds have a suite of their own; their Pods are among these.
    let found = try await Self.findings()
      .filter { $0.isInPodSpec && ($0.isBuiltIn || $0.origin.kind == "pods-only") }.map(\.place)
    #expect(places.count == 71)
    #expect(found.count == Set(found).count)
    #expect(Set(places).subtracting(found) == [])
    #expect(Set(found).subtracting(places) == [])
  }

  @Test func everyUseIsAsItWasWritten() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let findings = Dictionary(
      try await Self.findings().map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    for workload in expected.workloads {
      for use in workload.uses {
        let place = Self.place(use, of: workload)
        let finding = try #require(findings[place], "\(place)")
        #expect(finding.workload.apiVersion == workload.apiVersion, "\(place)")
        #expect(finding.workload.activity == workload.activity, "\(place)")
        #expect(finding.workload.wasRead == (workload.ownerIsRead ?? true), "\(place)")
        if let desired = workload.desired, desired > 0 {
          #expect(finding.workload.desired == desired, "\(place)")
        }
        if use.activity == "past" {
          #expect(["completed", "history"].contains(finding.activity), "\(place)")
        } else {
          #expect(finding.activity == use.activity ?? workload.activity, "\(place)")
        }
        if let path = use.path { #expect(finding.path == path, "\(place)") }
        #expect(finding.pullPolicy == use.pullPolicy, "\(place)")
        #expect(finding.pods == use.pods, "\(place)")
        #expect(finding.origin.kind == Self.origin(of: use), "\(place)")
        if let image = use.templateImage { #expect(finding.origin.detail == image, "\(place)") }
        let isLegacy = ["k8s-gcr-io", "google-containers"].contains(finding.rule ?? "")
        #expect(isLegacy == use.legacy, "\(place)")
      }
    }
  }

  /// No template can hold an ephemeral container, so it is not called injected.
  private static func origin(of use: ExpectedPopulation.Use) -> String {
    if use.role == "ephemeral" { return "pods-only" }
    return switch use.origin {
    case "revision": "dependent"
    case "podsOnly": "pods-only"
    default: use.origin
    }
  }

  /// What waits with a pull error fails; `CrashLoopBackOff` and `ContainerCreating` do not.
  @Test func failingIsWhatCannotPull() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let findings = Dictionary(
      try await Self.findings().map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    var failing = 0
    for workload in expected.workloads {
      for use in workload.uses {
        let place = Self.place(use, of: workload)
        let finding = try #require(findings[place], "\(place)")
        #expect((finding.exposure == "failing") == (use.failing != nil), "\(place)")
        if let reason = use.failing {
          failing += 1
          #expect(finding.failures.map(\.reason).contains(reason), "\(place)")
        }
        switch use.waiting {
        case "InvalidImageName": #expect(finding.kind == "invalid-reference", "\(place)")
        case "ErrImageNeverPull": #expect(finding.kind == "image-never-pull", "\(place)")
        default: #expect(!["image-never-pull"].contains(finding.kind), "\(place)")
        }
        switch use.kind {
        case .placeholder: #expect(finding.kind == "placeholder", "\(place)")
        case .invalid: #expect(finding.kind == "invalid-reference", "\(place)")
        case .reference, nil: #expect(finding.image.state == "reference", "\(place)")
        }
      }
    }
    #expect(failing == 4)
  }

  /// `--as-of` another day knows no waiting reason: nobody knows what will wait then.
  @Test func anotherDayHasNoEvidence() async throws {
    let flags = ["-o", "json", "--all-images"] + BinaryUnderTest.fixedDay
    let report = try await SharedClusters.shared.report(
      .init(population: .second, arguments: flags))
    let findings = try report.cluster.findings
    #expect(findings.count > 50)
    #expect(!findings.contains { $0.exposure == "failing" || $0.exposure == "cached" })
    #expect(!findings.contains { $0.kind == "image-never-pull" })
    let markup = try #require(findings.first { $0.image.text == "k8s.gcr.io/<b>:1" })
    #expect(markup.kind == "placeholder")
  }

  @Test func whatIsNoImageIsNeverFound() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let scan = SharedClusters.Scan(population: .second)
    let text = try await SharedClusters.shared.run(scan).stdout
    for exclusion in expected.neverFound {
      let never = try #require(exclusion.text)
      #expect(!text.contains(never), "\(exclusion.why)")
    }
    let cluster = try await SharedClusters.shared.report(scan).cluster
    for exclusion in expected.notWorkloads {
      #expect(
        !cluster.findings.contains {
          $0.workload.namespace == exclusion.namespace && $0.workload.kind == exclusion.kind
            && $0.workload.name == exclusion.name
        }, "\(exclusion.why)")
    }
    let custom = expected.customResources.map(\.namespace)
    for name in expected.emptyNamespaces where !custom.contains(name) {
      let namespace = try #require(cluster.namespaces.first { $0.name == name }, "\(name)")
      #expect(namespace.workloads == 0 && namespace.risk == "clean", "\(name)")
    }
  }

  /// Look-alike hosts and mirrors are no workload at risk; an unknown project of gcr.io is told
  /// as unverified and no more.
  @Test func whatMustBeCleanIsNotAtRisk() async throws {
    let expected = try ExpectedPopulation.loadSecond()
    let clean = expected.workloads.filter { $0.mustBeClean == true }
    #expect(clean.map(\.name) == ["pilotage", "mirror-user"])
    for finding in try await Self.findings()
    where finding.counts
      && clean.contains(where: {
        $0.namespace == finding.workload.namespace && $0.name == finding.workload.name
      })
    {
      let isUnverified = finding.rule == "gcr-unverified-project"
      #expect(finding.risk == (isUnverified ? "info" : "clean"), "\(finding.place)")
    }
  }

  /// Names and messages from the cluster never reach the terminal raw.
  @Test func hostileTextIsHarmlessInTables() async throws {
    for format in ["table", "wide"] {
      let result = try await SharedClusters.shared.run(
        .init(population: .second, arguments: ["-o", format]))
      #expect(result.status == 0)
      #expect(result.stdout.contains("hostile-"))
      let unwanted = result.stdout.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F || $0.properties.isBidiControl
      }
      #expect(unwanted.isEmpty, "\(format)")
    }
  }

  @Test func aMigratedClusterIsClean() async throws {
    let shared = SharedClusters.shared
    let table = try await shared.run(
      .init(
        population: .migrated,
        arguments: ["--fail-on", "info", "--require-complete"] + BinaryUnderTest.fixedDay))
    #expect(table.status == 0)
    #expect(table.stderr == "")
    let lines = table.stdout.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines.last == "NOT ASKED FOR configmaps (--configmaps) · helm releases (--helm)")
    #expect(lines[0].contains(" · 3 namespaces · 4 workloads · 14 image uses · "))
    #expect(lines[1] == "Nothing here names a dying registry.")
    #expect(
      lines[2]
        == "HISTORY       12 image uses in old revisions and finished work of 3 workloads;"
        + " -o wide --include history lists them")
    let all = try await shared.report(.init(population: .migrated)).cluster
    #expect(all.counts.findings == 0 && all.counts.historyFindings == 12)
    #expect(all.counts.workloadsAtRisk == 0)
    #expect(Set(all.namespaces.map(\.risk)) == ["clean"])
    let shown = try await shared.report(.init(population: .migrated, arguments: ["-o", "json"]))
    #expect(try shown.cluster.findings.isEmpty)
    let history = try await shared.run(
      .init(
        population: .migrated,
        arguments: ["-o", "wide", "--include", "history", "--fail-on", "info"]))
    #expect(history.status == 0)
    let shownLines = history.stdout.split(separator: "\n").prefix { !$0.hasPrefix("NEXT ") }
    #expect(shownLines.filter { $0.contains(" history ") }.count == 12)
  }
}
