/// Fields behind one word: copies share them until one of them is changed.
struct CopyOnWrite<Fields: Hashable & Sendable>: Hashable, Sendable {
  private var shared: Shared

  init(_ fields: Fields) {
    shared = Shared(fields)
  }

  var fields: Fields {
    _read { yield shared.fields }
    _modify {
      if !isKnownUniquelyReferenced(&shared) { shared = Shared(shared.fields) }
      yield &shared.fields
    }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.shared === right.shared || left.shared.fields == right.shared.fields
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(shared.fields)
  }

  /// `@unchecked Sendable`: `fields` change only through the one value that holds the object, which
  /// `isKnownUniquelyReferenced` proves.
  private final class Shared: @unchecked Sendable {
    var fields: Fields

    init(_ fields: Fields) { self.fields = fields }
  }
}
