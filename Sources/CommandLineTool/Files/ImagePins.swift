import ImageReferences
import Inventory
import Manifests
import RegistryProbes
import Reports
import SourceFiles

/// `--pin`: the digests that registries answer for the references that files are about to get.
struct ImagePins {
  private let invocation: Invocation

  /// Nil without the flag.
  init?(_ invocation: Invocation) throws(UsageError) {
    let arguments = invocation.arguments
    guard arguments[Flags.check.pins] else { return nil }
    guard arguments[Flags.files.diff] || arguments[Flags.files.write] else {
      throw .needsOther(
        Flags.check.pins.definition.spelling,
        [Flags.files.diff.definition.spelling, Flags.files.write.definition.spelling])
    }
    self.invocation = invocation
  }

  /// The report whose mechanical replacements name tag and digest, where the registry has the image
  /// and the reference stands in one piece. What its registry has not is left to a person.
  func applied(to report: Report, _ located: [FilesScan.Located]) async throws -> Report {
    // What something else completes has a tag that is not known, and no place for a digest.
    let open = Set(located.filter(\.reference.isOpen).map(\.use))
    let findings = report.clusters.flatMap(\.findings).filter {
      Self.isCandidate($0) && !open.contains($0.use)
    }
    let references = findings.compactMap(\.replacement).compactMap {
      ImageText.parse($0).reference
    }
    let answers = try await RegistryInquiry(invocation).ask(
      references.filter { $0.digest == nil }.map { .init(reference: $0, wantsPlatforms: false) })
    let whole = Set(
      located.filter { $0.reference.parts.contains { $0.kind == .whole } }.map(\.use))
    var remarks: Set<String> = []
    var pinned = report
    for cluster in pinned.clusters.indices {
      for place in pinned.clusters[cluster].findings.indices
      where Self.isCandidate(pinned.clusters[cluster].findings[place]) {
        let finding = pinned.clusters[cluster].findings[place]
        guard !open.contains(finding.use), let text = finding.replacement,
          let reference = ImageText.parse(text).reference,
          let answer = answers[reference.canonical]
        else { continue }
        switch answer.outcome {
        case .exists(let image) where whole.contains(finding.use):
          pinned.clusters[cluster].findings[place].replacement = "\(text)@\(image.digest)"
        case .exists:
          remarks.insert("\(text) is not pinned where its tag stands apart from its name")
        case .gone(let code):
          pinned.clusters[cluster].findings[place].isReplacementMechanical = false
          remarks.insert("\(text) is not written: its registry answered 404 \(code)")
        case .noAccess, .unknown:
          remarks.insert("\(text) is not pinned: \(answer.outcome.reason ?? "")")
        }
      }
    }
    for remark in remarks.sorted() { invocation.diagnostics.warning(remark) }
    return pinned
  }

  private static func isCandidate(_ finding: Finding) -> Bool {
    finding.kind == .registry && finding.waiver == nil && finding.isReplacementMechanical
      && finding.replacement != nil && finding.use.representative == nil
  }
}
