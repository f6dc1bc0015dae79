import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

extension WorkloadIdentity {
  /// `apps/v1 shop/Deployment/web`, `v1 Node/a`
  static func make(_ text: String) -> WorkloadIdentity {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let parts = words[1].split(separator: "/", maxSplits: 2).map(String.init)
    return WorkloadIdentity(
      apiVersion: words[0], kind: parts[parts.count - 2],
      namespace: parts.count == 3 ? parts[0] : "", name: parts[parts.count - 1])
  }
}

extension Finding {
  static let path = "spec.template.spec.containers[0].image"

  /// A mechanical one of a Deployment, unless it is told otherwise.
  static func make(
    _ workload: String = "apps/v1 shop/Deployment/web", path: String = path,
    container: String = "app", role: ContainerRole = .container,
    image: String = "k8s.gcr.io/web:1.0", to replacement: String? = "registry.k8s.io/web:1.0",
    isMechanical: Bool = true, origin: UseOrigin = .template, managedBy: String? = nil,
    notes: [String] = [], confidence: UseConfidence = .known, wasRead: Bool = true,
    kind: Kind = .registry, risk: Risk = .medium, exposure: Exposure = .pulls,
    activity: Activity = .active(desired: 2), waiver: Waiver? = nil
  ) -> Finding {
    let identity = WorkloadIdentity.make(workload)
    var use = ImageUse(
      workload: identity, activity: activity, path: path, container: container, role: role,
      image: ImageText.parse(image), pullPolicy: .ifNotPresent, origin: origin,
      confidence: confidence)
    use.notes = notes
    return Finding(
      kind: kind, use: use,
      workload: Workload(
        identity: identity, activity: activity, managedBy: managedBy, wasRead: wasRead),
      rule: "k8s-gcr-io", fate: .frozen, certainty: .primary, exposure: exposure, risk: risk,
      replacement: replacement, isReplacementMechanical: isMechanical, waiver: waiver)
  }
}

enum Samples {
  static let uid = "0b5ac0de-1111-2222-3333-444455556666"
  static let digest = "sha256:" + String(repeating: "ab", count: 32)

  static func cluster(
    _ findings: [Finding], contexts: [String] = ["prod"], coverage: [CoverageEntry] = []
  ) -> ClusterReport {
    ClusterReport(
      contexts: contexts, server: "https://api.example.com", clusterUID: uid,
      serverVersion: "v1.31.2", findings: findings.sorted(by: FindingOrder.precedes),
      workloadCount: findings.count, useCount: findings.count, coverage: coverage)
  }

  static func report(_ clusters: ClusterReport...) throws -> Report {
    let day = try #require(CalendarDate("2026-11-21"))
    return Report(
      toolVersion: "0.0.0", scannedAt: 1_795_252_149, asOf: day,
      catalogue: CatalogueStamp(version: "2026.11.20", date: day, sha256: "00"),
      clusters: clusters,
      rules: [
        RuleSummary(
          id: "k8s-gcr-io", title: "k8s.gcr.io", what: "Frozen.",
          advice: "Use registry.k8s.io.", sources: [])
      ])
  }

  static func plan(_ findings: Finding...) throws -> FixPlan {
    FixPlan(try report(cluster(findings)))
  }

  /// Every list of a plan, every kind of place, and names that want to be something else.
  static func everything() throws -> Report {
    let evil = "\u{1B}[2J'; rm -rf / #`$(id)`\n\u{202E}"
    return try report(
      cluster(
        [
          .make(risk: .critical, exposure: .failing),
          .make(
            path: "spec.template.spec.initContainers[1].image", container: "init",
            role: .initContainer, image: "gcr.io/google_containers/pause:3.2@\(digest)",
            to: "registry.k8s.io/pause:3.2@\(digest)"),
          .make(
            "apps/v1 shop/Deployment/operator",
            path: "spec.template.spec.containers[0].env[3].value", role: .environment,
            notes: ["in the environment variable RELATED_IMAGE_X"], activity: .scaledToZero),
          .make(
            "apps/v1 shop/Deployment/operator",
            path: "spec.template.spec.containers[0].args[1]", role: .argument,
            notes: ["in the argument --image"], activity: .scaledToZero),
          .make("apps/v1 kube-system/DaemonSet/kube-proxy", risk: .high),
          .make(
            "monitoring.coreos.com/v1 obs/Prometheus/main", path: "spec.image", container: "image",
            role: .configuration),
          .make(
            "batch/v1 shop/CronJob/nightly",
            path: "spec.jobTemplate.spec.template.spec.containers[0].image"),
          // Two tags of one name that go to different places.
          .make(
            "apps/v1 two/Deployment/a", image: "k8s.gcr.io/x:1", to: "registry.k8s.io/x:1"),
          .make(
            "apps/v1 two/Deployment/b.c", image: "k8s.gcr.io/x:2", to: "quay.io/x/x:2"),
          .make(
            "apps/v1 shop/Deployment/chart", managedBy: "Helm release \"shop/rel\" chart app-1.2.3",
            notes: ["set by Helm values image.registry and image.repository (the chart's default)"]),
          .make(
            "apps/v1 shop/StatefulSet/chart-db", container: "db",
            image: "k8s.gcr.io/db:2@\(digest)", to: "registry.k8s.io/db:2@\(digest)",
            managedBy: "Helm release \"shop/rel\" chart app-1.2.3",
            notes: ["set by Helm value db\\.x.image with its tag"]),
          .make("apps/v1 shop/Deployment/gitops", managedBy: "Argo CD Application \"shop\""),
          .make(
            "v1 kube-system/Pod/kube-apiserver-node-1", path: "spec.containers[0].image",
            container: "kube-apiserver",
            managedBy: "the kubelet: edit the static pod file on node"
              + " \"node-1\", not the API object"),
          .make(
            "v1 kube-system/ConfigMap/kubeadm-config",
            path: "data.ClusterConfiguration.imageRepository", container: "imageRepository",
            role: .configuration, image: "k8s.gcr.io/x", to: "registry.k8s.io",
            notes: ["a repository prefix, judged by k8s.gcr.io/kube-apiserver:v1.24.0"]),
          .make("batch/v1 shop/Job/once"),
          .make("apps/v1 shop/Deployment/mesh", container: "istio-proxy", origin: .injected),
          .make("apps/v1 shop/Deployment/old", to: "ghcr.io/new/web", isMechanical: false),
          .make("apps/v1 shop/Deployment/own", image: "gcr.io/acme/app:1", to: nil),
          .make("apps/v1 shop/Deployment/\(evil)", container: evil),
          .make(
            "apps/v1 shop/Deployment/hostile", container: "*", managedBy: nil, notes: [evil]),
          .make(
            "apps/v1 shop/Deployment/rel2", managedBy: "Helm release \"\(evil)\" chart \(evil)"),
          .make(
            "apps/v1 shop/Deployment/waived",
            waiver: Waiver(
              kind: .mitigated, reason: evil,
              until: try #require(CalendarDate("2027-01-01")))),
          .make("apps/v1 shop/Deployment/past", exposure: .history, activity: .history),
        ],
        coverage: [
          CoverageEntry(resource: "jobs.batch", namespace: "vault", state: .forbidden)
        ]))
  }
}
