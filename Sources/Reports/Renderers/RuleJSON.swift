import RegistryCatalogue

/// A rule that findings name, as `-o json` has it.
enum RuleJSON {
  static func value(_ rule: RuleSummary) -> JSONValue {
    .members([
      "id": .string(rule.id),
      "title": .string(rule.title),
      "what": .string(rule.what),
      "advice": .string(rule.advice),
      "sources": .texts(rule.sources),
      "fates": .array(rule.fates.map(fate)),
      "events": .array(rule.events.map(event)),
    ])
  }

  private static func fate(_ fate: DatedFate) -> JSONValue {
    .members([
      "from": .text(fate.from?.description),
      "fate": .string(fate.fate.rawValue),
      "note": .text(fate.note),
    ])
  }

  private static func event(_ event: RuleEvent) -> JSONValue {
    .members([
      "kind": .string(event.kind.rawValue),
      "first": .string(event.first.description),
      "last": .string(event.last.description),
      "window": .string(event.window),
      "note": .string(event.note),
    ])
  }
}
