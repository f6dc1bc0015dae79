import ImageReferences
import Inventory
import YAMLDocuments

/// A value of a mapping that begins images which other values complete:
/// `hub: gcr.io/istio-release`, `registry: k8s.gcr.io`, `repository: gcr.io/tekton-releases`.
struct RepositoryPrefix {
  let key: String
  let node: YAMLNode
  let text: String
  /// The image to be judged in its place; nil where the text may be an image itself, but for its
  /// tag: `registry: gcr.io/heptio-images/contour`.
  let representative: String?
  /// `tag` of the same mapping.
  let tag: String?

  /// Those that the catalogue has something to say against.
  static func all(in pairs: [YAMLPair], _ search: TextSearch) -> [RepositoryPrefix] {
    pairs.indices.compactMap { index in
      guard let key = pairs[index].key.scalar?.text, let role = role(of: key) else { return nil }
      let node = pairs[index].value
      guard let written = node.writtenText, !written.contains("://") else { return nil }
      var text = written.trimmed
      while text.last == "/" { text.removeLast() }
      let prefix = String(text)
      guard let reference = ImageText.parse(prefix).reference, reference.writtenTag == nil,
        reference.digest == nil
      else { return nil }
      // A registry or a project is no image: `gcr.io/project`.
      let isSurely =
        !prefix.contains("/") || search.isPrefix(prefix)
        || (role == .registry && prefix.utf8.count { $0 == UInt8(ascii: "/") } == 1)
      let representative = isSurely ? search.representative(of: prefix) : nil
      if representative == nil {
        guard role == .registry, !isSurely, reference.hasWrittenRegistry,
          search.recognizes(reference)
        else { return nil }
      }
      let tag = ["tag", "imageTag"].lazy.compactMap { name in
        pairs.first { $0.key.scalar?.text == name }?.value.writtenText
      }.first
      return RepositoryPrefix(
        key: key, node: node, text: prefix, representative: representative, tag: tag)
    }
  }

  private enum Role {
    /// Whatever it holds, images begin so.
    case registry
    /// An image as a rule, unless the catalogue knows better.
    case repository
  }

  private static func role(of key: String) -> Role? {
    // The last letter of all words below.
    guard let last = key.utf8.last, "yYbBoO".utf8.contains(last) else { return nil }
    let word = key.lowercased()
    if word.hasSuffix("registry") || word.hasSuffix("hub") { return .registry }
    return word.hasSuffix("repository") || word == "repo" ? .repository : nil
  }
}
