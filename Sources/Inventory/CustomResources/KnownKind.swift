/// Kinds of one API group whose image fields are documented.
package struct KnownKind: Sendable {
  /// `*.example.org` stands for every group below that domain.
  package let group: String
  package let kinds: Set<String>
  package let lifecycle: ObjectLifecycle
  package let fields: [ImageField]
  /// Served by an API server of its own (OpenShift), and read all the same.
  package let isAggregated: Bool

  init(
    _ group: String, _ kinds: Set<String>, lifecycle: ObjectLifecycle = .service,
    isAggregated: Bool = false, _ fields: [FieldMeaning: [String]]
  ) {
    self.group = group
    self.kinds = kinds
    self.lifecycle = lifecycle
    self.isAggregated = isAggregated
    self.fields = fields.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { meaning, paths in
      paths.map { ImageField(path: FieldPath($0), meaning: meaning, confidence: .known) }
    }
  }

  /// The entry of a kind, in any version; nil when nothing is known of it.
  package static func find(group: String, kind: String) -> KnownKind? {
    all.first { $0.kinds.contains(kind) && $0.covers(group) }
  }

  private func covers(_ other: String) -> Bool {
    guard group.hasPrefix("*.") else { return group == other }
    return other.hasSuffix(group.dropFirst())
  }

  package static let all = workflows + services + operators + platforms
}
