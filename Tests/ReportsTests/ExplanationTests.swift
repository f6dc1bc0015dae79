import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ExplanationTests {
  private static func catalogue() throws -> Catalogue {
    try Catalogue(
      Array(
        """
        apiVersion: gcr-report/v1
        kind: RegistryCatalogue
        version: 2026.11.20
        date: 2026-11-20
        rules:
        - id: old-place
          title: The old place
          match: [old.example/team]
          certainty: primary
          fates:
          - {fate: ok}
          - {from: 2025-01-01, fate: retiring, note: it closes}
          - {from: 2026-12-31, fate: gone}
          events:
          - {kind: freeze, start: 2025-01-01, note: no new images}
          - {kind: brownout, start: 2026-12-08T15:00Z, end: 2026-12-09T15:00Z, note: pulls fail}
          - {kind: removal, start: 2026-12-31, note: closed}
          replacement: {image: 'new.example/{path}:{tag}@{digest}', mechanical: true}
          what: It closes.
          advice: Use the new place.
          sources: [https://old.example/end]
          examples: [old.example/team/app:1]
        """.utf8), path: "rules.yaml")
  }

  @Test func tellsTheWholeStory() throws {
    let catalogue = try Self.catalogue()
    let finding = Finding.make(
      image: .make(registry: "old.example", "team/app", tag: "1"), policy: .always,
      origin: .dependent("ReplicaSet/web-5c9"), podCount: 2, nodes: ["n1", "n2"],
      failures: [StartFailure(pod: "web-5c9-x", reason: "ErrImagePull", message: "not found")],
      managedBy: "Helm release \"web\"", team: "shop", rule: "old-place", fate: .retiring,
      exposure: .failing, risk: .critical,
      reasons: ["old.example/team is being retired", "managed by Helm release \"web\""],
      replacement: "new.example/app:1", isMechanical: true, nodesWithImage: 1, nodesTotal: 2)
    let again = Finding.make(
      image: .make(registry: "old.example", "team/tool", tag: "2"), container: "tool",
      rule: "old-place", fate: .retiring, exposure: .cached, risk: .high,
      replacement: "new.example/tool:2")
    let fine = Finding.make(
      image: .make("nginx", registry: "docker.io", "library/nginx", tag: "latest"),
      kind: .clean, container: "front", rule: nil, fate: .ok, certainty: nil, risk: .clean)
    var node = NodeRecord()
    node.metadata.name = "n1"
    node.images = [["old.example/team/app:1"]]
    let cluster = ClusterReport.make(
      namespaces: ["shop"], findings: [finding, again, fine], workloads: ["shop": 1], useCount: 3,
      coverage: [.init(resource: "jobs.batch", namespace: "shop", state: .forbidden)])
    let explanation = Explanation(
      of: finding.workload, in: cluster, of: .make(clusters: [cluster]), catalogue: catalogue,
      nodes: NodeCensus([node]))
    let header =
      "CLUSTER prod-eu · v1.31.2 · 1 namespace · 1 workload · 3 image uses · as of 2026-11-21 ·"
      + " catalogue 2026-11-20 (sha256 9f86d081884c)"
    #expect(
      ExplanationPage(explanation, options: .init()).text() == """
        \(header)

        WORKLOAD      Deployment/web (apps/v1), namespace shop
        ACTIVITY      active, 2 replicas wanted
        TEAM          shop
        EDIT          managed by Helm release "web": change its source, which overwrites what is edited in the cluster

        1/2  critical  old.example/team/app:1
        WHERE         spec.template.spec.containers[0].image, container app, pull policy Always
                      in ReplicaSet/web-5c9
        OWNERS        Deployment/web → ReplicaSet/web-5c9 → 2 Pods
        WHY           retiring (it answers until a known end) and failing (a container cannot start now): critical
                      old.example/team is being retired
        RULE          old-place: The old place
                      It closes.
                      primary: the vendor or the project says so
        FAILS         Pod web-5c9-x: ErrImagePull: not found
        NODES         held by n1
                      of 2 nodes that it may run on, 1 hold it
                      its Pods are on n1, n2
        NEXT EVENTS   as of 2026-11-21
                      2026-12-08 15:00 to 2026-12-09 15:00 UTC (in 17 days): brownout; pulls fail
                      2026-12-31 (in 40 days): removal; closed
        SO FAR        2025-01-01 (689 days ago): freeze; no new images
        CHANGE        to new.example/app:1: the same name and tag at another place
                      Use the new place.
        SOURCES       https://old.example/end

        2/2  high  old.example/team/tool:2
        WHERE         spec.template.spec.containers[0].image, container tool, pull policy IfNotPresent
        OWNERS        Deployment/web → no Pod now
        WHY           retiring (it answers until a known end) and cached (the next start finds it on the node): high
        RULE          old-place: The old place, told above
        NODES         no node's list names it (lists of 50 images are cut, empty ones say nothing)
        NEXT EVENTS   as of 2026-11-21
                      2026-12-08 15:00 to 2026-12-09 15:00 UTC (in 17 days): brownout; pulls fail
                      2026-12-31 (in 40 days): removal; closed
        CHANGE        to new.example/tool:2: a person must check name and tag

        CLEAN         nginx (container front)
        NOT READ      jobs.batch in shop (forbidden)
        NEXT          kubectl gcr-report rules old-place · kubectl gcr-report -n shop -o wide · kubectl gcr-report access

        """)
  }

  @Test(arguments: [
    ("", "your rules file says so"),
    ("certainty: primary,", "primary: the vendor or the project says so, in your rules file"),
    ("certainty: reported,", "reported by third parties, in your rules file"),
  ])
  func saysWhoVouchesForARuleOfTheUsers(field: String, words: String) throws {
    let text = "rules: [{id: mine, fate: frozen, \(field) match: [mine.example]}]"
    let catalogue = try Self.catalogue().adding(Array(text.utf8), path: "my.yaml")
    let finding = Finding.make(
      image: .make(registry: "mine.example", "app", tag: "1"), rule: "mine", fate: .frozen)
    let cluster = ClusterReport.make(
      namespaces: ["shop"], findings: [finding], workloads: ["shop": 1], useCount: 1)
    let explanation = Explanation(
      of: finding.workload, in: cluster, of: .make(clusters: [cluster]), catalogue: catalogue,
      nodes: nil)
    #expect(
      ExplanationPage(explanation, options: .init()).text().contains(
        "\nRULE          mine: mine\n              \(words)\n"))
  }

  /// It has no registry that something could be known against.
  @Test func whatIsNoReferenceHasNoFate() throws {
    let finding = Finding.make(
      image: .invalid(raw: "k8s.gcr.io/Web:1", reason: "bad"), kind: .invalidReference,
      rule: nil, fate: .ok, certainty: nil, exposure: .unknown, risk: .low,
      reasons: ["not an image reference, no container can start: bad"])
    let cluster = ClusterReport.make(findings: [finding])
    let page = ExplanationPage(
      Explanation(
        of: finding.workload, in: cluster, of: .make(clusters: [cluster]),
        catalogue: try .embedded, nodes: nil), options: .init()
    ).text()
    #expect(
      page.contains("WHY           low: not an image reference, no container can start: bad\n"))
    #expect(!page.contains("nothing is known against it"))
  }

  /// What the cluster says today counts for nothing on another day.
  @Test func anotherDayLeavesOutWhatPodsAndNodesSay() throws {
    let finding = Finding.make(
      nodes: ["n1"],
      failures: [StartFailure(pod: "web-x", reason: "ErrImagePull", message: "not found")])
    let cluster = ClusterReport.make(findings: [finding])
    let page = ExplanationPage(
      Explanation(
        of: finding.workload, in: cluster, of: .make(asOf: "2027-03-01", clusters: [cluster]),
        catalogue: try .embedded, nodes: NodeCensus([])), options: .init()
    ).text()
    #expect(!page.contains("ErrImagePull"))
    #expect(!page.contains("n1"))
    #expect(page.contains("NEXT EVENTS   as of 2027-03-01 no dated event lies ahead"))
  }

  @Test func kindsAreTypedAsForKubectl() {
    let deployment = WorkloadIdentity.make("shop", "Deployment", "web")
    let policy = WorkloadIdentity(
      apiVersion: "example.com/v1", kind: "NetPolicy", namespace: "", name: "x")
    for typed in ["deploy", "Deployment", "DEPLOYMENTS", "deployments.apps", "deployment.v1.apps"] {
      #expect(KindName(typed).matches(deployment), "\(typed)")
    }
    for typed in ["", "deploys", "sts", "deployments.batch", "pod"] {
      #expect(!KindName(typed).matches(deployment), "\(typed)")
    }
    for typed in ["netpolicy", "netpolicies", "netpolicies.example.com"] {
      #expect(KindName(typed).matches(policy), "\(typed)")
      #expect(!KindName(typed).isNamespaced)
    }
    #expect(KindName("cj").matches(resource: "cronjobs.batch"))
    #expect(KindName("pod").matches(resource: "pods"))
    #expect(!KindName("pods.example.com").matches(resource: "pods"))
    #expect(KindName("cj").isNamespaced)
  }

  @Test func distancesAreWords() {
    func words(_ start: String, _ end: String) -> String {
      ExplanationWords.distance(from: .make("2026-11-21"), to: .make(start), end: .make(end))
    }
    #expect(words("2026-11-22", "2026-11-30") == "in 1 day")
    #expect(words("2026-11-21", "2026-11-30") == "today")
    #expect(words("2026-11-01", "2026-11-30") == "under way")
    #expect(words("2026-11-01", "2026-11-19") == "2 days ago")
  }

  private static let noNodes: NodeCensus? = nil

  @Test func hostileNamesStayHarmlessAtEveryWidth() throws {
    let catalogue = try Catalogue.embedded
    for report in TableTests.reports {
      for cluster in report.clusters {
        for finding in cluster.findings {
          let explanation = Explanation(
            of: finding.workload, in: cluster, of: report, catalogue: catalogue,
            nodes: Self.noNodes)
          for width in [40, 60, 100, 200] {
            let page = ExplanationPage(
              explanation, options: .init(width: width, isTerminal: true)
            ).text()
            for line in page.split(separator: "\n") where TerminalText.width(line) > width {
              Issue.record("\(TerminalText.width(line)) columns at \(width): \(line)")
            }
            for scalar in page.unicodeScalars
            where TerminalText.acts(scalar) && scalar != "\n" && scalar != "\u{FE0F}" {
              Issue.record("U+\(String(scalar.value, radix: 16))")
            }
          }
        }
      }
    }
  }
}
