import ImageReferences
import Remediation

/// `files --to`: references go where `mirror` copies their images.
extension MirrorTarget {
  func holds(_ image: String) -> Bool {
    ImageText.parse(image).reference.map { holds($0) } ?? false
  }

  /// `registry.k8s.io/pause:3.9` → `mirror.example/registry.k8s.io/pause:3.9`.
  ///
  /// Nil where the host cannot be part of a path.
  func place(of image: String) -> String? {
    guard let own = ImageText.parse(image).reference, let repository = repository(of: own) else {
      return nil
    }
    let path = "\(registry)/\(repository)"
    var suffix = ""
    if let tag = own.writtenTag { suffix += ":\(tag)" }
    if let digest = own.digest { suffix += "@\(digest)" }
    guard ImageText.parse(path + suffix).reference?.name == path else { return nil }
    return path + suffix
  }

  /// `docker.io/istio` → `mirror.example/docker.io/istio`: alone it would be an official image.
  func place(ofPrefix prefix: String) -> String? {
    place(of: "\(prefix)/image").map { String($0.dropLast("/image".count)) }
  }
}

extension Flag where Value == MirrorTarget? {
  static func mirror(_ name: String, _ help: String) -> Self {
    let text = Flag<String?>.text(name, "REGISTRY[/PREFIX]", help)
    return Flag(text.definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      guard let text = try text.read(occurrences) else { return nil }
      do {
        return try MirrorTarget(text)
      } catch {
        throw InvalidFlagValue(
          value: text, expected: "a registry, with a path or without: mirror.example/images")
      }
    }
  }
}
