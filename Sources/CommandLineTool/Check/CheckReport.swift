import ImageReferences
import RegistryProbes

/// What the registries said of all images.
struct CheckReport: Sendable {
  /// Questions in flight; each registry gets fewer.
  private static let parallel = 16

  let rows: [CheckRow]

  init(rows: [CheckRow]) {
    self.rows = rows
  }

  /// Asks for each reference once, however many subjects name it.
  init(asking subjects: [CheckSubject], probe: RegistryProbe) async throws {
    var questions: [String: (reference: ImageReference, wantsPlatforms: Bool)] = [:]
    for subject in subjects {
      for reference in [subject.image, subject.replacement].compactMap({ $0 }) {
        let wants = questions[reference.canonical]?.wantsPlatforms ?? false
        questions[reference.canonical] = (reference, wants || !subject.platforms.isEmpty)
      }
    }
    var waiting = questions.values.sorted { $0.reference < $1.reference }[...]
    let outcomes = try await withThrowingTaskGroup(of: (String, ProbeOutcome).self) { group in
      var outcomes: [String: ProbeOutcome] = [:]
      var running = 0
      while running > 0 || !waiting.isEmpty {
        if running < Self.parallel, let question = waiting.popFirst() {
          running += 1
          group.addTask {
            (
              question.reference.canonical,
              try await probe.ask(
                question.reference, wantsPlatforms: question.wantsPlatforms)
            )
          }
        } else if let (name, outcome) = try await group.next() {
          running -= 1
          outcomes[name] = outcome
        }
      }
      return outcomes
    }
    rows = subjects.compactMap { subject in
      outcomes[subject.image.canonical].map { outcome in
        CheckRow(
          subject: subject, outcome: outcome,
          replacement: subject.replacement.flatMap { outcomes[$0.canonical] })
      }
    }
  }
}

/// What is known of one image.
struct CheckRow: Hashable, Sendable {
  let subject: CheckSubject
  let outcome: ProbeOutcome
  /// Nil when there is no replacement.
  let replacement: ProbeOutcome?

  /// Nil unless both are there.
  var isSameDigest: Bool? {
    guard let old = outcome.image, let new = replacement?.image else { return nil }
    return old.digest == new.digest
  }

  /// The platforms that are needed and not there; nil when that is not known or nobody asked.
  func missingPlatforms(_ outcome: ProbeOutcome?) -> [String]? {
    guard !subject.platforms.isEmpty, let platforms = outcome?.image?.platforms else {
      return nil
    }
    return subject.platforms.subtracting(platforms).sorted()
  }

  /// Something to act upon.
  var isFinding: Bool {
    let all = [outcome, replacement].compactMap { $0 }
    return all.contains(where: \.isRefusal)
      || all.contains { missingPlatforms($0)?.isEmpty == false }
      || (subject.isMechanical && isSameDigest == false)
  }

  /// Something that was asked and is not known.
  var isGap: Bool {
    [outcome, replacement].compactMap { $0 }.contains { outcome in
      if case .unknown = outcome { return true }
      return outcome.image != nil && !subject.platforms.isEmpty
        && missingPlatforms(outcome) == nil
    }
  }

  /// Nothing at all is known.
  var isUnanswered: Bool {
    [outcome, replacement].compactMap { $0 }.allSatisfy { outcome in
      if case .unknown = outcome { return true }
      return false
    }
  }
}

extension ProbeOutcome {
  fileprivate var isRefusal: Bool {
    switch self {
    case .gone, .noAccess: true
    case .exists, .unknown: false
    }
  }
}
