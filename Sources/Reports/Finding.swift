package import ImageReferences
package import Inventory
package import RegistryCatalogue

/// One image use with its verdict.
package struct Finding: Hashable, Sendable {
  /// What kind of trouble it is; the word stands in the `rule` column when no rule does.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A rule of the catalogue speaks of it.
    case registry
    /// Not an image reference.
    case invalidReference = "invalid-reference"
    /// Text that something fills in later.
    case placeholder
    /// The policy is Never and the node lacks the image.
    case imageNeverPull = "image-never-pull"
    /// The pull fails for a reason that the catalogue does not know.
    case pullFailing = "pull-failing"
    /// Nothing is wrong with it (`--all-images`).
    case clean

    /// What stands in place of a rule's id.
    package static let wordsWithoutRule = allCases.filter { $0 != .registry && $0 != .clean }
      .map(\.rawValue)
  }

  package var kind: Kind
  package var use: ImageUse
  /// The workload that holds it.
  package var workload: Workload
  package var team: String?
  /// Id of the rule; nil when no rule matches.
  package var rule: String?
  package var fate: Fate
  package var certainty: Certainty?
  package var exposure: Exposure
  package var risk: Risk
  /// In words, most important first.
  package var reasons: [String]
  /// The next dated event of the registry in words, for example
  /// `gone 2026-12-31, last brownout 12-08`.
  package var outlook: String?
  /// Same image elsewhere, or the maintained successor; nil when none is known.
  package var replacement: String?
  /// Whether `replacement` is the same path, tag and digest on another host.
  package var isReplacementMechanical: Bool
  /// What the exceptions file says of it; nil: nothing that is in force.
  package var waiver: Waiver?
  /// Nil when node caches were not read.
  package var nodesWithImage: Int?
  package var nodesTotal: Int?

  package init(
    kind: Kind, use: ImageUse, workload: Workload, team: String? = nil, rule: String? = nil,
    fate: Fate, certainty: Certainty? = nil, exposure: Exposure, risk: Risk,
    reasons: [String] = [], outlook: String? = nil, replacement: String? = nil,
    isReplacementMechanical: Bool = false, waiver: Waiver? = nil,
    nodesWithImage: Int? = nil, nodesTotal: Int? = nil
  ) {
    self.kind = kind
    self.use = use
    self.workload = workload
    self.team = team
    self.rule = rule
    self.fate = fate
    self.certainty = certainty
    self.exposure = exposure
    self.risk = risk
    self.reasons = reasons
    self.outlook = outlook
    self.replacement = replacement
    self.isReplacementMechanical = isReplacementMechanical
    self.waiver = waiver
    self.nodesWithImage = nodesWithImage
    self.nodesTotal = nodesTotal
  }

  /// Only a rollback brings it back, or its work is done.
  package var isHistory: Bool { exposure == .history }

  /// Somebody vouches that something else keeps the trouble away. A pull that fails now shows that
  /// it does not.
  package var isMitigated: Bool { waiver?.kind == .mitigated && exposure != .failing }

  /// The replacement as an image. That of a repository prefix (kubeadm's `imageRepository`) is a
  /// prefix too: an image stands for it on both sides.
  package var replacementReference: ImageReference? {
    guard let replacement else { return nil }
    let image = use.representative.map { $0.dropFirst(use.image.text.count) } ?? ""
    return ImageText.parse(replacement + image).reference
  }

  package var waivedUntil: CalendarDate? { waiver?.until }

  /// Whether it counts in AT-RISK and WORST: history never does, and neither does what is
  /// mitigated. What is merely accepted does.
  package var counts: Bool { !isHistory && !isMitigated }

  /// Whether `--fail-on` looks at it: of what counts all that no exception covers.
  package var mayFail: Bool { counts && waiver == nil }
}
