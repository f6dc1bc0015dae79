import Inventory

extension ClusterReport {
  /// What was asked for and not read, one item per kind and outcome, safe for a terminal; for
  /// formats that have no place for it.
  package var gapsInWords: [String] {
    if let failure {
      return ["the whole cluster: \(TerminalText.sanitized(failure))"]
    }
    return CoverageWording.gaps(coverage)
  }
}
