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

extension Report {
  /// What tells its clusters apart, in their order: the names of their contexts, and where several
  /// have the same, the UID of `kube-system` and the server.
  var distinctNames: [String] {
    let names = clusters.map { $0.contexts.joined(separator: ",") }
    let uses = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(names, clusters).map { name, cluster in
      if uses[name] == 1 { return name }
      let marks = [cluster.clusterUID, cluster.server].compactMap(\.self).joined(separator: ", ")
      return "\(name) (\(marks))"
    }
  }
}
