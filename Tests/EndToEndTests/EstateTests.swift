import Foundation
import Testing

/// A cluster with much that only seems to run images (Tests/TestCluster/estate.py): no false
/// finding, and nothing needless is asked for.
@Suite struct EstateTests {
  private static let digest =
    "sha256:e62377847bbe2117fbea3a09ac72e59a12572c20ca18ee024fedeaa94ba8525a"

  /// `KIND/NAME PATH=IMAGE ACTIVITY EXPOSURE`, by hand.
  private static let expected: Set<String> = [
    // Aggregated, and named in a list of kinds that are read all the same.
    "DeploymentConfig/frontend spec.template.spec.containers[0].image=k8s.gcr.io/shop-web:1"
      + " active unknown",
    "BuildConfig/app spec.strategy.dockerStrategy.from.name=k8s.gcr.io/builder:2 active unknown",
    "ImageStream/ruby spec.tags[0].from.name=gcr.io/google_containers/ruby:2 active unknown",
    // The one that is no copy.
    "ClusterServiceVersion/gantry.v1.2.0"
      + " spec.install.spec.deployments[0].spec.template.spec.containers[0].image"
      + "=gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1 active unknown",
    // Of 5,600 free-form objects one among the first 5,000.
    "Exhibit/exhibit-00003 spec.runner.containers[0].image=k8s.gcr.io/ex:3 active unknown",
    "Deployment/by-digest spec.template.spec.containers[0].image=k8s.gcr.io/tools/a@\(digest)"
      + " active unknown",
    "Deployment/by-tag spec.template.spec.containers[0].image=k8s.gcr.io/tools/b:1 active unknown",
    "Deployment/tagged spec.template.spec.containers[0].image=gcr.io/google_containers/c:1"
      + " active unknown",
    "Deployment/older spec.template.spec.containers[0].image=k8s.gcr.io/legacy/d@\(digest)"
      + " active unknown",
    // Nothing runs; only the first and the second wait for a person.
    "Deployment/asleep spec.template.spec.containers[0].image=k8s.gcr.io/asleep:1"
      + " scaled-to-zero dormant",
    "CronJob/paused spec.jobTemplate.spec.template.spec.containers[0].image=k8s.gcr.io/paused:1"
      + " suspended dormant",
    "Deployment/by-hpa spec.template.spec.containers[0].image=k8s.gcr.io/by-hpa:1"
      + " scaled-to-zero pulls",
    "Deployment/by-keda spec.template.spec.containers[0].image=k8s.gcr.io/by-keda:1"
      + " scaled-to-zero pulls",
    "ScaledJob/on-demand spec.jobTargetRef.template.spec.containers[0].image"
      + "=k8s.gcr.io/on-demand:1 active pulls",
    "Job/queued spec.template.spec.containers[0].image=k8s.gcr.io/queued:1 suspended pulls",
    // A Service of Knative, its newest revision, and one that nobody routes to.
    "Service/greeter spec.template.spec.containers[0].image=k8s.gcr.io/greeter:2 active pulls",
    "Service/greeter spec.containers[0].image=k8s.gcr.io/greeter:1 history history",
    "Service/greeter spec.template.spec.containers[0].image=k8s.gcr.io/greeter:2"
      + " scaled-to-zero pulls",
    "Service/greeter spec.template.spec.containers[1].image=gcr.io/google_containers/queue:2"
      + " scaled-to-zero pulls",
    "Service/greeter spec.template.spec.containers[0].image=k8s.gcr.io/greeter:1 history history",
    "Service/greeter spec.template.spec.containers[1].image=gcr.io/google_containers/queue:1"
      + " history history",
  ]

  private static func line(_ finding: ScannedReport.Finding) -> String {
    "\(finding.workload.kind)/\(finding.workload.name) \(finding.path)=\(finding.image.text)"
      + " \(finding.activity) \(finding.exposure)"
  }

  @Test func nothingIsMissedAndNothingInvented() async throws {
    let cluster = try await SharedClusters.shared.report(.init(population: .estate)).cluster
    #expect(Set(cluster.findings.map(Self.line)) == Self.expected)
    #expect(cluster.findings.count == Self.expected.count)
  }

  /// Without OpenAPI v3 and aggregated discovery the definitions tell the same.
  @Test func anOldServerTellsTheSame() async throws {
    let scan = SharedClusters.Scan(population: .estate, profile: .v1_20)
    let cluster = try await SharedClusters.shared.report(scan).cluster
    let queued = Self.expected.filter { $0.hasPrefix("Job/queued") }
    // Jobs could not be suspended then.
    #expect(
      Set(cluster.findings.map(Self.line)).symmetricDifference(Self.expected)
        == queued.union(
          queued.map { $0.replacing("suspended pulls", with: "active pulls") }))
  }

  @Test func nothingNeedlessIsListed() async throws {
    var options = TestClusterOptions()
    options.population = .estate
    let scan = try await FaultScan(options)
    #expect(try await scan.run().status == 0)
    let builtIn: Set<String> = [
      "pods", "nodes", "namespaces", "replicationcontrollers", "podtemplates", "cronjobs.batch",
      "daemonsets.apps", "deployments.apps", "jobs.batch", "replicasets.apps", "statefulsets.apps",
      "horizontalpodautoscalers.autoscaling",
    ]
    let lists = Set(try await scan.server.log().compactMap(\.list)).subtracting(builtIn)
    #expect(
      lists == [
        "apiservices.apiregistration.k8s.io", "deploymentconfigs.apps.openshift.io",
        "buildconfigs.build.openshift.io", "imagestreams.image.openshift.io",
        "clusterserviceversions.operators.coreos.com", "handbooks.docs.acme.example",
        "exhibits.gallery.acme.example", "scaledobjects.keda.sh", "scaledjobs.keda.sh",
        "services.serving.knative.dev", "configurations.serving.knative.dev",
        "revisions.serving.knative.dev", "imagedigestmirrorsets.config.openshift.io",
        "imagetagmirrorsets.config.openshift.io",
        "imagecontentsourcepolicies.operator.openshift.io",
      ])
    let operators = try await scan.lists(of: "clusterserviceversions.operators.coreos.com")
    #expect(operators.map { $0.queryItem("labelSelector") } == ["!olm.copiedFrom"])
  }

  @Test(arguments: [[], ["--chunk-size", "0"], ["--chunk-size", "2000"]])
  func aKindThatOnlyItsShapeTellsIsReadInPart(flags: [String]) async throws {
    var options = TestClusterOptions()
    options.population = .estate
    let scan = try await FaultScan(options)
    let report = try await scan.report(flags)
    let gap = try #require(report.gaps.first)
    #expect(report.gaps.count == 1)
    #expect(gap.resource == "exhibits.gallery.acme.example")
    #expect(gap.state == "partial")
    #expect(
      gap.reason == "more than 5000 objects of a kind that only its shape says holds images:"
        + " the rest was not read")
    #expect(report.namespaces["gallery"] == true)
    // Whole pages that fit: 10 of 500, one of 5,000, two of 2,000.
    let pages = flags.isEmpty ? 10 : flags[1] == "0" ? 1 : 2
    #expect(try await scan.lists(of: "exhibits.gallery.acme.example").count == pages)
    #expect(try await scan.run(flags + ["--require-complete"]).status == 4)
  }

  /// Digests by ImageDigestMirrorSet and ImageContentSourcePolicy, tags by ImageTagMirrorSet.
  @Test func mirrorsAreShownWhereTheyCount() async throws {
    let cluster = try await SharedClusters.shared.report(.init(population: .estate)).cluster
    let notes = Dictionary(
      cluster.findings.compactMap { finding in
        finding.reasons.first { $0.hasPrefix("mirrored by ") }.map { note in
          (finding.workload.name, note.components(separatedBy: ":")[0])
        }
      }, uniquingKeysWith: { first, _ in first })
    #expect(
      notes == [
        "by-digest": "mirrored by ImageDigestMirrorSet/digests to registry.corp.example/tools"
          + " (source policy NeverContactSource",
        "older": "mirrored by ImageContentSourcePolicy/policy to registry.corp.example/legacy"
          + " (source policy AllowContactingSource",
        "tagged": "mirrored by ImageTagMirrorSet/tags to registry.corp.example/old"
          + " (source policy AllowContactingSource",
        "ruby": "mirrored by ImageTagMirrorSet/tags to registry.corp.example/old"
          + " (source policy AllowContactingSource",
        "greeter": "mirrored by ImageTagMirrorSet/tags to registry.corp.example/old"
          + " (source policy AllowContactingSource",
      ])
  }

  /// Who may read two namespaces gets the custom resources of these, and no word of doubt.
  @Test func aUserOfOneNamespaceGetsItsCustomResources() async throws {
    var options = TestClusterOptions()
    options.population = .estate
    let scan = try await FaultScan(options, .token("namespaced-token"), namespace: "shop")
    for flags in [[], ["-n", "shop"]] {
      let report = try ScannedReport(
        try await scan.run(["-o", "json", "--all-images"] + flags))
      #expect(
        Set(try report.cluster.findings.map { "\($0.workload.kind)/\($0.workload.name)" }) == [
          "DeploymentConfig/frontend", "Deployment/by-digest", "Deployment/by-tag",
          "Deployment/tagged", "Deployment/older",
        ])
    }
    let builds = try ScannedReport(try await scan.run(["-o", "json", "-n", "builds"]))
    #expect(Set(try builds.cluster.findings.map(\.workload.name)) == ["app", "ruby"])
    let lists = Set(try await scan.server.log().compactMap(\.list))
    #expect(!lists.contains { $0.hasSuffix(".metrics.k8s.io") || $0.hasPrefix("builds.") })
  }
}
