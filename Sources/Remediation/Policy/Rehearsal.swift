import ImageReferences
package import Inventory
import RegistryCatalogue
package import Reports

/// What a policy would do to the objects of a report, were each of them applied today.
package struct Rehearsal: Hashable, Sendable {
  package enum Effect: String, Hashable, Sendable, CaseIterable {
    case denied
    case warned
    case audited
    case rewritten
    /// No machine can tell the new place.
    case kept
    /// The policy does not look there.
    case notJudged = "not-judged"
  }

  /// One image of one object.
  package struct Row: Hashable, Sendable {
    package let use: ImageUse
    package let team: String?
    package let rule: String
    package let effect: Effect
    /// When it happens, or why it does not.
    package let circumstance: String
    /// What a machine may write in its stead.
    package let replacement: String?
  }

  /// One cluster's part.
  package struct Cluster: Hashable, Sendable {
    package let context: String
    package let serverVersion: String?
    /// In the report's order.
    package let rows: [Row]
    /// Findings of old revisions and of what has ended, which are no rows: a report counts them and
    /// need not list them, so that it is not told which of them the policy would judge. Nil where a
    /// filter may have left out some of those that are not listed.
    package let past: Int?
    /// What was not read, in words.
    package let gaps: [String]
    /// Why nothing could be read.
    package let failure: String?
  }

  /// What happens in one namespace to one team's workloads.
  package struct Group: Hashable, Sendable {
    package let namespace: String
    package let team: String?
    /// A workload counts once for each effect.
    package let workloads: [Effect: Int]
  }

  package let options: PolicyOptions
  package let meaning: PolicyMeaning
  package let clusters: [Cluster]

  /// Of the embedded sample cluster.
  package let isSample: Bool

  package init(_ report: Report, meaning: PolicyMeaning, options: PolicyOptions) {
    self.meaning = meaning
    self.options = options
    isSample = report.isSample
    clusters = report.clusters.map { cluster in
      var rows: [Row] = []
      for finding in cluster.findings where !finding.isHistory {
        guard case .judged(let rule, let replacement) = meaning.decide(finding.use.image.text)
        else { continue }
        let (effect, circumstance) = Self.outcome(finding, replacement, options)
        rows.append(
          Row(
            use: finding.use, team: finding.team, rule: rule.id, effect: effect,
            circumstance: circumstance, replacement: replacement))
      }
      return Cluster(
        context: cluster.displayName, serverVersion: cluster.serverVersion,
        rows: rows,
        past: cluster.isHistoryUncounted ? nil : cluster.historyTotals.uses,
        gaps: cluster.gapsInWords,
        failure: cluster.failure)
    }
  }

  /// Whether any row names a team.
  package var hasTeams: Bool { clusters.contains { $0.rows.contains { $0.team != nil } } }

  private static func outcome(
    _ finding: Finding, _ replacement: String?, _ options: PolicyOptions
  ) -> (Effect, String) {
    let use = finding.use
    let identity = use.workload
    switch use.role {
    case .sandbox: return (.notJudged, "the container runtime's own image")
    case .configuration, .environment, .argument:
      return (.notJudged, "only named; what is made of it is judged then")
    case .container, .initContainer, .sidecar, .ephemeral, .imageVolume: break
    }
    if isStatic(finding.workload) { return (.notJudged, "a static Pod, which its node runs") }
    if options.engine == .mutatingAdmissionPolicy || options.action == .rewrite {
      return replacement == nil
        ? (.kept, "a person has to choose its new place") : (.rewritten, "in its next Pods")
    }
    let effect: Effect =
      switch options.action {
      case .deny: .denied
      case .warn: .warned
      case .audit, .rewrite: .audited
      }
    let isJudgedKind = PolicyShape.kinds.contains("\(identity.apiVersion)/\(identity.kind)")
    if options.includesOwned { return (effect, "in its next Pods") }
    if use.origin == .injected, isJudgedKind {
      return (.notJudged, "injected into the Pods of an object that is judged without it")
    }
    guard isJudgedKind else { return (effect, "when it makes Pods or workloads") }
    return (effect, "when it is created anew")
  }

  /// A mirror pod; a report that was read has only the sentence about who manages it.
  private static func isStatic(_ workload: Workload) -> Bool {
    workload.identity.kind == "Pod"
      && (workload.annotations["kubernetes.io/config.mirror"] != nil
        || workload.managedBy?.hasPrefix("the kubelet: ") == true)
  }
}

extension Rehearsal.Cluster {
  /// By namespace, then by team.
  package var groups: [Rehearsal.Group] {
    struct Key: Hashable {
      let namespace: String
      let team: String?
    }
    return Dictionary(grouping: rows) { Key(namespace: $0.use.workload.namespace, team: $0.team) }
      .map { key, rows in
        let workloads = Dictionary(grouping: rows, by: \.effect).mapValues {
          Set($0.map(\.use.workload)).count
        }
        return Rehearsal.Group(namespace: key.namespace, team: key.team, workloads: workloads)
      }
      .sorted { ($0.namespace, $0.team ?? "") < ($1.namespace, $1.team ?? "") }
  }
}
