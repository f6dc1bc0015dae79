import YAMLDocuments

extension Catalogue {
  /// The rules in force as YAML that the reader reads back: for `rules --export`.
  package func exported() -> String {
    var writer = YAMLWriter()
    writer.document(
      .fields([
        "apiVersion": .string(CatalogueReader.apiVersion),
        "kind": .string(CatalogueReader.kind),
        "version": .string(version),
        "date": .string(date.description),
        "rules": .sequence(rules.map(CatalogueWriter.tree)),
      ]))
    return writer.text
  }
}

/// Rules as trees to be written.
private enum CatalogueWriter {
  static func tree(_ rule: Rule) -> YAMLTree {
    .fields([
      "id": .string(rule.id),
      "title": .string(rule.title),
      "match": .sequence(rule.matches.map(tree)),
      "except": rule.exceptions.isEmpty ? nil : .sequence(rule.exceptions.map(tree)),
      "certainty": rule.certainty.map { .string($0.rawValue) },
      "unverified": rule.isUnverified ? true : nil,
      "fates": .sequence(rule.fates.map(tree)),
      "events": rule.events.isEmpty ? nil : .sequence(rule.events.map(tree)),
      "replacement": rule.replacement.map { template in
        .fields(["image": .string(template.text), "mechanical": .bool(template.isMechanical)])
      },
      "successors": rule.successors.isEmpty ? nil : .sequence(rule.successors.map(tree)),
      "successorsOf": rule.successorsOf.map(YAMLTree.string),
      "what": text(rule.what),
      "advice": text(rule.advice),
      "sources": rule.sources.isEmpty ? nil : .strings(rule.sources),
      "examples": rule.examples.isEmpty ? nil : .strings(rule.examples),
    ])
  }

  private static func text(_ text: String) -> YAMLTree? {
    text.isEmpty ? nil : .string(text)
  }

  private static func tree(_ pattern: ReferencePattern) -> YAMLTree {
    switch (pattern.path, pattern.tags.isEmpty) {
    case (.any, true): return .string(pattern.host)
    case (.prefix(let prefix), true): return .string("\(pattern.host)/\(prefix)")
    default: break
    }
    var prefix: YAMLTree?
    var repository: YAMLTree?
    switch pattern.path {
    case .any: break
    case .prefix(let text): prefix = .string(text)
    case .repository(let text): repository = .string(text)
    }
    return .fields([
      "registry": .string(pattern.host),
      "prefix": prefix,
      "repository": repository,
      "tags": pattern.tags.isEmpty ? nil : .strings(pattern.tags.map(\.text)),
    ])
  }

  private static func tree(_ fate: DatedFate) -> YAMLTree {
    .fields([
      "from": fate.from.map { .string($0.description) },
      "fate": .string(fate.fate.rawValue),
      "note": fate.note.map(YAMLTree.string),
    ])
  }

  private static func tree(_ event: CatalogueEvent) -> YAMLTree {
    .fields([
      "kind": .string(event.kind.rawValue),
      "start": .string(event.start.text),
      "end": event.end.map { .string($0.text) },
      "note": .string(event.note),
    ])
  }

  private static func tree(_ successor: Successor) -> YAMLTree {
    .fields([
      "repository": .string(successor.repository),
      "successor": .string(successor.image),
      "certainty": .string(successor.certainty.rawValue),
      "note": successor.note.map(YAMLTree.string),
    ])
  }
}
