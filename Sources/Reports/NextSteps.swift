import Inventory
import RegistryCatalogue

/// The commands that a report proposes. Pasted into a shell they reach the same cluster, judge by
/// the same day and files, and show the same part; one that would need a name that cannot be typed
/// is left out.
struct NextSteps {
  private static let program = "kubectl gcr-report"

  let report: Report

  /// What a document for people ends with, in the order of use.
  func ofDocument() -> [String] {
    let worst = report.clusters.compactMap { cluster in
      cluster.namespaces.first { $0.worst != nil }.map { (cluster, $0) }
    }
    .enumerated()
    .max { ($0.element.1.risk, $1.offset) < ($1.element.1.risk, $0.offset) }?.element
    var commands: [String?] = []
    if let (cluster, namespace) = worst {
      commands.append(list(namespace.name, of: cluster))
      if let finding = namespace.worst {
        commands += [explain(finding, of: cluster), rule(of: finding)]
        commands.append(fix(namespace.name, of: cluster))
      }
    }
    return (commands + report.clusters.map(access)).compactMap(\.self)
  }

  /// Every finding of a namespace; of the sample all there are.
  func list(_ namespace: String, of cluster: ClusterReport) -> String? {
    if report.isSample {
      return command(" demo", report.target.namespacesText, filter, judging, " -o wide")
    }
    guard cluster.files == nil, let name = ShellWord.text(namespace) else { return nil }
    return command(" -n \(name)", connection(cluster), filter, judging, " -o wide")
  }

  /// A finding's whole story. The sample's workloads are in no cluster that could be asked.
  func explain(_ finding: Finding, of cluster: ClusterReport) -> String? {
    let workload = finding.use.workload
    let place = [workload.namespace, workload.kind, workload.name].filter { !$0.isEmpty }
    guard !report.isSample, cluster.files == nil, place.count > 1,
      let word = ShellWord.text(place.joined(separator: "/"))
    else { return nil }
    return command(" explain \(word)", connection(cluster), judging)
  }

  /// The story of the registry behind a finding.
  func rule(of finding: Finding) -> String? {
    guard let rule = finding.rule.flatMap(ShellWord.text) else { return nil }
    return command(" rules \(rule)", TargetFlags.text(report.target.rules))
  }

  /// The changes that make a namespace's findings go away, where one of them has a replacement.
  func fix(_ namespace: String, of cluster: ClusterReport) -> String? {
    guard !report.isSample, cluster.files == nil, !namespace.isEmpty,
      let name = ShellWord.text(namespace),
      cluster.findings.contains(where: {
        $0.counts && $0.replacement != nil && $0.use.workload.namespace == namespace
      })
    else { return nil }
    // What only a rollback brings back is not to be changed.
    let judging = TargetFlags.text(report.target.judging.filter { $0.name != "--include" })
    return command(" fix -n \(name)", connection(cluster), filterOfFix, judging)
  }

  /// Which rights are missing, where some are. The sample's own gap is not the reader's to close.
  func access(_ cluster: ClusterReport) -> String? {
    guard !report.isSample, cluster.coverage.contains(where: { $0.state == .forbidden }) else {
      return nil
    }
    let reading = report.target.judging.filter { ["--helm", "--configmaps"].contains($0.name) }
    return command(
      " access", connection(cluster), report.target.namespacesText, TargetFlags.text(reading))
  }

  // MARK: Parts

  /// Nil when one of the parts is.
  private func command(_ parts: String?...) -> String? {
    var text = Self.program
    for part in parts {
      guard let part else { return nil }
      text += part
    }
    return text
  }

  /// The flags that reach this cluster again: those that the user gave, and after a sweep this
  /// one's context.
  private func connection(_ cluster: ClusterReport) -> String? {
    guard let connection = TargetFlags.text(report.target.connection) else { return nil }
    guard report.clusters.count > 1 || report.target.isSweep else { return connection }
    guard let word = cluster.contexts.first.flatMap(ShellWord.text) else { return nil }
    return "\(connection) --context \(word)"
  }

  private var judging: String? { TargetFlags.text(report.target.judging) }

  /// Without the namespaces: a command names its own.
  private var filter: String? { text(report.filter) }

  /// `fix` takes no `-l`.
  private var filterOfFix: String? {
    var filter = report.filter
    filter.selector = nil
    return text(filter)
  }

  private func text(_ filter: ReportFilter) -> String? {
    var filter = filter
    filter.namespaces = []
    if !report.isSample { filter.excludedNamespaces = [] }
    return TargetFlags.text(filter.given)
  }
}
