import ImageReferences
import YAMLDocuments

/// Istio's values: `global.hub`, `global.tag` and the name in `global.proxy.image`.
enum IstioValues {
  static func image(in text: String) -> String? {
    guard let global = ConfigText.documents(text).first?["global"],
      let name = global["proxy"]?["image"]?.string, !name.isEmpty
    else { return nil }
    // "If the image name contains a /, hub and tag are ignored" (istio's `global.proxy.image`).
    guard !name.contains("/") else { return parsed(name) }
    guard let hub = global["hub"]?.string, !hub.isEmpty else { return nil }
    let tag = global["tag"].flatMap { $0.string ?? $0.int.map { String($0) } } ?? ""
    return parsed(tag.isEmpty ? "\(hub)/\(name)" : "\(hub)/\(name):\(tag)")
  }

  private static func parsed(_ image: String) -> String? {
    ImageText.parse(image).reference == nil ? nil : image
  }
}

/// Linkerd's values: mappings called `image` with `name` and `version`; without a version it is
/// `linkerdVersion`.
enum NamesAndVersions {
  static func images(in text: String) -> [FoundImage] {
    guard let root = ConfigText.documents(text).first else { return [] }
    var found: [FoundImage] = []
    collect(root, fallback: root["linkerdVersion"]?.string ?? "", depth: 0, into: &found)
    return found
  }

  private static func collect(
    _ node: YAMLNode, fallback: String, depth: Int, into found: inout [FoundImage]
  ) {
    guard depth < 8 else { return }
    for pair in node.mapping ?? [] {
      if pair.key.string == "image", let name = pair.value["name"]?.string, name.contains("/") {
        let own = pair.value["version"]?.string ?? ""
        let tag = own.isEmpty ? fallback : own
        let image = tag.isEmpty ? name : "\(name):\(tag)"
        if ImageText.parse(image).reference != nil {
          found.append(FoundImage(line: pair.value.start.line, image: image))
        }
      }
      collect(pair.value, fallback: fallback, depth: depth + 1, into: &found)
    }
  }
}
