package import Inventory
package import RegistryCatalogue

/// Which part of what was read a report shows; every condition must hold.
///
/// What a flag names several times is a choice: one of them must match.
package struct ReportFilter: Hashable, Sendable {
  /// Of `-n`; empty: all.
  package var namespaces: [Glob] = []
  package var excludedNamespaces: [Glob] = []
  package var selector: LabelSelector?
  package var teams: [Glob] = []
  /// This one and above.
  package var risk: Risk?
  /// Against the id of a rule, or the word that stands in its place.
  package var rules: [Glob] = []
  /// Against the text as written, the normalised reference and the latter without tag and digest.
  package var images: [Glob] = []
  /// Only what the catalogue warns of.
  package var onlyLegacy = false

  package init() {}

  /// Nothing is left out.
  package var isEmpty: Bool { self == ReportFilter() }

  /// The flags that say the same, in a fixed order: `-n a,b`, `--risk high`.
  package var flags: [String] {
    given.map { flag in flag.value.map { "\(flag.name) \($0)" } ?? flag.name }
  }

  /// The same as flags with their values.
  var given: [TargetFlags.Given] {
    let flags: [(name: String, values: [String])] = [
      ("-n", namespaces.map(\.text)), ("--exclude-namespaces", excludedNamespaces.map(\.text)),
      ("-l", [selector?.text].compactMap(\.self)), ("--team", teams.map(\.text)),
      ("--risk", [risk?.rawValue].compactMap(\.self)), ("--rule", rules.map(\.text)),
      ("--image", images.map(\.text)),
    ]
    return flags.filter { !$0.values.isEmpty }
      .map { .init(name: $0.name, value: $0.values.joined(separator: ",")) }
      + (onlyLegacy ? [.init(name: "--only-legacy")] : [])
  }

  /// The flags in one line, for machine formats; empty without a filter.
  package var words: String { flags.joined(separator: ", ") }

  // MARK: What passes

  /// Of an object without a namespace too, which no pattern but `*` matches.
  func includes(namespace: String) -> Bool {
    (namespaces.isEmpty || namespaces.match(namespace)) && !excludedNamespaces.match(namespace)
  }

  /// Whether workloads are chosen by more than their namespace.
  var choosesWorkloads: Bool { selector != nil || !teams.isEmpty }

  /// Whether the finding's workload is looked at.
  func includesWorkload(of finding: Finding) -> Bool {
    includes(namespace: finding.use.workload.namespace)
      && (selector.map { finding.workload.isSelected(by: $0) } ?? true)
      && (teams.isEmpty || finding.team.map(teams.match) ?? false)
  }

  func includes(_ finding: Finding) -> Bool {
    includesWorkload(of: finding) && (risk.map { finding.risk >= $0 } ?? true)
      && (rules.isEmpty || rules.match(finding.rule ?? finding.kind.rawValue))
      && (images.isEmpty || finding.use.image.names.contains(where: images.match))
      && (!onlyLegacy || finding.isLegacy)
  }
}

extension Finding {
  /// Whether the catalogue warns of its registry, whatever else is wrong with it.
  var isLegacy: Bool {
    rule != nil && fate != .ok && fate != .limited
  }
}
