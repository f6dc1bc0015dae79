package import RegistryCatalogue

/// What the exceptions file says of a finding: somebody has dealt with it, or lives with it.
package struct Waiver: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Something keeps the trouble away that the scan cannot see: not at risk.
    case mitigated
    /// Known and put up with: at risk all the same.
    case accepted
  }

  package var kind: Kind
  package var reason: String
  /// The last day on which it holds.
  package var until: CalendarDate

  package init(kind: Kind, reason: String, until: CalendarDate) {
    self.kind = kind
    self.reason = reason
    self.until = until
  }

  /// `waived until 2027-01-31 (accepted): the vendor migrates in January`, not sanitised.
  var words: String {
    "waived until \(until) (\(kind.rawValue)): \(reason)"
  }
}

extension Report {
  /// How many findings the exceptions file sets aside, history left out.
  package var waivedFindings: Int {
    clusters.reduce(0) { $0 + $1.waivedFindings.count }
  }
}

extension ClusterReport {
  var waivedFindings: [Finding] {
    findings.filter { $0.waiver != nil && !$0.isHistory }
  }

  /// `2 findings accepted until 2027-01-31`, one item for each kind; the earliest end is named.
  var waiversInWords: [String] {
    Waiver.Kind.allCases.reversed().compactMap { kind in
      let days = waivedFindings.compactMap(\.waiver).filter { $0.kind == kind }.map(\.until)
      guard let first = days.min(), let last = days.max() else { return nil }
      let count = CountWords.text(days.count, "finding")
      return "\(count) \(kind.rawValue) until \(first)" + (first == last ? "" : " and later")
    }
  }
}
