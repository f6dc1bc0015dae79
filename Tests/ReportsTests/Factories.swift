import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

extension CalendarDate {
  static func make(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else {
      Issue.record("not a date: \(text)")
      return CalendarDate(secondsSince1970: 0)
    }
    return date
  }
}

extension ImageText {
  /// A reference put together by hand: these tests depend on no parser.
  static func make(
    _ raw: String, registry: String, _ repository: String, tag: String? = nil,
    digest: String? = nil
  ) -> ImageText {
    .reference(
      ImageReference(
        raw: raw, registry: registry, repository: repository, tag: tag, digest: digest))
  }

  static func make(
    registry: String = "k8s.gcr.io", _ repository: String, tag: String? = "1.0",
    digest: String? = nil
  ) -> ImageText {
    let raw =
      "\(registry)/\(repository)" + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
    return make(raw, registry: registry, repository, tag: tag, digest: digest)
  }
}

extension WorkloadIdentity {
  static func make(
    _ namespace: String = "shop", _ kind: String = "Deployment", _ name: String = "web"
  ) -> WorkloadIdentity {
    let apiVersion =
      switch kind {
      case "CronJob", "Job": "batch/v1"
      case "Pod": "v1"
      default: "apps/v1"
      }
    return WorkloadIdentity(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
  }
}

extension Finding {
  static func make(
    _ workload: WorkloadIdentity = .make(), image: ImageText = .make("web"),
    kind: Kind = .registry, activity: Activity = .active(desired: 2), container: String = "app",
    role: ContainerRole = .container, policy: PullPolicy = .ifNotPresent,
    origin: UseOrigin = .template, podCount: Int = 0, nodes: [String] = [],
    failures: [StartFailure] = [], managedBy: String? = nil, team: String? = nil,
    rule: String? = "k8s-gcr-io", fate: Fate = .frozen, certainty: Certainty? = .primary,
    exposure: Exposure = .pulls, risk: Risk = .medium, reasons: [String] = [],
    outlook: String? = nil, replacement: String? = nil, isMechanical: Bool = false,
    waivedUntil: CalendarDate? = nil, waiver: Waiver.Kind = .accepted,
    nodesWithImage: Int? = nil, nodesTotal: Int? = nil
  ) -> Finding {
    Finding(
      kind: kind,
      use: ImageUse(
        workload: workload, activity: activity,
        path: "spec.template.spec.containers[0].image", container: container, role: role,
        image: image, pullPolicy: policy, origin: origin, podCount: podCount, nodes: nodes,
        failures: failures),
      workload: Workload(
        identity: workload, uid: "", activity: activity, managedBy: managedBy),
      team: team, rule: rule, fate: fate, certainty: certainty, exposure: exposure, risk: risk,
      reasons: reasons, outlook: outlook, replacement: replacement,
      isReplacementMechanical: isMechanical,
      waiver: waivedUntil.map { Waiver(kind: waiver, reason: "known", until: $0) },
      nodesWithImage: nodesWithImage, nodesTotal: nodesTotal)
  }
}

extension ClusterReport {
  /// Sorted and grouped as a scan does it.
  static func make(
    contexts: [String] = ["prod-eu"], version: String? = "v1.31.2", failure: String? = nil,
    namespaces: [String] = [], findings: [Finding] = [], workloads: [String: Int] = [:],
    useCount: Int = 0, coverage: [CoverageEntry] = []
  ) -> ClusterReport {
    ClusterReport(
      contexts: contexts, server: "https://10.0.0.1:6443",
      clusterUID: failure == nil ? "0b5c3f1e-0000-4000-8000-000000000001" : nil,
      serverVersion: version, failure: failure,
      namespaces: NamespaceGrouping.make(
        findings: findings, namespaces: namespaces, coverage: coverage, workloads: workloads),
      findings: findings.sorted(by: FindingOrder.precedes),
      workloadCount: workloads.values.reduce(0, +), useCount: useCount,
      coverage: coverage.sorted())
  }
}

extension Report {
  /// Scanned 2026-11-21T08:09:09Z with a catalogue of the day before.
  static func make(
    asOf: String = "2026-11-21", catalogueDate: String = "2026-11-20", userRules: String? = nil,
    isSample: Bool = false, includesHistory: Bool = false, includesCleanImages: Bool = false,
    clusters: [ClusterReport] = [.make()]
  ) -> Report {
    Report(
      toolVersion: "0.1.0", scannedAt: 1_795_248_549, asOf: .make(asOf),
      catalogue: CatalogueStamp(
        version: catalogueDate, date: .make(catalogueDate),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        userRules: userRules),
      isSample: isSample, includesHistory: includesHistory,
      includesCleanImages: includesCleanImages, clusters: clusters,
      rules: [
        RuleSummary(
          id: "k8s-gcr-io", title: "The old home of Kubernetes' images",
          what: "k8s.gcr.io has been frozen since 2023-04-03.",
          advice: "Use registry.k8s.io: same paths, tags and digests.",
          sources: ["https://kubernetes.io/blog/2023/03/10/image-registry-redirect/"])
      ])
  }
}

extension Report: CustomTestStringConvertible {
  package var testDescription: String {
    clusters.flatMap(\.contexts).map { TerminalText.sanitized($0) }.joined(separator: ", ")
      + " as of \(asOf)"
  }
}
