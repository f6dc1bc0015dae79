package import ImageReferences

extension Judgement {
  /// The judgement once the registry has answered.
  ///
  /// Only a 404 proves an image gone, whatever the certainty of the rule; `probe` ends when the
  /// registry says that the image is there. What refuses, or says nothing, proves nothing.
  ///
  /// - Parameter day: of the answer.
  package func proven(
    by proof: RegistryProof, of reference: ImageReference, on day: CalendarDate
  ) -> Judgement {
    var judgement = self
    judgement.proof = proof
    switch proof.verdict {
    case .gone where fate != .gone:
      judgement.fate = .gone
      judgement.since = nil
      judgement.fateNote = nil
      judgement.nextEvent = nil
      judgement.nextBrownout = nil
      judgement.removal = nil
      judgement.removalDate = nil
      judgement.hasStaleTag = false
      // No node is younger than this.
      judgement.evidenceDate = day
    case .exists where fate == .probe:
      let known = rule?.lastKnownFate(on: day)
      // A rule that names another place says that this one was left.
      let isLeft = replacement != nil || successor != nil
      judgement.fate = known?.fate ?? (isLeft ? .moved : .ok)
      judgement.since = known?.from
      judgement.fateNote = known?.note
      judgement.hasStaleTag = Self.isStale(reference, judgement.fate)
    default: break
    }
    return judgement
  }
}

extension Rule {
  /// What it says of a place that answers: the last of its fates that needs no probe.
  fileprivate func lastKnownFate(on day: CalendarDate) -> DatedFate? {
    fates.last { fate in
      (fate.from.map { $0 <= day } ?? true)
        && [.frozen, .moved, .limited, .ok].contains(fate.fate)
    }
  }
}
