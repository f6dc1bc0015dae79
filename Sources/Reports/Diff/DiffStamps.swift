import ImageReferences
import Inventory
import RegistryCatalogue

/// By what and when the two reports of one cluster were judged: what can have changed a verdict.
struct DiffStamps {
  let before: ScanStamp
  let after: ScanStamp

  private var isSameCatalogue: Bool { before.catalogue.sha256 == after.catalogue.sha256 }
  private var isSameDay: Bool { before.asOf == after.asOf }

  /// The catalogue is asked whether the image would have been complained of before. What no rule
  /// warns of is the cluster's doing.
  func causeOfAppearing(_ finding: Finding, _ judge: DiffJudge?) -> ReportDiff.Cause {
    if isSameCatalogue && isSameDay || !finding.isLegacy { return .cluster }
    let image = finding.use.image
    guard let judge else { return .undetermined }
    if judge.sha256 == before.catalogue.sha256 {
      if judge.complains(image, before.asOf) { return .cluster }
      return isSameCatalogue || judge.complains(image, after.asOf) ? .date : .catalogue
    }
    guard judge.sha256 == after.catalogue.sha256 else { return .undetermined }
    // The new catalogue is silent about the former day: it was the days in between.
    return judge.complains(image, before.asOf) ? .undetermined : .date
  }

  /// The catalogue is asked whether the image would still be complained of.
  func causeOfGoing(_ finding: Finding, _ judge: DiffJudge?) -> ReportDiff.Cause {
    if isSameCatalogue && isSameDay || !finding.isLegacy { return .cluster }
    let image = finding.use.image
    guard let judge else { return .undetermined }
    if judge.sha256 == after.catalogue.sha256 {
      if judge.complains(image, after.asOf) { return .cluster }
      return isSameCatalogue || judge.complains(image, before.asOf) ? .date : .catalogue
    }
    guard judge.sha256 == before.catalogue.sha256 else { return .undetermined }
    return judge.complains(image, after.asOf) ? .undetermined : .date
  }

  /// Where one of the reports saw more of what tells how bad a finding is; nil where that cannot
  /// have changed it, for it is judged otherwise.
  func causeOfEvidence(from old: Finding, to new: Finding) -> ReportDiff.Cause? {
    guard isJudgedAlike(old, new) else { return nil }
    // What the specs alone tell of another day is that day's doing.
    if before.isAsOfAnotherDay != after.isAsOfAnotherDay, old.exposure == new.exposure {
      return nil
    }
    return old.exposure != new.exposure || isSameCatalogue && isSameDay
      ? .coverage : .undetermined
  }

  private func isJudgedAlike(_ old: Finding, _ new: Finding) -> Bool {
    old.rule == new.rule && old.fate == new.fate && old.certainty == new.certainty
      && old.kind == new.kind
  }

  /// The exposure is the cluster's doing; rule and fate are the catalogue's, or of the day.
  func causeOfChange(from old: Finding, to new: Finding) -> ReportDiff.Cause {
    if isSameCatalogue, isSameDay { return .cluster }
    if isJudgedAlike(old, new), old.exposure != new.exposure { return .cluster }
    if isSameCatalogue { return .date }
    return isSameDay || old.rule != new.rule ? .catalogue : .undetermined
  }
}
