import ImageReferences
import RegistryProbes

/// What the registries said of all images.
struct CheckReport: Sendable {
  let rows: [CheckRow]
  /// What nobody could look at for images, in words.
  let gaps: [String]

  /// Asks for each reference once, however many subjects name it.
  init(asking input: CheckInput, _ inquiry: RegistryInquiry) async throws {
    let subjects = input.subjects
    gaps = input.gaps
    let answers = try await inquiry.ask(
      subjects.flatMap { subject in
        [subject.image, subject.replacement].compactMap { $0 }.map {
          .init(reference: $0, wantsPlatforms: !subject.platforms.isEmpty)
        }
      })
    rows = subjects.compactMap { subject in
      answers[subject.image.canonical].map { answer in
        CheckRow(
          subject: subject, outcome: answer.outcome, seconds: answer.seconds,
          replacement: subject.replacement.flatMap { answers[$0.canonical]?.outcome })
      }
    }
  }
}

/// What is known of one image.
struct CheckRow: Hashable, Sendable {
  let subject: CheckSubject
  let outcome: ProbeOutcome
  /// When it was asked, in seconds since 1970-01-01T00:00:00Z.
  let seconds: Int64
  /// Nil when there is no replacement.
  let replacement: ProbeOutcome?

  /// Nil unless both are there. An index that lists the old image holds it.
  var isSameDigest: Bool? {
    guard let old = outcome.image, let new = replacement?.image else { return nil }
    return old.digest == new.digest || new.children.contains(old.digest)
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
