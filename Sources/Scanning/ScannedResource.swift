import HelmReleases
import Inventory
import KubernetesAPI

/// A built-in kind that a scan reads, with the versions that this program decodes.
struct ScannedResource: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case pods
    case workloads(WorkloadKind)
    case configMaps
    case controllerRevisions
    case helmReleases(HelmDriver)
  }

  let group: String
  let name: String
  /// In order of preference; all have the same shape where it matters.
  let versions: [String]
  let content: Content
  /// Whether a cluster may hold very many: such lists are asked for whole where that is cheaper.
  let isLarge: Bool

  /// Its name in the ledger.
  var qualifiedName: String {
    switch content {
    case .helmReleases(.secret): Self.helmReleases
    case .helmReleases(.configMap): "\(Self.helmReleases) in configmaps"
    default: group.isEmpty ? name : "\(name).\(group)"
    }
  }

  /// What the ledger calls Helm's releases: few of the Secrets are any.
  static let helmReleases = "helm releases"

  var kind: String {
    switch content {
    case .pods: "Pod"
    case .workloads(let kind): kind.rawValue
    case .configMaps: "ConfigMap"
    case .controllerRevisions: "ControllerRevision"
    case .helmReleases(let driver): driver.kind
    }
  }

  /// What to ask for when discovery itself is refused.
  var assumedInEveryVersion: [APIResource] {
    versions.map { APIResource(group: group, version: $0, name: name, kind: kind) }
  }

  var expectedVersions: String {
    "expected \(versions.map { group.isEmpty ? $0 : "\(group)/\($0)" }.joined(separator: " or "))"
  }

  static let pods = ScannedResource(
    group: "", name: "pods", versions: ["v1"], content: .pods, isLarge: true)

  /// Every built-in kind with a pod template, and Pods. `apps/v1` and `batch/v1` Jobs are served
  /// since 1.9 and 1.2; CronJobs moved from `v1beta1` to `v1` in 1.21 and left `v1beta1` in 1.25.
  static let all: [ScannedResource] = [
    pods,
    .init(
      group: "apps", name: "replicasets", versions: ["v1"], content: .workloads(.replicaSet),
      isLarge: true),
    .init(
      group: "batch", name: "jobs", versions: ["v1"], content: .workloads(.job), isLarge: true),
    .init(
      group: "apps", name: "deployments", versions: ["v1"], content: .workloads(.deployment),
      isLarge: false),
    .init(
      group: "apps", name: "statefulsets", versions: ["v1"], content: .workloads(.statefulSet),
      isLarge: false),
    .init(
      group: "apps", name: "daemonsets", versions: ["v1"], content: .workloads(.daemonSet),
      isLarge: false),
    .init(
      group: "batch", name: "cronjobs", versions: ["v1", "v1beta1"],
      content: .workloads(.cronJob), isLarge: false),
    .init(
      group: "", name: "replicationcontrollers", versions: ["v1"],
      content: .workloads(.replicationController), isLarge: false),
    .init(
      group: "", name: "podtemplates", versions: ["v1"], content: .workloads(.podTemplate),
      isLarge: false),
  ]
  /// What only some scans read.
  static func extras(_ options: ScanOptions) -> [ScannedResource] {
    var extras: [ScannedResource] = options.configMaps ? [.configMaps] : []
    if options.history {
      extras.append(
        .init(
          group: "apps", name: "controllerrevisions", versions: ["v1"],
          content: .controllerRevisions, isLarge: false))
    }
    if options.helm {
      extras += [
        .init(
          group: "", name: "secrets", versions: ["v1"], content: .helmReleases(.secret),
          isLarge: false),
        .init(
          group: "", name: "configmaps", versions: ["v1"], content: .helmReleases(.configMap),
          isLarge: false),
      ]
    }
    return extras
  }
}
