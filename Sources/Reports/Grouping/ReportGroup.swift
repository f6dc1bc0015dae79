package import Inventory
package import RegistryCatalogue

/// Findings that have something in common, summed up: one row of `--by`, one section of a document.
///
/// History is left out of every number, as everywhere; what is mitigated counts as no risk.
package struct ReportGroup: Hashable, Sendable {
  /// What the findings have in common.
  package enum Subject: Hashable, Sendable {
    /// Empty for cluster-scoped objects.
    case namespace(String)
    case workload(WorkloadIdentity)
    /// The normalised reference; texts that are no reference as they were written.
    case image(String, tag: String?, digest: String?)
    /// Its host; nil for texts that name no image.
    case registry(String?)
    /// Its id; without a rule the word for the kind of finding (`pull-failing`, `clean`).
    case rule(String)
    /// Nil: no team is known.
    case team(String?)
    /// Nil: uses without a Pod on any node.
    case node(String?)
    case cluster
  }

  /// One finding, and where in `Report.clusters` it stands.
  package struct Member: Hashable, Sendable {
    package let cluster: Int
    package let finding: Finding
  }

  package var subject: Subject
  /// The position in `Report.clusters` of the one cluster it stands in; nil where it may span
  /// several.
  package var cluster: Int?
  /// The worst risk of what was read.
  package var risk: Risk
  /// Something that may belong to it was not read: `risk` and counts are lower bounds.
  package var isPartlyUnknown: Bool
  /// Workloads that it holds, as far as they were read, those without findings included.
  package var workloads: Int
  /// Workloads with a finding of `low` or worse; each counts once.
  package var atRisk: Int
  /// Of these, how many have a finding with that exposure (a workload may count in several).
  package var byExposure: [Exposure: Int]
  /// Workloads by the worst of their findings; what is left of `workloads` is clean.
  package var byRisk: [Risk: Int]
  /// Different images (normalised) among its findings.
  package var images: Int
  /// Namespaces and clusters in which its findings stand; of a cluster, the namespaces it has.
  package var namespaces: Int
  package var clusters: Int
  /// The first finding in order; nil when there is none.
  package var worst: Member?
  /// What is wrong in it, worst first; clean uses, history and what is mitigated are left out.
  package var findings: [Member]
  /// Workloads of which everything that was found is mitigated.
  package var mitigated: Int
  /// A filter left something out that may belong to it.
  package var isNarrowed: Bool
  /// Of a node that was read.
  package var node: NodeReport?

  /// Nothing was found, everything that may belong to it was read, and nothing was set aside.
  package var isClean: Bool {
    risk == .clean && !isPartlyUnknown && !isNarrowed && mitigated == 0
  }

  /// Nothing is left of what was found: a filter may have taken the rest.
  package var isFiltered: Bool {
    risk == .clean && !isPartlyUnknown && isNarrowed
  }

  /// Nothing is at risk: what was found is mitigated.
  package var isMitigated: Bool {
    risk == .clean && !isPartlyUnknown && !isNarrowed && mitigated > 0
  }

  /// It is a cluster of which nothing could be read.
  func isUnread(in report: Report) -> Bool {
    subject == .cluster && cluster.map { report.clusters[$0].failure != nil } == true
  }

  /// Nothing was found in what was read, but not everything was.
  package var isUnknown: Bool {
    risk == .clean && isPartlyUnknown
  }

  /// The word of the RISK column: `high`, `medium+?` (a lower bound), `unknown`, `filtered`,
  /// `mitigated` or `clean`.
  package var riskWord: String {
    if risk != .clean { return isPartlyUnknown ? "\(risk.rawValue)+?" : risk.rawValue }
    if isUnknown { return "unknown" }
    if isFiltered { return "filtered" }
    return isMitigated ? "mitigated" : risk.rawValue
  }

  /// Its name for people, sanitised; words in parentheses where nothing has a name. A cluster is
  /// called by its contexts: `ClusterReport.title`.
  package func title(in report: Report) -> String {
    switch subject {
    case .namespace(let name): PlaceWords.namespace(name)
    case .workload(let workload): WorkloadLabel(workload).whole
    case .image(let text, _, _), .rule(let text): TerminalText.sanitized(text)
    case .registry(let host): host.map(TerminalText.sanitized) ?? "(no image)"
    case .team(let team): team.map(TerminalText.sanitized) ?? "(no team)"
    case .node(let name): name.map(TerminalText.sanitized) ?? "(no node)"
    case .cluster: cluster.map { report.clusters[$0].title } ?? ""
    }
  }
}
