import Inventory
import KubernetesAPI
import Reports
import Scanning

/// What the words of the `access` table are.
enum AccessWording {
  private static let namedNamespaces = 3

  static func clusterWide(_ entry: AccessReport.Entry) -> String {
    switch entry.clusterWide {
    case true?: "yes"
    case false?: "no"
    case nil: "unknown"
    }
  }

  /// `all`, `2 of 14: a, b`, `12 of 14: all but a, b`, `none of 14`; `-` where namespaces do not
  /// matter. What is counted are the namespaces that a scan would look into.
  static func namespaces(_ entry: AccessReport.Entry) -> String {
    guard let answers = entry.namespaces else {
      return entry.clusterWide == true && entry.need.resource.isNamespaced ? "all" : "-"
    }
    var text: String
    let total = "\(CountWords.grouped(answers.count))\(answers.isComplete ? "" : " known")"
    let others = answers.refused + answers.unknown + answers.leftOut
    if answers.allowed.isEmpty {
      text = "none of \(total)" + (answers.count <= namedNamespaces ? ": \(list(others))" : "")
    } else {
      text = "\(CountWords.grouped(answers.allowed.count)) of \(total)"
      let isShorterByOthers =
        !others.isEmpty && answers.allowed.count > namedNamespaces
        && others.count <= namedNamespaces
      text +=
        isShorterByOthers ? ": all but \(list(others.sorted()))" : ": \(list(answers.allowed))"
    }
    if !answers.unknown.isEmpty {
      text += "; unknown in \(CountWords.grouped(answers.unknown.count))"
    }
    if !answers.leftOut.isEmpty {
      text += "; \(CountWords.grouped(answers.leftOut.count)) not asked about"
    }
    return text
  }

  /// What the report does not know without it.
  static func loss(_ purpose: AccessNeed.Purpose) -> String {
    switch purpose {
    case .pods:
      "which images run, which pulls fail, and Pods without a template"
    case .workloads(.replicaSet):
      "which Deployment a Pod belongs to, and the images of old revisions"
    case .workloads(.job):
      "images of Jobs, and which CronJob a Pod belongs to"
    case .workloads(.cronJob):
      "images of CronJobs, which the next run pulls"
    case .workloads(.podTemplate):
      "images that PodTemplates hold ready"
    case .workloads(let kind):
      "images of \(kind.rawValue)s, running or scaled to zero"
    case .revisions:
      "images of old DaemonSets and StatefulSets, which a rollback brings back"
    case .helmReleases:
      "images of Helm's releases and their hooks, and the chart to edit"
    case .nodes:
      "which nodes hold an image: exposure stays unknown"
    case .autoscalers:
      "what may start again by itself: replicas 0 stays unknown"
    case .mirrors:
      "which images a mirror covers already"
    case .apiServices:
      "for certain which kinds other API servers answer for"
    case .definitions:
      "which custom kinds hold images, but for documented ones"
    case .customResources:
      "images that its objects name"
    case .namespaces:
      "which namespaces exist: others than the known ones are not read"
    case .namedNamespace:
      "whether it exists, should nothing be found in it"
    case .configMaps:
      "images that ConfigMaps name"
    case .namedConfigMap:
      "images that it names for other Pods"
    case .events:
      "why Pods wait, where their status does not say"
    case .clusterIdentity:
      "the cluster's identity, which tells it from others"
    }
  }

  private static func list(_ names: [String]) -> String {
    let named = names.prefix(namedNamespaces).map(TerminalText.sanitized).joined(separator: ", ")
    let more = names.count - namedNamespaces
    return more > 0 ? "\(named) and \(CountWords.grouped(more)) more" : named
  }
}
