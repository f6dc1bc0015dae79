import ImageReferences
import Inventory
import RegistryCatalogue

@testable import Reports

/// Reports that show what documents for people (HTML, Markdown) add to tables.
enum DocumentSamples {
  /// Ten clusters, two of them unread, teams, waived findings, registries with dates.
  static let tenClusters: Report = {
    let names = ["istio-system", "kube-system", "shop", "billing", "search", "ci"]
    var clusters: [ClusterReport] = []
    for number in 0..<10 {
      let name = "prod-\(["eu", "us", "ap"][number % 3])-\(number)"
      if number == 4 || number == 8 {
        clusters.append(
          .make(contexts: [name], version: nil, failure: "connection refused by 10.0.0.\(number)"))
        continue
      }
      var findings: [Finding] = []
      for (index, namespace) in names.enumerated() where (index + number) % 3 != 0 {
        findings.append(finding(in: namespace, index: index, cluster: number))
      }
      clusters.append(
        .make(
          contexts: [name], namespaces: names + ["default", "docs"], findings: findings,
          workloads: Dictionary(uniqueKeysWithValues: names.map { ($0, 3 + number) }),
          useCount: 60,
          coverage: number == 2
            ? [CoverageEntry(resource: "cronjobs.batch", state: .forbidden)] : []))
    }
    var report = Report.make(clusters: clusters)
    report.rules = rules
    return report
  }()

  private static func finding(in namespace: String, index: Int, cluster: Int) -> Finding {
    let risks: [Risk] = [.critical, .high, .medium, .low, .medium, .critical]
    let isIstio = index.isMultiple(of: 2)
    return .make(
      .make(namespace, "Deployment", "app-\(index)"),
      image: isIstio
        ? .make(registry: "gcr.io", "istio-release/pilot", tag: "1.29.1")
        : .make("web/app-\(index)", tag: "2.\(cluster)"),
      team: ["platform", "payments", nil][index % 3],
      rule: isIstio ? "istio-release" : "k8s-gcr-io",
      fate: isIstio ? .retiring : .frozen, exposure: index == 0 ? .failing : .pulls,
      risk: risks[index], reasons: ["a reason", "another reason"],
      outlook: isIstio ? "removal 2026-12-01 to 2026-12-31" : "frozen since 2023-04-03",
      replacement: isIstio ? "docker.io/istio/pilot:1.29.1" : nil, isMechanical: true,
      waivedUntil: index == 3 ? .make("2027-01-31") : nil, nodesWithImage: 2, nodesTotal: 3)
  }

  static let rules = [
    RuleSummary(
      id: "istio-release", title: "Istio's images outside Docker Hub",
      what: "Istio leaves Google Cloud.", advice: "Use docker.io/istio.",
      sources: ["https://istio.io/latest/blog/2026/retirement-of-gcr.io/"],
      fates: [
        DatedFate(from: nil, fate: .ok), DatedFate(from: .make("2026-03-23"), fate: .retiring),
        DatedFate(from: .make("2026-12-31"), fate: .gone),
      ],
      events: [
        event(.announcement, "2026-03-23"), event(.brownout, "2026-12-08", "2026-12-09"),
        event(.removal, "2026-12-01", "2026-12-31"),
      ]),
    RuleSummary(
      id: "k8s-gcr-io", title: "The old Kubernetes registry",
      what: "k8s.gcr.io has been frozen since 2023-04-03.", advice: "Use registry.k8s.io.",
      sources: ["https://kubernetes.io/blog/2023/03/10/image-registry-redirect/"],
      fates: [DatedFate(from: .make("2023-04-03"), fate: .frozen)],
      events: [event(.redirect, "2023-03-20"), event(.freeze, "2023-04-03")]),
  ]

  static func event(
    _ kind: CatalogueEvent.Kind, _ first: String, _ last: String? = nil
  ) -> RuleEvent {
    let last = last ?? first
    return RuleEvent(
      kind: kind, first: .make(first), last: .make(last),
      window: first == last ? first : "\(first) to \(last)", note: "as announced")
  }

  /// Texts that would be markup, script, links, mentions or the end of something, in every place
  /// that a report has.
  static let hostileTexts = [
    "<script>window.owned = true</script>", "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "</style><style>body{display:none}</style>",
    "</details></td></table></main>", "<!--", "]]>", "&lt;b&gt;", "javascript:alert(1)",
    "[link](javascript:alert(1))", "![x](https://evil.example/x.png)", "`code` | cell ||",
    "@everyone #123 GH-1 acme/repo#4", "https://evil.example www.evil.example a@evil.example",
    "# heading", "- item", "> quote", "1. one", "***", "~~~", "$x$ :tada: \\` \\|",
    "abc\u{202E}txt.exe\u{2066}", "nul\u{0}nul", "line\nsecond\r\nthird\u{2028}fourth", "",
    String(repeating: "very-long-name-", count: 200),
  ]

  static let hostile: Report = {
    var clusters: [ClusterReport] = []
    for (number, text) in hostileTexts.enumerated() {
      let workload = WorkloadIdentity(
        apiVersion: text, kind: text, namespace: text, name: text)
      let findings = [
        Finding.make(
          workload, image: .invalid(raw: text, reason: text), kind: .invalidReference,
          container: text, origin: .drifted(from: text), nodes: [text],
          failures: [StartFailure(pod: text, reason: text, message: text)], managedBy: text,
          team: text, rule: number.isMultiple(of: 2) ? "k8s-gcr-io" : text, exposure: .failing,
          risk: .high, reasons: [text, text], outlook: text, replacement: text,
          waivedUntil: .make("2027-01-31"))
      ]
      clusters.append(
        .make(
          contexts: [text], version: text, namespaces: [text], findings: findings,
          workloads: [text: 1], useCount: 1,
          coverage: [
            CoverageEntry(resource: text, namespace: text, state: .failed, reason: text)
          ]))
    }
    clusters.append(.make(contexts: ["down"], failure: hostileTexts[0]))
    var report = Report.make(userRules: hostileTexts[0], clusters: clusters)
    report.rules = hostileTexts.map { text in
      RuleSummary(
        id: text, title: text, what: text, advice: text,
        sources: [text, "javascript:alert(1)", "https://example.org/\"><script>"],
        fates: [DatedFate(from: .make("2026-01-01"), fate: .gone, note: text)],
        events: [
          RuleEvent(
            kind: .removal, first: .make("2026-12-01"), last: .make("2026-12-01"), window: text,
            note: text)
        ])
    }
    return report
  }()

  /// A cluster with this many findings, each in a workload of its own.
  static func large(_ count: Int) -> Report {
    let findings = (0..<count).map { number in
      Finding.make(
        .make("team-\(number % 400)", "Deployment", "service-\(number)"),
        image: .make("dns/k8s-dns-node-cache-\(number % 900)", tag: "1.15.\(number % 30)"),
        nodes: ["node-\(number % 50)"], risk: [.critical, .high, .medium, .low][number % 4],
        reasons: [
          "k8s.gcr.io is frozen since 2023-04-03: it only redirects to registry.k8s.io",
          "all 3 nodes that it may run on hold the image",
        ], outlook: "frozen since 2023-04-03",
        replacement: "registry.k8s.io/dns/k8s-dns-node-cache-\(number % 900):1.15.\(number % 30)",
        isMechanical: true, nodesWithImage: 3, nodesTotal: 3)
    }
    return .make(
      clusters: [
        .make(
          findings: findings,
          workloads: Dictionary(
            findings.map { ($0.use.workload.namespace, 1) }, uniquingKeysWith: +),
          useCount: count)
      ])
  }

  /// Nothing could be read.
  static let unread = Report.make(
    clusters: [.make(version: nil, failure: "certificate of \"10.1.2.3\" has expired")])

  static let all = TableTests.reports + [tenClusters, hostile, large(40), unread, setAside]
}

extension DocumentSamples {
  /// One finding accepted, one mitigated, and some left out by a filter.
  static let setAside: Report = {
    var cluster = ClusterReport.make(
      namespaces: ["shop", "web"],
      findings: [
        .make(waivedUntil: .make("2027-01-31")),
        .make(
          .make("web", "Deployment", "front"), risk: .critical,
          waivedUntil: .make("2026-12-24"), waiver: .mitigated),
      ],
      workloads: ["shop": 2, "web": 1], useCount: 3)
    cluster.isNarrowed = true
    cluster.filteredFindings = 4
    return .make(clusters: [cluster])
  }()
}
