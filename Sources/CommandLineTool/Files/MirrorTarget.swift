import ImageReferences
import Inventory

/// The registry of `--to`, and where in it an image stands: the host becomes the first part of the
/// path, so that two registries never meet and everybody can tell where an image came from.
struct MirrorTarget: Hashable, Sendable {
  /// `REGISTRY` or `REGISTRY/PREFIX`.
  let text: String

  /// Nil for what is no registry: a Docker Hub name, a tag, a scheme.
  init?(_ text: String) {
    var text = text[...]
    while text.hasSuffix("/") { text.removeLast() }
    let example = "\(text)/pause"
    guard let reference = ImageText.parse(example).reference, reference.hasWrittenRegistry,
      reference.name == example
    else { return nil }
    self.text = String(text)
  }

  func holds(_ image: String) -> Bool {
    ImageText.parse(image).reference?.name.hasPrefix(text + "/") == true
  }

  /// `registry.k8s.io/pause:3.9` → `mirror.example/registry.k8s.io/pause:3.9`.
  ///
  /// Nil where the host cannot be part of a path, for it has a port or upper-case letters.
  func place(of image: String) -> String? {
    guard let own = ImageText.parse(image).reference else { return nil }
    let path = "\(text)/\(own.name)"
    var suffix = ""
    if let tag = own.writtenTag { suffix += ":\(tag)" }
    if let digest = own.digest { suffix += "@\(digest)" }
    guard ImageText.parse(path + suffix).reference?.name == path else { return nil }
    return path + suffix
  }
}

extension Flag where Value == MirrorTarget? {
  static func mirror(_ name: String, _ help: String) -> Self {
    let text = Flag<String?>.text(name, "REGISTRY", help)
    return Flag(text.definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      guard let text = try text.read(occurrences) else { return nil }
      guard let target = MirrorTarget(text) else {
        throw InvalidFlagValue(
          value: text, expected: "a registry, with a path or without: mirror.example/images")
      }
      return target
    }
  }
}
