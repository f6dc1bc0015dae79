import Inventory

extension ClusterReport {
  /// What was asked for and not read, one item per kind and outcome, safe for a terminal; for
  /// formats that have no place for it.
  package var gapsInWords: [String] {
    if let failure {
      return ["the whole cluster: \(TerminalText.sanitized(failure))"]
    }
    if files != nil {
      return coverage.filter(\.isGap).sorted().map { TerminalText.sanitized($0.unreadable) }
    }
    return CoverageWording.gaps(coverage)
  }
}

extension [ClusterReport] {
  /// What flags left out, or would have to ask for, each once; safe for a terminal.
  var skippedInWords: [String] {
    var seen: Set<String> = []
    return flatMap { CoverageWording.skipped($0.coverage) }.filter { seen.insert($0).inserted }
  }
}
