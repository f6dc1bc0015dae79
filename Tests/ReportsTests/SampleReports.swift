import ImageReferences
import Inventory
import RegistryCatalogue

@testable import Reports

/// The reports that the goldens show.
enum SampleReports {
  static let digest = "sha256:927d98197ec1141a368550822d18fa1c60bdae27b78b0c004f705f548c07814f"

  /// Every risk and exposure, a tag with a digest, unverified projects, history, an init container,
  /// an invalid reference, gaps of each sort.
  static let mixed = Report.make(clusters: [mixedCluster])

  static let mixedCluster = ClusterReport.make(
    namespaces: ["default", "istio-system", "kube-system", "shop", "team-a", "team-b", "web"],
    findings: [
      .make(
        .make("istio-system", "Deployment", "istiod"),
        image: .make(registry: "gcr.io", "istio-release/pilot", tag: "1.29.1"),
        container: "discovery", policy: .always, podCount: 2, nodes: ["node-1", "node-2"],
        failures: [
          StartFailure(
            pod: "istiod-6d4f-x2x", reason: "ImagePullBackOff",
            message: "Back-off pulling image \"gcr.io/istio-release/pilot:1.29.1\"")
        ],
        managedBy: "Helm release \"istiod\"", team: "platform", rule: "gcr-io-istio-release",
        fate: .retiring, exposure: .failing, risk: .critical,
        reasons: ["removed in 40 days", "a container waits: ImagePullBackOff"],
        outlook: "gone 2026-12-31, last brownout 12-08",
        replacement: "docker.io/istio/pilot:1.29.1", isMechanical: true),
      .make(
        .make("istio-system", "DaemonSet", "istio-cni-node"),
        image: .make(registry: "gcr.io", "istio-release/install-cni", tag: "1.29.1"),
        rule: "gcr-io-istio-release", fate: .retiring, exposure: .cached, risk: .high,
        reasons: ["removed in 40 days"], outlook: "gone 2026-12-31, last brownout 12-08",
        replacement: "docker.io/istio/install-cni:1.29.1", isMechanical: true,
        nodesWithImage: 3, nodesTotal: 3),
      .make(
        .make("kube-system", "DaemonSet", "node-local-dns"),
        image: .make("dns/k8s-dns-node-cache", tag: "1.15.13"), container: "node-cache",
        exposure: .pulls, reasons: ["a new node would pull it"],
        replacement: "registry.k8s.io/dns/k8s-dns-node-cache:1.15.13", isMechanical: true),
      .make(
        .make("kube-system", "CronJob", "etcd-backup-and-offsite-copy-with-a-long-name"),
        image: .make("etcd", tag: "3.5.1-0", digest: digest), container: "backup",
        role: .initContainer, exposure: .unknown, risk: .low,
        replacement: "registry.k8s.io/etcd:3.5.1-0@\(digest)", isMechanical: true),
      .make(
        .make("shop", "Deployment", "cart"),
        image: .make(registry: "gcr.io", "acme-prod/cart", tag: "2024-01-31"),
        rule: "gcr-unverified-project", fate: .probe, certainty: .inferred, exposure: .pulls,
        risk: .low, reasons: ["nobody has asked the registry whether it still serves acme-prod"]),
      .make(
        .make("shop", "Deployment", "checkout"),
        image: .make(registry: "gcr.io", "acme-prod/checkout", tag: "7"),
        rule: "gcr-unverified-project", fate: .probe, certainty: .inferred, exposure: .pulls,
        risk: .low),
      .make(
        .make("web", "StatefulSet", "front"),
        image: .make(registry: "eu.gcr.io", "example.com/web/front", tag: "v3"),
        activity: .scaledToZero, rule: "gcr-unverified-project", fate: .probe,
        certainty: .inferred, exposure: .dormant, risk: .info),
      .make(
        .make("web", "Pod", "debug"), image: .invalid(raw: "Nginx:latest", reason: "upper case"),
        kind: .invalidReference, rule: nil, fate: .ok, certainty: nil, exposure: .failing,
        risk: .low, reasons: ["not an image reference: upper case"]),
      .make(
        .make("web", "Deployment", "front-proxy"), image: .make("pause", tag: "3.2"),
        activity: .history, origin: .dependent("ReplicaSet/front-proxy-5c9"), exposure: .history,
        risk: .info),
    ],
    workloads: [
      "default": 1, "istio-system": 14, "kube-system": 6, "shop": 1_204, "team-a": 3, "web": 9,
    ],
    useCount: 2_314,
    coverage: [
      CoverageEntry(resource: "pods", state: .read),
      CoverageEntry(
        resource: "nodes", state: .forbidden, reason: "nodes is forbidden", holdsImages: false),
      CoverageEntry(
        resource: "cronjobs.batch", namespace: "kube-system", state: .forbidden,
        reason: "cronjobs.batch is forbidden: User \"jane\" cannot list"),
      CoverageEntry(
        resource: "cronjobs.batch", namespace: "team-a", state: .forbidden,
        reason: "cronjobs.batch is forbidden: User \"jane\" cannot list"),
      CoverageEntry(
        resource: "events", state: .failed, reason: "connection reset after 3 attempts",
        holdsImages: false),
      CoverageEntry(resource: "cronjobs.batch/v1", state: .notServed),
      CoverageEntry(resource: "configmaps", state: .skipped, reason: "--configmaps"),
      CoverageEntry(resource: "Helm releases", state: .skipped, reason: "--helm"),
    ])

  /// The same through exceptions and a filter.
  static let selected: Report = {
    var accepted = Exceptions.Entry(
      line: 2,
      waiver: Waiver(
        kind: .accepted, reason: "moves in January, \"OPS-12\"", until: .make("2027-01-31")))
    accepted.workloads = [Glob("Deployment/istiod")]
    var mitigated = Exceptions.Entry(
      line: 7,
      waiver: Waiver(kind: .mitigated, reason: "on every node", until: .make("2026-11-21")))
    mitigated.namespaces = [Glob("kube-*")]
    let exceptions = Exceptions(path: "exceptions.yaml", entries: [accepted, mitigated])
    var filter = ReportFilter()
    filter.excludedNamespaces = [Glob("web"), Glob("team-?")]
    filter.risk = .low
    filter.rules = [Glob("k8s-*"), Glob("gcr-io-*")]
    return filter.applied(to: exceptions.applied(to: mixed).report)
  }()

  /// Nothing found, everything read; an old revision is all that is left.
  static let clean = Report.make(clusters: [cleanCluster])

  static let cleanCluster = ClusterReport.make(
    contexts: ["staging"], namespaces: ["default", "web"],
    findings: [
      .make(
        .make("web", "Deployment", "front"), activity: .history,
        origin: .dependent("ReplicaSet/front-5c9"), exposure: .history, risk: .info)
    ],
    workloads: ["default": 1, "web": 4], useCount: 7,
    coverage: [CoverageEntry(resource: "pods", state: .read)])

  /// Nothing found, but not everything was read.
  static let doubtful = Report.make(
    clusters: [
      .make(
        namespaces: ["default", "web"], workloads: ["web": 1], useCount: 1,
        coverage: [
          CoverageEntry(resource: "pods", state: .partial, reason: "not one snapshot")
        ])
    ])

  /// A cluster with findings, one that could not be read, a clean one; another day, old rules.
  static let sweep = Report.make(
    asOf: "2027-03-01", userRules: "rules.yaml", isSample: true, includesHistory: true,
    clusters: [
      .make(
        contexts: ["prod-eu", "admin@prod-eu"], namespaces: ["shop"],
        findings: [
          .make(risk: .low),
          .make(.make("", "ClusterThing", "x"), risk: .high),
        ],
        workloads: ["": 1, "shop": 1], useCount: 2),
      .make(
        contexts: ["prod-us"], version: nil, failure: "certificate of \"10.1.2.3\" has expired"),
      cleanCluster,
    ])

  /// More namespaces without an answer than a terminal should list.
  static let forbidden = Report.make(
    clusters: [
      .make(
        namespaces: (1...12).map { "team-\($0)" }, findings: [.make(.make("team-3"))],
        workloads: ["team-3": 1], useCount: 1,
        coverage: [CoverageEntry(resource: "cronjobs.batch", state: .forbidden)])
    ])

  static let cleanRows = Report.make(
    includesCleanImages: true,
    clusters: [
      .make(
        namespaces: ["default", "web"],
        findings: [
          .make(
            .make("web"),
            image: .make("nginx", registry: "docker.io", "library/nginx", tag: "latest"),
            kind: .clean, rule: nil, fate: .ok, certainty: nil, risk: .clean)
        ],
        workloads: ["web": 1], useCount: 1)
    ])

  /// Names that no API server would accept, from a server that is not one.
  static let hostile = Report.make(
    userRules: "/tmp/\u{1B}[2Jrules.yaml",
    clusters: [
      .make(
        contexts: ["=cmd|' /C calc'!A0,\"x\"", "\u{1B}]0;owned\u{07}ctx"],
        version: "v1.31\r\n2",
        namespaces: ["日本語の名前空間", "a\u{202E}txt.exe", "é\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}x"],
        findings: [
          .make(
            .make("日本語の名前空間", "Deployment", "-web\u{1B}[31m\nsecond line"),
            image: .make(
              registry: "k8s.gcr.io", "path/with/very/many/segments/that/go/on/for/ever/name",
              tag: "a-tag-that-is-much-longer-than-any-narrow-terminal-but-still-valid-1.2.3"),
            container: "@sum(1+1)*cmd", managedBy: "+Helm\tchart", team: "team \"quoted\", inc.",
            risk: .high,
            reasons: ["=1+1", "<script>alert(1)</script>", "back\u{2028}slash \\ and \u{0}null"],
            outlook: "gone\u{0085}soon", replacement: "-registry.k8s.io/x\rY"),
          .make(
            .make("a\u{202E}txt.exe", "Pod\u{200B}", "👩‍🚀🇩🇪❤️"),
            image: .invalid(raw: "\t=HYPERLINK(\"x\")\n\u{E0041}", reason: "control\u{9B}"),
            kind: .invalidReference, container: "", role: .imageVolume, rule: nil, fate: .ok,
            certainty: nil, exposure: .failing, risk: .low),
          .make(
            .make("é\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}x", "DaemonSet", "\u{0301}עברית"),
            image: .placeholder(raw: "{{ .Values.image }}", reason: "unrendered template"),
            kind: .placeholder, rule: nil, fate: .ok, certainty: nil, risk: .info),
        ],
        workloads: ["日本語の名前空間": 1], useCount: 3,
        coverage: [
          CoverageEntry(
            resource: "things.\u{1B}c", namespace: "日本語の名前空間", state: .failed,
            reason: "\u{1B}[1A\u{1B}[2Khidden, \"quoted\"\nsecond line")
        ])
    ])
}
