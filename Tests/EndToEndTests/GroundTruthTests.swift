import Testing

/// A scan of the recorded cluster against what is known to be in it: nothing missed, nothing
/// invented, each image attributed to the right workload, role, path and activity.
@Suite struct GroundTruthTests {
  private typealias Profile = TestClusterOptions.Profile

  struct Case: Sendable, CustomTestStringConvertible {
    var profile: TestClusterOptions.Profile
    var version: String
    /// Uses of templates and of Pods that nothing owns.
    var written: Int

    var testDescription: String { version }
  }

  static let cases = [
    Case(profile: .current, version: "v1.36.2", written: 655),
    Case(profile: .v1_24, version: "v1.24.17", written: 652),
    Case(profile: .v1_20, version: "v1.20.15", written: 649),
    Case(profile: .v1_16, version: "v1.16.15", written: 649),
  ]

  @Test(arguments: cases)
  func everyImageIsFoundAndNoneIsInvented(of example: Case) async throws {
    let truth = try GroundTruth(ExpectedImages.load(), profile: example.profile)
    let cluster = try await Self.cluster(example.profile)
    #expect(cluster.serverVersion == example.version)
    #expect(truth.written.count == example.written)
    #expect(truth.revisions.count == 156)
    #expect(truth.revisions.values.filter { $0 == "history" }.count == 154)
    let expected = Set(truth.written.keys).union(truth.revisions.keys)
    let found = cluster.findings.filter(\.isBuiltInPodSpec).map(\.place)
    #expect(Set(found).count == found.count, "a use is listed twice")
    #expect(expected.subtracting(found) == [])
    #expect(Set(found).subtracting(expected) == [])
    #expect(found.count == example.written + 156)
    #expect(cluster.counts.imageUses == cluster.findings.count)
    // Besides: ConfigMaps and Nodes (4), objects of custom kinds (16).
    #expect(cluster.counts.workloads == 358 + 4 + 16)
    #expect(cluster.counts.coverageGaps == 0)
    // Every Pod's owner is a built-in kind here: no workload is known by reference alone.
    #expect(cluster.findings.allSatisfy { $0.workload.wasRead })
  }

  @Test(arguments: cases)
  func everyUseStandsWhereItWasWritten(of example: Case) async throws {
    let truth = try GroundTruth(ExpectedImages.load(), profile: example.profile)
    for finding in try await Self.cluster(example.profile).findings
    where finding.isBuiltInPodSpec {
      let place = finding.place
      if let reference = truth.written[place] {
        #expect(finding.path == reference.path, "\(place)")
        #expect(finding.workload.apiVersion == reference.apiVersion, "\(place)")
        #expect(finding.origin.kind == "template", "\(place)")
        let activity = GroundTruth.activity(of: reference, example.profile)
        #expect(finding.activity == activity, "\(place)")
        #expect(finding.workload.activity == activity, "\(place)")
        #expect(finding.pullPolicy == Self.policy(of: reference), "\(place)")
        if let replicas = reference.replicas, replicas > 0 {
          #expect(finding.workload.desired == replicas, "\(place)")
        }
      } else {
        #expect(finding.activity == truth.revisions[place], "\(place)")
        #expect(finding.counts == (finding.activity != "history"), "\(place)")
        #expect(finding.origin.kind == "dependent", "\(place)")
        #expect(
          finding.origin.detail?.hasPrefix("ReplicaSet/\(place.name)-") == true, "\(place)")
        #expect(finding.path.hasPrefix("spec.template.spec."), "\(place)")
      }
    }
  }

  /// The three spellings of the old registry, whatever their case or port, and nothing else.
  @Test func legacyImagesAreExactlyThose() async throws {
    let truth = try GroundTruth(ExpectedImages.load(), profile: .current)
    var legacy = 0
    for finding in try await Self.cluster(.current).findings {
      guard let reference = truth.written[finding.place] else { continue }
      let isLegacy = ["k8s-gcr-io", "google-containers"].contains(finding.rule ?? "")
      #expect(isLegacy == reference.legacy, "\(finding.place)")
      let isWide = finding.rule == "k8s-artifacts-prod"
      #expect(isWide == (reference.legacyWide == true), "\(finding.place)")
      legacy += isLegacy ? 1 : 0
    }
    #expect(legacy == 249)
  }

  @Test func namespacesAreThoseThatExist() async throws {
    let cluster = try await Self.cluster(.current)
    let named = Set(cluster.namespaces.map(\.name))
    #expect(cluster.namespaces.count == named.count)
    #expect(cluster.counts.namespaces == 49)
    let holding = Set(cluster.findings.map(\.workload.namespace))
    #expect(holding.subtracting(named) == [])
    #expect(named.isSuperset(of: ["empty-ns", "kube-node-lease", "kube-public"]))
    for namespace in cluster.namespaces {
      let workloads = Set(
        cluster.findings.map(\.workload).filter { $0.namespace == namespace.name })
      #expect(namespace.workloads == workloads.count, "\(namespace.name)")
    }
  }

  @Test func theTableNamesTheNamespacesAtRisk() async throws {
    let day = BinaryUnderTest.fixedDay
    let report = try await SharedClusters.shared.report(.init(arguments: ["-o", "json"] + day))
    let cluster = try report.cluster
    let table = try await SharedClusters.shared.run(.init(arguments: day))
    #expect(table.status == 0)
    #expect(table.stderr == "")
    let atRisk = cluster.namespaces.filter { $0.risk != "clean" && $0.risk != "info" }
    for namespace in atRisk {
      #expect(
        table.stdout.split(separator: "\n").contains {
          $0.hasPrefix("\(namespace.name.isEmpty ? "(cluster)" : namespace.name) ")
        },
        "\(namespace.name)")
    }
    // Whatever runs an image of the old registry is at risk, and so is its namespace.
    let running = try GroundTruth(ExpectedImages.load(), profile: .current).written.values.filter {
      $0.legacy && GroundTruth.activity(of: $0, .current) == "active"
    }
    #expect(running.count > 150)
    #expect(Set(running.compactMap(\.namespace)).subtracting(atRisk.map(\.name)) == [])
  }

  @Test(arguments: [[], ["--include", "history"], ["--all-images", "--include", "history"]])
  func csvHasARowForEachFindingOfJSON(flags: [String]) async throws {
    let json = try await SharedClusters.shared.report(.init(arguments: ["-o", "json"] + flags))
    let csv = try await SharedClusters.shared.run(.init(arguments: ["-o", "csv"] + flags))
    let records = CSVText.records(csv.stdout)
    #expect(records.count == (try json.cluster.findings.count) + 1)
    #expect(records.allSatisfy { $0.count == 44 })
    let columns = try ["namespace", "workload_kind", "workload_name", "role", "container", "image"]
      .map { try #require(records[0].firstIndex(of: $0)) }
    // The order is the same, and so is the text but for the guard against formulas.
    for (record, finding) in zip(records.dropFirst(), try json.cluster.findings) {
      let place = finding.place
      #expect(
        columns.map { record[$0] }
          == [
            place.namespace, place.kind, place.name, place.role, place.container, place.image,
          ])
    }
  }

  private static func cluster(_ profile: Profile) async throws -> ScannedReport.Cluster {
    try await SharedClusters.shared.report(.init(profile: profile)).cluster
  }

  /// The policy as the server stores it: `Always` for the tag `latest` or none, without a digest
  /// (Kubernetes "Images", "Default image pull policy").
  private static func policy(of reference: ExpectedImages.Reference) -> String {
    if let written = reference.imagePullPolicy { return written }
    let image = reference.image.trimmingSuffix(while: \.isWhitespace)
    // The server takes an empty tag for one that is there, and what it cannot parse for neither.
    if image.isEmpty || image.hasSuffix(":") || image.contains("@") { return "IfNotPresent" }
    let last = image.split(separator: "/").last ?? ""
    let tag = last.split(separator: ":", maxSplits: 1).dropFirst().first ?? "latest"
    return tag == "latest" ? "Always" : "IfNotPresent"
  }
}

extension String {
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isUnwanted(last) { text.removeLast() }
    return String(text)
  }
}
