import RegistryCatalogue

/// The colour of a risk word (ECMA-48 SGR; the eight basic colours, which every palette tunes).
enum RiskStyle: Hashable, Sendable {
  case risk(Risk)
  case unknown

  init(_ namespace: NamespaceReport) {
    if namespace.isUnknown {
      self = .unknown
    } else {
      // What is mitigated or filtered is there, and no cause for joy.
      self = .risk(namespace.isMitigated || namespace.isFiltered ? .info : namespace.risk)
    }
  }

  init(_ group: ReportGroup) {
    if group.isUnknown {
      self = .unknown
    } else {
      self = .risk(group.isMitigated || group.isFiltered ? .info : group.risk)
    }
  }

  /// The text between the colour and its reset.
  func applied(to text: String) -> String {
    "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }

  private var parameters: String {
    switch self {
    case .risk(.critical): "1;31"
    case .risk(.high): "31"
    case .risk(.medium): "33"
    case .risk(.low): "36"
    case .risk(.info): "2"
    case .risk(.clean): "32"
    case .unknown: "35"
    }
  }
}
