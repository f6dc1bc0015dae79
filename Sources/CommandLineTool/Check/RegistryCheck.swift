import ImageReferences
import Inventory
import RegistryCatalogue
import RegistryProbes
import Reports

/// `--check`: what the registries themselves say about the images that a scan found fault with.
struct RegistryCheck: Sendable {
  private let inquiry: RegistryInquiry
  private let includesHistory: Bool
  private let today: CalendarDate

  /// Nil without the flag.
  init?(_ invocation: Invocation, asOf: CalendarDate) throws(UsageError) {
    let arguments = invocation.arguments
    guard arguments[Flags.check.asks] else { return nil }
    let today = CalendarDate(secondsSince1970: invocation.environment.now())
    guard asOf == today else {
      // A registry answers for today only.
      throw .contradiction(
        Flags.check.asks.definition.spelling, Flags.report.asOf.definition.spelling)
    }
    self.today = today
    includesHistory = arguments[Flags.report.include].contains(.history)
    inquiry = RegistryInquiry(invocation)
  }

  /// What was answered about these uses, and what could not be asked.
  struct Result: Sendable {
    let answers: RegistryAnswers
    let coverage: [CoverageEntry]
  }

  func run(
    on inventory: ClusterInventory, nodes: NodeCensus?, catalogue: Catalogue,
    _ diagnostics: Diagnostics
  ) async throws -> Result {
    let references = references(in: inventory, catalogue)
    let platforms = Set(
      (nodes?.nodes ?? []).filter { !$0.operatingSystem.isEmpty && !$0.architecture.isEmpty }
        .map { "\($0.operatingSystem)/\($0.architecture)" })
    if !references.isEmpty {
      let registries = CountWords.registries(Set(references.map(\.registry)).count)
      diagnostics.note(
        "asking \(registries) about \(CountWords.text(references.count, "image"))")
    }
    let answers = try await inquiry.ask(
      references.map { .init(reference: $0, wantsPlatforms: !platforms.isEmpty) })
    let proofs = answers.mapValues(RegistryProof.init)
    let result = RegistryAnswers(proofs: proofs, platforms: platforms, day: today)
    return Result(answers: result, coverage: result.coverage(of: references))
  }

  /// The references with a complaint and what would replace them, each once.
  private func references(
    in inventory: ClusterInventory, _ catalogue: Catalogue
  ) -> [ImageReference] {
    var seen: Set<String> = []
    var references: [ImageReference] = []
    func add(_ reference: ImageReference) {
      if seen.insert(reference.canonical).inserted { references.append(reference) }
    }
    for use in inventory.uses {
      let isPast = use.activity == .history || use.activity == .completed
      guard !isPast || includesHistory, use.representative == nil,
        let reference = use.image.reference
      else { continue }
      let judgement = catalogue.judge(reference, asOf: today)
      guard judgement.fate != .ok, judgement.fate != .limited else { continue }
      add(reference)
      if let replacement = judgement.replacement,
        replacement.reference.isAskable(isMechanical: replacement.isMechanical)
      {
        add(replacement.reference)
      }
    }
    return references.sorted()
  }
}

extension ImageReference {
  /// Whether a registry can be asked for it as a replacement: a successor whose tag a person has
  /// yet to choose is no image.
  func isAskable(isMechanical: Bool) -> Bool {
    isMechanical || writtenTag != nil || digest != nil
  }
}

extension RegistryProof {
  init(_ answer: RegistryInquiry.Answer) {
    let image = answer.outcome.image
    self.init(
      verdict: answer.outcome.verdict, time: Timestamp.text(secondsSince1970: answer.seconds),
      platforms: image?.platforms, children: image?.children ?? [])
  }
}

extension CountWords {
  fileprivate static func registries(_ count: Int) -> String {
    count == 1 ? "1 registry" : "\(grouped(count)) registries"
  }
}
