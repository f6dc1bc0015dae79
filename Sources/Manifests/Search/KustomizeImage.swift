import YAMLDocuments

/// An entry of `images` of a kustomization, of Flux's too.
///
/// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
struct KustomizeImage {
  let name: YAMLNode
  let newName: YAMLNode?
  /// What the entry makes of the image.
  let text: String

  init?(_ pairs: [YAMLPair]) {
    func value(_ key: String) -> YAMLNode? {
      pairs.first { $0.key.scalar?.text == key }?.value
    }
    guard
      pairs.contains(where: { pair in
        guard let key = pair.key.scalar?.text else { return false }
        return key == "newName" || key == "newTag"
      }), let name = value("name"), let written = name.writtenText
    else { return nil }
    self.name = name
    newName = value("newName").flatMap { $0.writtenText == nil ? nil : $0 }
    var text = newName?.writtenText ?? written
    if let tag = value("newTag")?.writtenText { text += ":\(tag)" }
    if let digest = value("digest")?.writtenText { text += "@\(digest)" }
    self.text = text
  }
}
