import ImageReferences
import Inventory
import YAMLDocuments

/// A reference whose parts are values of one mapping, by the habits of charts:
/// `image: host/app:1`, `{registry, repository, tag, digest}`, `{hub, image, tag}`.
struct SplitImage {
  let text: String
  let parts: [(kind: ReferencePart.Kind, node: YAMLNode, text: String)]
  /// The node that names the repository.
  let main: YAMLNode
  let key: String
  /// The registry comes from a value that holds for all images.
  let isGlobal: Bool
  /// A value beside it may hold a part of its path.
  let isDivided: Bool

  private static let registryKeys = ["registry", "imageRegistry", "hub"]
  private static let pathKeys = [
    "org", "organization", "organisation", "project", "account", "owner",
  ]

  /// All of one mapping. `place` is the key that holds the mapping; `global` the value of
  /// `global.imageRegistry`, if the document has one; `isPrefix` tells what begins images and is
  /// none.
  static func all(
    in pairs: [YAMLPair], place: String, global: YAMLNode?, isPrefix: (String) -> Bool
  ) -> [SplitImage] {
    // Most mappings name no image: told before anything is copied.
    let images = pairs.indices.filter { index in
      pairs[index].key.scalar.map { role(of: $0.text, place: place) != nil } ?? false
    }
    guard !images.isEmpty else { return [] }
    var values: [String: YAMLNode] = [:]
    for pair in pairs {
      guard let key = pair.key.scalar?.text, pair.value.writtenText != nil else { continue }
      values[key] = pair.value
    }
    return images.compactMap { index in
      let pair = pairs[index]
      guard let key = pair.key.scalar?.text, let text = pair.value.writtenText,
        let role = role(of: key, place: place), role != .repository || !isPrefix(text)
      else { return nil }
      return SplitImage(
        key: key, node: pair.value, text: text, role: role,
        isInImage: place.lowercased().hasSuffix("image"), among: values, global: global)
    }
  }

  private enum Role {
    /// The key `image`: whatever parses is meant.
    case image
    /// A key that ends so: it must look like an image.
    case named
    case repository
  }

  private static func role(of key: String, place: String) -> Role? {
    // The last letter of all words below.
    guard let last = key.utf8.last, "eEyYoO".utf8.contains(last) else { return nil }
    let word = key.lowercased()
    if word == "image" { return .image }
    if word.hasSuffix("repository") || word == "repo" { return .repository }
    if word.hasSuffix("image") || word.hasSuffix("imagename") { return .named }
    return word == "name" && place.lowercased().hasSuffix("image") ? .repository : nil
  }

  private init?(
    key: String, node: YAMLNode, text: String, role: Role, isInImage: Bool,
    among values: [String: YAMLNode], global: YAMLNode?
  ) {
    guard let own = ImageText.parse(text).reference else { return nil }
    var parts: [(kind: ReferencePart.Kind, node: YAMLNode, text: String)] = []
    var whole = String(text.trimmed)
    var registry = Self.registryKeys.lazy.filter { $0 != key }.compactMap { values[$0] }.first
    var isGlobal = false
    // A chart's own registry gives way to the global one (Bitnami's common chart).
    if let global, !own.hasWrittenRegistry { (registry, isGlobal) = (global, true) }
    if let registry, !own.hasWrittenRegistry, let host = registry.writtenText {
      whole = "\(host)/\(whole)"
      parts.append((.registry, registry, host))
    }
    let hasTag = own.writtenTag != nil || own.digest != nil
    let tag = hasTag ? nil : Self.tag(of: key, role, among: values)
    let digest = own.digest != nil ? nil : values["digest"] ?? values["sha"]
    let isSplit = !parts.isEmpty || tag != nil || digest != nil
    parts.append((isSplit ? .repository : .whole, node, String(text.trimmed)))
    if let tag, let word = tag.writtenText {
      whole += ":\(word)"
      parts.append((.tag, tag, word))
    }
    if let digest, let word = digest.writtenText {
      whole += word.contains(":") ? "@\(word)" : "@sha256:\(word)"
      parts.append((.digest, digest, word))
    }
    guard let reference = ImageText.parse(whole).reference else { return nil }
    let isConvincing: Bool =
      switch role {
      case .image: true
      case .named: isSplit || reference.isSpelledOut
      // `image: {repository: bitnami/redis}`, whose tag is the chart's version.
      case .repository:
        isSplit || own.hasWrittenRegistry || (isInImage && key == "repository")
      }
    guard isConvincing else { return nil }
    self.text = whole
    self.parts = parts
    self.key = key
    self.isGlobal = isGlobal
    isDivided = Self.isDivided(values, isInImage)
    main = node
  }

  /// `{registry, org, repository}`, `{registry, repository, name}`, `{registry, repository, image}`.
  private static func isDivided(_ values: [String: YAMLNode], _ isInImage: Bool) -> Bool {
    if pathKeys.contains(where: { values[$0] != nil }) { return true }
    guard values["repository"] != nil || values["repo"] != nil else { return false }
    return values["image"] != nil || values["imageName"] != nil
      || (isInImage && values["name"] != nil)
  }

  /// `tag`, `initImageTag`, `imageTag`; `version` beside a repository.
  private static func tag(
    of key: String, _ role: Role, among values: [String: YAMLNode]
  ) -> YAMLNode? {
    var names = ["\(key)Tag"]
    for ending in ["Repository", "Image"] where key.hasSuffix(ending) {
      names.append("\(key.dropLast(ending.count))Tag")
    }
    names += ["tag", "imageTag"]
    if role == .repository { names.append("version") }
    return names.lazy.compactMap { values[$0] }.first
  }
}
