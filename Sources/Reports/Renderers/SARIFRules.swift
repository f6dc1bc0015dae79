/// The rules of one SARIF run: those of the catalogue that its findings name, and our own words
/// for findings without one.
struct SARIFRules {
  /// Sorted.
  let ids: [String]
  private let summaries: [String: RuleSummary]

  init(_ findings: [Finding], _ summaries: [RuleSummary]) {
    ids = Set(findings.map(Self.id)).sorted()
    self.summaries = Dictionary(
      summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func id(_ finding: Finding) -> String {
    finding.rule ?? finding.kind.rawValue
  }

  func index(of finding: Finding) -> Int? {
    ids.firstIndex(of: Self.id(finding))
  }

  /// `reportingDescriptor` objects (SARIF 2.1.0, section 3.49), in the order of `ids`.
  var descriptors: [JSONValue] {
    ids.map { id in
      guard let rule = summaries[id] else {
        let title = Finding.Kind(rawValue: id).map(Self.title) ?? id
        return .present([
          "id": .string(id), "name": .string(Self.name(id)),
          "shortDescription": SARIFText.message(title),
        ])
      }
      return .present([
        "id": .string(id),
        "name": .string(Self.name(id)),
        "shortDescription": SARIFText.message(rule.title),
        "fullDescription": SARIFText.message(rule.what),
        "helpUri": rule.sources.first(where: SARIFText.isURL).map { .string($0) },
        "help": SARIFText.message(rule.advice),
        "properties": rule.sources.isEmpty ? nil : .members(["sources": .texts(rule.sources)]),
      ])
    }
  }

  /// `K8sGcrIo` of `k8s-gcr-io`: names are identifiers by convention (section 3.49.7).
  private static func name(_ id: String) -> String {
    id.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func title(_ kind: Finding.Kind) -> String {
    switch kind {
    case .registry: "A rule of the catalogue"
    case .invalidReference: "Not an image reference"
    case .placeholder: "Text that something fills in later"
    case .imageNeverPull: "The policy is Never and the node lacks the image"
    case .pullFailing: "The pull fails for a reason that the catalogue does not know"
    case .clean: "Nothing is wrong"
    }
  }
}
