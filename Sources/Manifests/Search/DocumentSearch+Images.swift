import Inventory
import YAMLDocuments

/// Mappings that name an image: whole or in parts, its beginning, or another image's new name.
extension DocumentSearch {
  /// Of a Pod: their `image` and `repository` name no image of a container.
  private static let volumes = ["rbd", "quobyte", "gitRepo"]

  mutating func images(
    _ pairs: [YAMLPair], _ text: SourceText, path: String, key: String, context: Context
  ) {
    if let entry = KustomizeImage(pairs) {
      kustomized(entry, text, path: path, context: context)
      return
    }
    guard !context.isDefinition, context.object == nil || !Self.volumes.contains(key) else {
      return
    }
    let holder = pairs.first { $0.key.scalar?.text == "name" }?.value.writtenText
    for image in SplitImage.all(
      in: pairs, place: key, global: context.global, isPrefix: search.isPrefix)
    {
      guard !isClaimed(image.main, text) else { continue }
      var reference = FoundReference(
        object: context.object, path: Self.joined(path, image.key),
        container: image.key.lowercased() == "image" ? holder ?? "" : "", text: image.text,
        confidence: context.confidence,
        certainty: context.object == nil ? .known : .shape,
        parts: image.parts.map { text.part($0.text, in: $0.node, kind: $0.kind) })
      reference.activity = context.activity
      reference.isDivided = image.isDivided
      if image.isGlobal {
        reference.obstacle =
          "its registry is a global value, which holds for every image: change that by hand"
      }
      add(reference, image.main, text)
      for part in image.parts { claim(part.node, text) }
    }
  }

  /// What begins images that other values complete: `hub: gcr.io/istio-release`.
  mutating func prefixes(
    _ pairs: [YAMLPair], _ text: SourceText, path: String, context: Context
  ) {
    guard !context.isDefinition else { return }
    for prefix in RepositoryPrefix.all(in: pairs, search) where !isClaimed(prefix.node, text) {
      var reference = FoundReference(
        object: context.object, path: Self.joined(path, prefix.key), text: prefix.text,
        confidence: .values, certainty: context.object == nil ? .known : .shape,
        parts: [text.part(prefix.text, in: prefix.node, kind: .whole)])
      reference.activity = context.activity
      reference.representative = prefix.representative
      reference.tagBeside = prefix.tag
      reference.isOpen = prefix.representative == nil
      reference.notes = [
        prefix.representative == nil ? FoundReference.openNote : UseNotes.prefixOfAll
      ]
      add(reference, prefix.node, text)
    }
  }

  private mutating func kustomized(
    _ entry: KustomizeImage, _ text: SourceText, path: String, context: Context
  ) {
    var reference = FoundReference(
      object: context.object, path: Self.joined(path, entry.newName == nil ? "name" : "newName"),
      container: entry.name.writtenText ?? "", text: entry.text, confidence: .parsed,
      parts: [])
    let source = entry.newName ?? entry.name
    reference.parts = [
      text.part(
        source.writtenText ?? "", in: source, kind: entry.newName == nil ? .matcher : .repository)
    ]
    reference.activity = context.activity
    reference.notes = ["an images entry of a kustomization"]
    reference.matchedName = entry.name.writtenText
    add(reference, source, text)
    claim(entry.name, text)
  }
}
