/// What a registry, or a part of it, does on a given date.
///
/// Ordered from worst to best.
package enum Fate: String, Hashable, Sendable, CaseIterable {
  /// Pulls fail.
  case gone
  /// The removal date is known; brownouts may precede it.
  case retiring
  /// Answers, never updated, no removal date.
  case frozen
  /// The publisher left; the copy still answers.
  case moved
  /// Unknown until the registry has been asked.
  case probe
  /// Works within rate limits.
  case limited
  case ok
}

/// How well the facts of a rule are known. Only `primary` may say `gone` or `retiring`.
package enum Certainty: String, Hashable, Sendable, CaseIterable {
  /// The vendor or the project says so.
  case primary
  /// Third parties report it.
  case reported
  /// Concluded by us.
  case inferred
}

/// What the next container start would do.
package enum Exposure: String, Hashable, Sendable, CaseIterable {
  case failing
  case pulls
  case cached
  case dormant
  case history
  case unknown
}

/// How bad it is: a pure function of fate and exposure (see `RiskMatrix`).
package enum Risk: String, Hashable, Sendable, CaseIterable, Comparable {
  case clean
  case info
  case low
  case medium
  case high
  case critical

  package static func < (left: Risk, right: Risk) -> Bool {
    left.rank < right.rank
  }

  /// 0 for `clean` up to 5 for `critical`.
  package var rank: Int {
    switch self {
    case .clean: 0
    case .info: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    case .critical: 5
    }
  }
}
