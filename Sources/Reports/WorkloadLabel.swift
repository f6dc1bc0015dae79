import Inventory

/// A workload for people, `Deployment/web` or `shop/Deployment/web`: sanitised, and shortened so
/// that its kind survives.
struct WorkloadLabel: Hashable, Sendable {
  /// `shop/`, or empty.
  private let place: String
  private let kind: String
  private let name: String

  /// Fewer columns say too little to be worth the room.
  private static let least = 12

  init(_ workload: WorkloadIdentity, showsNamespace: Bool = false) {
    place =
      showsNamespace && !workload.namespace.isEmpty
      ? "\(TerminalText.sanitized(workload.namespace))/" : ""
    kind = TerminalText.sanitized(workload.kind)
    name = TerminalText.sanitized(workload.name)
  }

  var whole: String {
    "\(place)\(kind)/\(name)"
  }

  /// With kubectl's short name of the kind.
  var short: String {
    "\(place)\(Self.shortNames[kind] ?? kind)/\(name)"
  }

  var usefulWidth: Int {
    min(Self.least, TerminalText.width(short))
  }

  /// The longest form within `width` columns: the kind gets its short name, then the text loses its
  /// middle.
  func fitted(to width: Int) -> String {
    if TerminalText.width(whole) <= width { return whole }
    return TerminalText.middleTruncated(short, to: width)
  }

  /// As `kubectl api-resources` lists them; kinds without a short name keep theirs.
  private static let shortNames = [
    "CronJob": "cj", "DaemonSet": "ds", "Deployment": "deploy", "Pod": "po", "ReplicaSet": "rs",
    "ReplicationController": "rc", "StatefulSet": "sts",
  ]
}
