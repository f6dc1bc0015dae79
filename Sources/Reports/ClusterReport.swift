package import Inventory

/// One cluster's part of a report.
package struct ClusterReport: Hashable, Sendable {
  /// The contexts that lead to it.
  package var contexts: [String]
  package var server: String
  /// The UID of the namespace kube-system; nil when it could not be read.
  package var clusterUID: String?
  /// `gitVersion`, for example `v1.31.2`.
  package var serverVersion: String?
  /// Why nothing at all could be read; nil when something was.
  package var failure: String?
  /// Every namespace that exists or holds a workload, worst first.
  package var namespaces: [NamespaceReport]
  /// Findings in `FindingOrder`, history included; with `--all-images` clean uses too.
  package var findings: [Finding]
  package var workloadCount: Int
  package var useCount: Int
  /// Findings that the report's filter left out.
  package var filteredFindings = 0
  /// Whether more than whole namespaces was left out of it.
  package var isNarrowed = false
  /// The whole ledger, sorted.
  package var coverage: [CoverageEntry]
  /// Nil for a cluster; of files the count of what was read.
  package var files: FileTally?
  /// Findings that a comment in their file asks to ignore; they stand in no other list or number.
  package var ignored: [Finding] = []
  /// Of a report that was read: history that it counts and does not list.
  package var unlistedHistory = HistoryTotals(uses: 0, workloads: 0)
  /// Whether a filter took that away: nobody knows how much of it passes.
  package var isHistoryUncounted = false
  /// What its server's certificate was checked against: `system`, or the hexadecimal SHA-256 of
  /// the certificate authorities; nil when it was not checked or nobody said.
  package var authority: String?
  /// Contexts of clusters with the same UID and another certificate authority.
  package var possibleDuplicateOf: [String] = []
  /// Of a cluster that was merged into this report; nil: as the report says.
  package var stamp: ScanStamp?
  /// Sorted by name; nil when nodes were not read.
  package var nodes: [NodeReport]?

  package init(
    contexts: [String], server: String, clusterUID: String? = nil, serverVersion: String? = nil,
    failure: String? = nil, namespaces: [NamespaceReport] = [], findings: [Finding] = [],
    workloadCount: Int = 0, useCount: Int = 0, coverage: [CoverageEntry] = [],
    nodes: [NodeReport]? = nil
  ) {
    self.contexts = contexts
    self.server = server
    self.clusterUID = clusterUID
    self.serverVersion = serverVersion
    self.failure = failure
    self.namespaces = namespaces
    self.findings = findings
    self.workloadCount = workloadCount
    self.useCount = useCount
    self.coverage = coverage
    self.nodes = nodes
  }

  /// What tells it from other clusters: its first context, else its server; as they are spelled.
  package var displayName: String {
    contexts.first ?? server
  }

  /// What people call the cluster: its contexts, else its server; sanitised.
  package var title: String {
    let names = contexts.isEmpty ? [server] : contexts
    return names.map(TerminalText.sanitized).joined(separator: ", ")
  }

  /// Whether anything that holds images was not read.
  package var hasUnreadImages: Bool {
    failure != nil || coverage.contains(where: \.mayHideImages)
  }

  var lacksPods: Bool {
    failure != nil
      || coverage.contains { ($0.isGap || $0.isLeftOut) && $0.resource == "pods" }
  }
}
