/// Objects that hold a Pod's specification at one place, and are judged by one policy.
package enum PolicyShape: String, Hashable, Sendable, CaseIterable {
  case pods
  case workloads
  case cronJobs = "cronjobs"
  case podTemplates = "podtemplates"

  struct ResourceRule: Hashable {
    let group: String
    let version: String
    let resources: [String]
    /// In the same order; a subresource has none.
    let kinds: [String]
  }

  /// `resources: pods` does not include subresources: ephemeral containers come through their own.
  var resourceRules: [ResourceRule] {
    switch self {
    case .pods:
      [
        ResourceRule(
          group: "", version: "v1", resources: ["pods", "pods/ephemeralcontainers"],
          kinds: ["Pod"])
      ]
    case .workloads:
      [
        ResourceRule(
          group: "apps", version: "v1",
          resources: ["deployments", "replicasets", "statefulsets", "daemonsets"],
          kinds: ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]),
        ResourceRule(group: "batch", version: "v1", resources: ["jobs"], kinds: ["Job"]),
        ResourceRule(
          group: "", version: "v1", resources: ["replicationcontrollers"],
          kinds: ["ReplicationController"]),
      ]
    case .cronJobs:
      [ResourceRule(group: "batch", version: "v1", resources: ["cronjobs"], kinds: ["CronJob"])]
    case .podTemplates:
      [
        ResourceRule(
          group: "", version: "v1", resources: ["podtemplates"], kinds: ["PodTemplate"])
      ]
    }
  }

  /// From the object to the Pod's specification.
  var path: [String] {
    switch self {
    case .pods: ["spec"]
    case .workloads: ["spec", "template", "spec"]
    case .cronJobs: ["spec", "jobTemplate", "spec", "template", "spec"]
    case .podTemplates: ["template", "spec"]
    }
  }

  /// `GROUP/KIND` of the owners that are judged themselves (`v1/KIND` of the core group): what they
  /// make holds what they were allowed to hold.
  var judgedOwners: [String] {
    switch self {
    case .pods:
      [
        "apps/ReplicaSet", "apps/StatefulSet", "apps/DaemonSet", "batch/Job",
        "v1/ReplicationController",
      ]
    case .workloads: ["apps/Deployment", "batch/CronJob"]
    case .cronJobs, .podTemplates: []
    }
  }

  /// The kinds that a policy judges, as `apiVersion/Kind`.
  package static let kinds: Set<String> = Set(
    allCases.flatMap(\.resourceRules).flatMap { rule in
      rule.kinds.map { "\(rule.group.isEmpty ? "" : rule.group + "/")\(rule.version)/\($0)" }
    })
}
