import RegistryCatalogue

/// Reads a rule that `RuleJSON` wrote.
enum RuleSummaryReader {
  static func rule(_ rule: JSONObject) throws(ReportReadError) -> RuleSummary {
    RuleSummary(
      id: try rule.string("id"), title: try rule.string("title"), what: try rule.string("what"),
      advice: try rule.string("advice"), sources: try rule.strings("sources"),
      fates: try rule.objects("fates", fate), events: try rule.objects("events", event))
  }

  private static func fate(_ fate: JSONObject) throws(ReportReadError) -> DatedFate {
    DatedFate(
      from: try fate.optionalDate("from"), fate: try fate.choice("fate"),
      note: try fate.optionalString("note"))
  }

  private static func event(_ event: JSONObject) throws(ReportReadError) -> RuleEvent {
    RuleEvent(
      kind: try event.choice("kind"), first: try event.date("first"),
      last: try event.date("last"), window: try event.string("window"),
      note: try event.string("note"))
  }
}
