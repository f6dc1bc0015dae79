package import ImageReferences

/// An image that a container does not run itself: its environment or its arguments name it for a
/// program that starts other containers.
package struct ConfiguredImage: Hashable {
  package let role: ContainerRole
  /// Below the pod spec: `containers[0].env[3].value`.
  package let pathInPodSpec: String
  package let image: ImageText
  /// Of the variable or the flag; empty for a bare argument.
  package let name: String
  package let note: String
}

/// Whether the catalogue has something to say against a reference; injected, so that an inventory
/// need not know the catalogue.
package typealias ImageRecognizer = @Sendable (ImageReference) -> Bool

extension ContainerRecord {
  /// The images in environment variables named for one (`RELATED_IMAGE_…`, `…_IMAGE`, `IMAGE`),
  /// and those of arguments that the recognizer knows.
  ///
  /// A variable's name tells that its value is an image. An argument is any text with a slash, so
  /// it must be one that the catalogue knows.
  package func configuredImages(_ recognizes: ImageRecognizer) -> [ConfiguredImage] {
    guard role != .imageVolume, !(environment.isEmpty && arguments.isEmpty) else { return [] }
    return environment.compactMap(configured)
      + arguments.indices.compactMap { configured(at: $0, recognizes) }
  }

  private func configured(_ variable: EnvironmentRecord) -> ConfiguredImage? {
    let text = ImageText.parse(variable.value)
    guard case .reference(let reference) = text else { return nil }
    // `USE_IMAGE=true` and the like: one word names no image but an official one of Docker Hub.
    guard variable.name.hasPrefix("RELATED_IMAGE_") || reference.isSpelledOut else { return nil }
    return ConfiguredImage(
      role: .environment, pathInPodSpec: "\(pathOfContainer).env[\(variable.index)].value",
      image: text, name: variable.name, note: "in the environment variable \(variable.name)")
  }

  private func configured(at position: Int, _ recognizes: ImageRecognizer) -> ConfiguredImage? {
    let argument = arguments[position]
    let (flag, value) = argument.parts
    guard !Self.pushTargets.contains(flag) else { return nil }
    let text = ImageText.parse(value)
    guard case .reference(let reference) = text, reference.isSpelledOut, recognizes(reference)
    else { return nil }
    return ConfiguredImage(
      role: .argument,
      pathInPodSpec: "\(pathOfContainer).\(argument.list.rawValue)[\(argument.index)]",
      image: text, name: flag,
      note: flag.isEmpty ? "in an argument" : UseNotes.argument + flag)
  }

  /// kaniko's flags that say where an image goes, not where one comes from.
  private static let pushTargets: Set<String> = ["--destination", "--cache-repo"]

  private var pathOfContainer: String {
    let path = pathInPodSpec
    return path.hasSuffix(".image") ? String(path.dropLast(".image".count)) : path
  }
}

extension ArgumentRecord {
  /// `--flag=value` apart; a text without a flag is a value.
  fileprivate var parts: (flag: String, value: String) {
    guard value.hasPrefix("-"), let sign = value.firstIndex(of: "=") else { return ("", value) }
    return (String(value[..<sign]), String(value[value.index(after: sign)...]))
  }
}

extension ImageReference {
  /// Whether the text has a registry, a tag or a digest: what a person writes who means an image.
  /// `charts/app` or `some/path` reads as an image of Docker Hub too.
  package var isSpelledOut: Bool {
    hasWrittenRegistry || digest != nil || writtenTag != nil
  }

  /// Whether the text itself begins with the registry.
  package var hasWrittenRegistry: Bool {
    let written = raw.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard written.count == 2 else { return false }
    return registry != "docker.io" || written[0].contains(".")
  }
}
