import YAMLDocuments

/// Reads one rule of a catalogue or rules file.
struct RuleReader {
  let isUserFile: Bool

  private static let fields = [
    "id", "title", "match", "except", "certainty", "unverified", "fate", "fates", "events",
    "replacement", "successors", "successorsOf", "what", "advice", "sources", "examples",
  ]

  func read(_ field: YAMLField) throws(YAMLFieldError) -> Rule {
    let fields = try field.members(Self.fields)
    let id = try id(required(fields["id"], "id", field))
    let certainty = try fields["certainty"]?.choice(Certainty.self)
    if !isUserFile, certainty == nil { throw field.fault("\"certainty\" is missing") }
    let fates = try fates(fields, field, certainty)
    var events: [CatalogueEvent] = []
    for item in try fields["events"]?.items() ?? [] { events.append(try event(item)) }
    let match = try required(fields["match"], "match", field)
    let matches = try patterns(match)
    guard !matches.isEmpty else { throw match.fault("expected at least one HOST or HOST/PATH") }
    let sources = try complete(fields["sources"]?.texts(), "sources", field, default: [])
    var exceptions: [ReferencePattern] = []
    if let except = fields["except"] { exceptions = try patterns(except) }
    var template: ReplacementTemplate?
    if let text = fields["replacement"] { template = try replacement(text) }
    if !isUserFile, sources.isEmpty { throw field.fault("\"sources\" is empty") }
    return Rule(
      id: id,
      title: try complete(fields["title"]?.text(), "title", field, default: id),
      matches: matches,
      exceptions: exceptions,
      certainty: certainty,
      isUnverified: try fields["unverified"]?.flag() ?? false,
      fates: fates,
      events: events,
      replacement: template,
      successors: try successors(fields["successors"]),
      successorsOf: try fields["successorsOf"]?.text(),
      what: try complete(fields["what"]?.text(), "what", field, default: ""),
      advice: try complete(fields["advice"]?.text(), "advice", field, default: ""),
      sources: sources,
      examples: try fields["examples"]?.texts() ?? [],
      isUserDefined: isUserFile)
  }

  private func required(
    _ value: YAMLField?, _ name: String, _ field: YAMLField
  ) throws(YAMLFieldError) -> YAMLField {
    guard let value else { throw field.fault("\"\(name)\" is missing") }
    return value
  }

  /// What holds when a user left a field out; the embedded catalogue leaves nothing out.
  private func complete<Value>(
    _ value: Value?, _ name: String, _ field: YAMLField, default substitute: Value
  ) throws(YAMLFieldError) -> Value {
    if let value { return value }
    guard isUserFile else { throw field.fault("\"\(name)\" is missing") }
    return substitute
  }

  private func id(_ field: YAMLField) throws(YAMLFieldError) -> String {
    let id = try field.text()
    let parts = id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isKebab = parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
    guard isKebab, id.utf8.count <= 64 else {
      throw field.fault(
        "\(YAMLField.quote(id)) is no id; expected up to 64 lower-case letters and digits"
          + " in words joined by \"-\"")
    }
    return id
  }

  private func fates(
    _ fields: [String: YAMLField], _ field: YAMLField, _ certainty: Certainty?
  ) throws(YAMLFieldError) -> [DatedFate] {
    var fates: [DatedFate] = []
    switch (fields["fate"], fields["fates"]) {
    case (let short?, nil):
      let fate = try short.choice(Fate.self)
      try check(fate, certainty, short)
      fates = [DatedFate(from: nil, fate: fate, note: nil)]
    case (nil, let list?):
      for item in try list.items() {
        let parts = try item.members(["from", "fate", "note"])
        let word = try required(parts["fate"], "fate", item)
        let fate = try word.choice(Fate.self)
        try check(fate, certainty, word)
        let from = try parts["from"]?.day()
        if let last = fates.last {
          guard let from else { throw item.fault("only the first fate may lack \"from\"") }
          if let before = last.from, before >= from {
            throw item.fault("\(from) is not after \(before); expected the order of time")
          }
        }
        fates.append(DatedFate(from: from, fate: fate, note: try parts["note"]?.text()))
      }
      guard !fates.isEmpty else { throw list.fault("expected at least one fate") }
    case (nil, nil):
      throw field.fault("\"fates\" (or \"fate\") is missing")
    case (let short?, .some):
      throw short.fault("expected either \"fate\" or \"fates\"")
    }
    return fates
  }

  /// Only primary certainty may say that pulls fail or will fail, and a user who states none.
  private func check(
    _ fate: Fate, _ certainty: Certainty?, _ field: YAMLField
  ) throws(YAMLFieldError) {
    guard let certainty, certainty != .primary, fate == .gone || fate == .retiring else { return }
    throw field.fault(
      "only certainty primary may say \"\(fate.rawValue)\", this rule's is"
        + " \(certainty.rawValue); expected probe")
  }

  private func event(_ field: YAMLField) throws(YAMLFieldError) -> CatalogueEvent {
    let parts = try field.members(["kind", "start", "end", "note"])
    let start = try time(required(parts["start"], "start", field))
    var end: EventTime?
    if let text = parts["end"] { end = try time(text) }
    if let end, end < start {
      throw field.fault("the end \(end.text) is before the start \(start.text)")
    }
    return CatalogueEvent(
      kind: try required(parts["kind"], "kind", field).choice(CatalogueEvent.Kind.self),
      start: start, end: end, note: try required(parts["note"], "note", field).text())
  }

  private func time(_ field: YAMLField) throws(YAMLFieldError) -> EventTime {
    let text = try field.text()
    guard let time = EventTime(text) else {
      throw field.fault(
        "\(YAMLField.quote(text)) is no time; expected YYYY-MM-DD or YYYY-MM-DDTHH:MMZ")
    }
    return time
  }

  private func replacement(_ field: YAMLField) throws(YAMLFieldError) -> ReplacementTemplate {
    let parts = try field.members(["image", "mechanical"])
    let image = try required(parts["image"], "image", field)
    let template = ReplacementTemplate(
      text: try image.text(),
      isMechanical: try required(parts["mechanical"], "mechanical", field).flag())
    if let fault = template.fault { throw image.fault(fault) }
    return template
  }

  private func successors(_ field: YAMLField?) throws(YAMLFieldError) -> [Successor] {
    var successors: [Successor] = []
    for item in try field?.items() ?? [] {
      let parts = try item.members(["repository", "successor", "certainty", "note"])
      let image = try required(parts["successor"], "successor", item)
      let sample = TemplateText.fill(try image.text(), ["stem": "x"])
      if let fault = ReplacementTemplate(text: sample, isMechanical: false).fault {
        throw image.fault(fault)
      }
      successors.append(
        Successor(
          repository: try required(parts["repository"], "repository", item).text(),
          image: try image.text(),
          certainty: try parts["certainty"]?.choice(Certainty.self) ?? .inferred,
          note: try parts["note"]?.text()))
    }
    return successors
  }
}
