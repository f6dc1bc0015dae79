package import Inventory

extension ClusterReport {
  /// A report of files. Findings whose file asks to ignore their rule are set apart.
  ///
  /// - Parameter name: stands where a cluster has its context: `files:deploy`.
  package init(
    files: FileTally, name: String, inventory: ClusterInventory, findings: [Finding],
    coverage: [CoverageEntry]
  ) {
    let kept = findings.filter { $0.ignoreReason == nil }
    self.init(
      contexts: [name], server: "", clusterUID: nil, serverVersion: nil, inventory: inventory,
      findings: kept, coverage: coverage)
    self.files = files
    // A comment at an anchor holds for every alias, and is one comment.
    var told: Set<[String]> = []
    ignored = findings.filter { finding in
      guard finding.ignoreReason != nil, finding.kind != .clean else { return false }
      let comment = [finding.use.place?.words ?? "", finding.rule ?? finding.kind.rawValue]
      return told.insert(comment).inserted
    }
  }
}

extension Finding {
  /// What the comment beside it gives as its reason; nil without a comment that names its rule.
  package var ignoreReason: String? {
    let rule = rule ?? kind.rawValue
    return use.place?.ignores.first { $0.rule == rule }?.reason
  }
}

extension CoverageEntry {
  /// Of a file: `unreadable: deploy/web.yaml:12: why`.
  var unreadable: String {
    if isOfRegistry { return "\(resource): \(reason)" }
    let place = line.map { "\(resource):\($0)" } ?? resource
    return "unreadable: \(place): \(reason)"
  }
}

extension SourcePlace {
  /// `deploy/web.yaml:12:9`, not sanitised.
  var words: String { "\(file):\(line):\(column)" }
}
