import ImageReferences
import Inventory

/// The values of a release that compose to image references, found by the habits of charts:
/// `image: host/app:1`, `image: {registry, repository, tag, digest}`, `{hub, image, tag}`,
/// `global.imageRegistry`.
struct ImageSettings {
  private struct Setting {
    /// The value to change: the registry where it stands apart, then the repository.
    let keys: [String]
    let name: String
    let tag: String?
    let digest: String?
    let isDefault: Bool
    /// Whether the last value holds the tag or digest too.
    var isWhole = false
  }

  /// How well a setting explains a reference: 0 tag or digest too, 1 it leaves the tag open,
  /// 2 it has another tag (a template may prefix it, or the chart's version counts).
  private typealias Rank = Int

  private var settings: [Setting] = []
  /// `global.imageRegistry` and its likes.
  private var globals: [(key: String, text: String, isDefault: Bool)] = []

  private static let registryKeys = ["registry", "imageRegistry", "hub"]
  private static let mostAlternatives = 3

  init(_ release: HelmRelease) {
    let root = LayeredValue(config: release.config, defaults: release.defaults)
    for path in [["global"], ["global", "image"], []] {
      var node: LayeredValue? = root
      for step in path { node = node?[step] }
      for key in Self.registryKeys {
        guard let value = node?[key], let text = value.text else { continue }
        globals.append(((path + [key]).joined(separator: "."), text, value.isDefault))
      }
    }
    collect(root, path: "")
  }

  /// In words for a report, `set by Helm value image.repository`; nil where it cannot be told.
  func words(for image: String) -> String? {
    guard case .reference(let reference) = ImageText.parse(image) else { return nil }
    let found = settings.filter { $0.name == reference.name }
    guard let best = found.map({ Self.rank($0, reference) }).min() else { return nil }
    let chosen = found.filter { Self.rank($0, reference) == best }
    guard chosen.count <= (best == 2 ? 1 : Self.mostAlternatives) else { return nil }
    let texts = chosen.map {
      $0.keys.joined(separator: " and ") + ($0.isWhole ? UseNotes.wholeValue : "")
    }
    let start = chosen.contains { $0.keys.count > 1 } ? UseNotes.helmValues : UseNotes.helmValue
    let origin = chosen.allSatisfy(\.isDefault) ? UseNotes.chartDefault : ""
    return start + texts.joined(separator: " or ") + origin
  }

  private static func rank(_ setting: Setting, _ reference: ImageReference) -> Rank {
    if let digest = setting.digest, let own = reference.digest { return digest == own ? 0 : 2 }
    guard let tag = setting.tag else { return 1 }
    return tag == reference.tag ? 0 : 2
  }

  /// The recursion is bounded by the depth that the decoder accepts.
  private mutating func collect(_ value: LayeredValue, path: String) {
    for (index, item) in value.items.enumerated() {
      collect(item, path: "\(path)[\(index)]")
    }
    for key in value.keys {
      guard let member = value[key] else { continue }
      let place = Self.joined(path, key)
      if let text = member.text {
        if Self.namesRepository(key, below: path) {
          add(text, key: key, place: place, path: path, in: value, isDefault: member.isDefault)
        }
      } else {
        collect(member, path: place)
      }
    }
  }

  private mutating func add(
    _ text: String, key: String, place: String, path: String, in holder: LayeredValue,
    isDefault: Bool
  ) {
    let tag = holder["tag"]?.text ?? holder["\(key)Tag"]?.text ?? holder["version"]?.text
    let digest = holder["digest"]?.text ?? holder["sha"]?.text.map { "sha256:\($0)" }
    var found: [Setting] = []
    func note(_ whole: String, _ keys: [String], _ isDefault: Bool) {
      guard case .reference(let reference) = ImageText.parse(whole) else { return }
      found.append(
        Setting(
          keys: keys, name: reference.name, tag: reference.writtenTag ?? tag,
          digest: reference.digest ?? digest, isDefault: isDefault,
          isWhole: reference.writtenTag != nil || reference.digest != nil))
    }
    note(text, [place], isDefault)
    for registryKey in Self.registryKeys where registryKey != key {
      guard let registry = holder[registryKey], let host = registry.text else { continue }
      note(
        "\(host)/\(text)", [Self.joined(path, registryKey), place],
        registry.isDefault && isDefault)
    }
    // A registry that stands beside it is met above.
    let beside = Self.registryKeys.map { Self.joined(path, $0) }
    for global in globals where !beside.contains(global.key) {
      note("\(global.text)/\(text)", [global.key, place], global.isDefault && isDefault)
    }
    settings += found
  }

  /// `repository`, `initImage`, `image`; `name` only inside an image.
  private static func namesRepository(_ key: String, below path: String) -> Bool {
    let word = key.lowercased()
    if word.hasSuffix("repository") || word.hasSuffix("image") || word == "repo" { return true }
    return word == "name" && path.lowercased().hasSuffix("image")
  }

  /// As `helm --set` writes keys: a dot inside a key is escaped.
  private static func joined(_ path: String, _ key: String) -> String {
    let escaped = key.split(separator: ".", omittingEmptySubsequences: false)
      .joined(separator: "\\.")
    return path.isEmpty ? escaped : "\(path).\(escaped)"
  }
}
