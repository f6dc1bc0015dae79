import ImageReferences
import Inventory
import RegistryCatalogue
package import Reports

/// Which images are copied from where to where.
package struct CopyPlan: Hashable, Sendable {
  /// Sorted by reference.
  package private(set) var images: [MirrorImage] = []
  package private(set) var uncopyable: [UncopyableImage] = []
  /// References that are copies already.
  package private(set) var alreadyThere = 0
  /// Image fields that name no image that could be copied.
  package private(set) var nameless = 0
  /// Whether images without fault are among them.
  package let includesEverything: Bool

  /// - Parameter everything: not only the images that a rule finds fault with.
  package init(_ report: Report, to target: MirrorTarget, everything: Bool = false) {
    includesEverything = everything
    var byImage: [String: (reference: ImageReference, findings: [Finding])] = [:]
    var namelessTexts: Set<String> = []
    for cluster in report.clusters {
      for finding in cluster.findings where Self.needs(finding, of: report, everything) {
        guard let reference = finding.use.image.reference else {
          namelessTexts.insert(finding.use.image.text)
          continue
        }
        byImage[Self.identity(of: reference), default: (reference, [])].findings.append(finding)
      }
    }
    nameless = namelessTexts.count
    for (_, (reference, findings)) in byImage.sorted(by: { $0.key < $1.key }) {
      if target.holds(reference) {
        alreadyThere += 1
      } else {
        add(reference, findings, target)
      }
    }
  }

  /// What a mirror helps: what a rule finds fault with and something may start again.
  private static func needs(_ finding: Finding, of report: Report, _ everything: Bool) -> Bool {
    if everything { return report.shows(finding) && finding.kind != .imageNeverPull }
    return finding.kind == .registry && finding.counts
  }

  /// With a digest the tag decides nothing.
  private static func identity(of reference: ImageReference) -> String {
    reference.digest.map { "\(reference.name)@\($0)" } ?? reference.canonical
  }

  private mutating func add(
    _ reference: ImageReference, _ findings: [Finding], _ target: MirrorTarget
  ) {
    guard let finding = findings.first else { return }
    let workloads = Set(findings.map(\.use.workload)).count
    let same = findings.lazy.compactMap(Self.sameContent).first
    let isGone = finding.fate == .gone
    let why = finding.outlook ?? finding.reasons.first ?? finding.fate.rawValue
    func cannot(_ why: String, _ advice: String?) {
      uncopyable.append(
        UncopyableImage(
          reference: reference, why: why, advice: advice, workloads: workloads))
    }
    if isGone, same == nil {
      return cannot(
        why, finding.replacement.map { "\($0) may serve instead; that is a person's choice" })
    }
    guard reference.tag != nil || reference.digest != nil else {
      return cannot("its tag is not known", "copy the tags that its operator asks for by hand")
    }
    guard let copy = Self.destination(of: reference, target) else {
      return cannot("its name below \(target.text) would be no image reference", nil)
    }
    let own = Self.pull(reference)
    let other = same.map(Self.pull)
    images.append(
      MirrorImage(
        reference: reference, origin: isGone ? .replacement : .origin,
        source: isGone ? other ?? own : own, otherSource: isGone ? nil : other, target: copy,
        digest: reference.digest, why: why, workloads: workloads))
  }

  /// What a rule calls the same content under another name.
  private static func sameContent(_ finding: Finding) -> ImageReference? {
    finding.isReplacementMechanical ? finding.replacementReference : nil
  }

  /// Without the tag where there is a digest: not every tool takes both.
  private static func pull(_ reference: ImageReference) -> String {
    reference.digest.map { "\(reference.name)@\($0)" } ?? reference.canonical
  }

  /// A digest gets a tag of its own, so that no registry clears it away as untagged.
  private static func destination(of reference: ImageReference, _ target: MirrorTarget) -> String? {
    guard let repository = target.repository(of: reference) else { return nil }
    let tag = reference.digest.map(Self.tag) ?? reference.tag ?? "latest"
    return reference.replacing(
      registry: target.registry, repository: repository, tag: tag, digest: nil)?.canonical
  }

  /// `digest-4d0c55a1b2c3`
  static func tag(of digest: String) -> String {
    let hex = digest.split(separator: ":").last ?? ""
    return "digest-\(hex.prefix(12))"
  }
}
