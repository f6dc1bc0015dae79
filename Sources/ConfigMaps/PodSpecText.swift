import ImageReferences
import YAMLDocuments

/// Pod specs in YAML: whatever has `containers` with images, as runners and operators keep their
/// pod templates.
enum PodSpecText {
  private static let lists = ["containers", "initContainers", "ephemeralContainers"]

  /// Text that is no YAML gives nothing.
  static func images(in text: String) -> [FoundImage] {
    guard text.contains("ontainers") else { return [] }
    var found: [FoundImage] = []
    for document in ConfigText.documents(text) { collect(document, into: &found) }
    return found
  }

  private static func collect(_ node: YAMLNode, into found: inout [FoundImage]) {
    for pair in node.mapping ?? [] {
      if let key = pair.key.string, lists.contains(key) {
        for container in pair.value.sequence ?? [] {
          guard let field = container["image"], let image = field.string,
            ImageText.parse(image).reference != nil
          else { continue }
          found.append(FoundImage(line: field.start.line, image: image))
        }
      } else {
        collect(pair.value, into: &found)
      }
    }
    for element in node.sequence ?? [] { collect(element, into: &found) }
  }
}
