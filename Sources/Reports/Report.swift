package import Inventory
package import RegistryCatalogue

/// Everything that a renderer may say: complete, classified and in a total order.
package struct Report: Hashable, Sendable {
  package var toolVersion: String
  /// Seconds since 1970-01-01T00:00:00Z when the scan began.
  package var scannedAt: Int64
  package var asOf: CalendarDate
  package var catalogue: CatalogueStamp
  /// True for the embedded sample cluster; every rendering for people says so first.
  package var isSample: Bool
  package static let sampleNotice = "SAMPLE DATA: an embedded cluster, nothing here is yours"
  /// `--include history`.
  package var includesHistory: Bool
  /// `--all-images`.
  package var includesCleanImages: Bool
  /// What is left out on request; never of coverage.
  package var filter = ReportFilter()
  package var clusters: [ClusterReport]
  /// How to reach the same cluster again, for commands to type next.
  package var target = TargetFlags()
  /// The rules that findings name, for formats that explain them.
  package var rules: [RuleSummary]

  package init(
    toolVersion: String, scannedAt: Int64, asOf: CalendarDate, catalogue: CatalogueStamp,
    isSample: Bool = false, includesHistory: Bool = false, includesCleanImages: Bool = false,
    clusters: [ClusterReport], rules: [RuleSummary] = []
  ) {
    self.toolVersion = toolVersion
    self.scannedAt = scannedAt
    self.asOf = asOf
    self.catalogue = catalogue
    self.isSample = isSample
    self.includesHistory = includesHistory
    self.includesCleanImages = includesCleanImages
    self.clusters = clusters
    self.rules = rules
  }

  /// Whether the exposure comes from the specs alone (`--as-of` names another day than the scan's).
  package var isAsOfAnotherDay: Bool {
    stamp.isAsOfAnotherDay
  }
}

/// Which catalogue judged.
package struct CatalogueStamp: Hashable, Sendable {
  package var version: String
  package var date: CalendarDate
  /// Hex SHA-256 of the rules in force, the user's included.
  package var sha256: String
  /// Path of `--rules`, if any.
  package var userRules: String?

  package init(version: String, date: CalendarDate, sha256: String, userRules: String? = nil) {
    self.version = version
    self.date = date
    self.sha256 = sha256
    self.userRules = userRules
  }

  /// - Parameter userRules: path of the rules that `catalogue` has on top of the embedded ones.
  package init(_ catalogue: Catalogue, userRules: String?) {
    self.init(
      version: catalogue.version, date: catalogue.date, sha256: catalogue.sha256,
      userRules: userRules)
  }

  /// Days from the catalogue's date to `day`; above `Catalogue.oldAfterDays` it is called old.
  package func age(on day: CalendarDate) -> Int {
    date.days(until: day)
  }
}

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
}

/// One namespace's line.
package struct NamespaceReport: Hashable, Sendable {
  /// Empty for cluster-scoped objects.
  package var name: String
  /// The worst risk of what was read, history left out.
  package var risk: Risk
  /// A kind that holds images was not read here: `risk` is a lower bound, never `clean`.
  package var isPartlyUnknown: Bool
  package var workloads: Int
  /// Workloads with a finding of `low` or worse; each workload counts once.
  package var atRisk: Int
  /// Of these, how many have a finding with that exposure (a workload may count in several).
  package var byExposure: [Exposure: Int]
  /// The first finding in order; nil when there is none.
  package var worst: Finding?
  /// Workloads of which a filter left out all that counts.
  package var filtered = 0
  /// Workloads of which all that would count is mitigated.
  package var mitigated = 0

  package init(
    name: String, risk: Risk, isPartlyUnknown: Bool, workloads: Int, atRisk: Int,
    byExposure: [Exposure: Int], worst: Finding?
  ) {
    self.name = name
    self.risk = risk
    self.isPartlyUnknown = isPartlyUnknown
    self.workloads = workloads
    self.atRisk = atRisk
    self.byExposure = byExposure
    self.worst = worst
  }
}

extension Report {
  /// Whether a list of findings shows this one: history and clean uses only on request.
  package func shows(_ finding: Finding) -> Bool {
    (!finding.isHistory || includesHistory) && (finding.kind != .clean || includesCleanImages)
  }

  /// The rules that such findings name.
  var namedRules: [RuleSummary] {
    var named: Set<String> = []
    for cluster in clusters {
      for finding in cluster.findings where shows(finding) {
        if let rule = finding.rule { named.insert(rule) }
      }
    }
    return rules.filter { named.contains($0.id) }
  }
}
