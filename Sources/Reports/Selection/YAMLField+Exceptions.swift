import Inventory
import YAMLDocuments

extension YAMLField {
  /// One pattern, or a list of them.
  func globs() throws(YAMLFieldError) -> [Glob] {
    guard node.sequence != nil else { return [Glob(try text())] }
    let items = try items()
    guard !items.isEmpty else { throw fault("expected a pattern, found an empty list") }
    var globs: [Glob] = []
    for item in items { globs.append(Glob(try item.text())) }
    return globs
  }

  func waiverKind() throws(YAMLFieldError) -> Waiver.Kind {
    let text = try text()
    guard let kind = Waiver.Kind(rawValue: text) else {
      throw fault("unknown \(Self.quote(text)); expected mitigated or accepted")
    }
    return kind
  }
}
