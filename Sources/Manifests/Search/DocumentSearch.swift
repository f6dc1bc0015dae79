import ImageReferences
import Inventory
import YAMLDocuments

/// The references of one YAML document: pod specs where an object has them, fields named for an
/// image, kustomizations, and text elsewhere that begins with a known registry.
struct DocumentSearch {
  /// What a node belongs to.
  struct Context {
    var object: WorkloadIdentity?
    var activity = Activity.inert
    var confidence = SourceConfidence.values
    /// `global.imageRegistry`.
    var global: YAMLNode?
    /// Block scalars inside block scalars.
    var depth = 0
    var isDefinition = false
  }

  let search: TextSearch
  private(set) var found: [FoundReference] = []
  /// Where scalars begin that are told already; an alias leads to one twice.
  private var claimed: Set<Int> = []

  private static let deepestText = 3
  private static let longestText = 1 << 20

  init(_ search: TextSearch) {
    self.search = search
  }

  /// - Parameter prefix: stands before every path.
  mutating func document(
    _ node: YAMLNode, in text: SourceText, prefix: String = "", context: Context = Context()
  ) {
    let node = text.mayMerge ? (try? node.applyingMergeKeys()) ?? node : node
    let kind = node["kind"]?.scalar?.text ?? ""
    if kind.hasSuffix("List"), let items = node["items"]?.sequence {
      for item in items where item["items"]?.sequence == nil {
        document(item, in: text, prefix: prefix, context: context)
      }
      return
    }
    var context = context
    let first = found.count
    let apiVersion = node["apiVersion"]?.scalar?.text ?? ""
    let isObject = !kind.isEmpty && !apiVersion.isEmpty
    if isObject {
      if context.object == nil { context.object = Self.identity(node, apiVersion, kind) }
      context.activity = Self.activity(node, kind)
      context.confidence = .parsed
      context.isDefinition = kind == "CustomResourceDefinition"
      for spec in PodSpecFinder.podSpecNodes(in: node, kind: kind, apiVersion: apiVersion) {
        podSpec(spec, text, prefix, context)
      }
    } else {
      let global = node["global"]
      context.global = [global?["imageRegistry"], global?["image"]?["registry"]]
        .compactMap { $0 }.first { $0.writtenText != nil }
    }
    if let pairs = node.mapping {
      images(pairs, text, path: prefix, key: "", context: context)
      prefixes(pairs, text, path: prefix, context: context)
    }
    for pair in node.mapping ?? [] {
      guard let key = pair.key.scalar?.text else { continue }
      // What the cluster says of the object, not what it asks for.
      if isObject, key == "status" { continue }
      if isObject, key == "metadata" {
        metadata(pair.value, text, prefix, context)
        continue
      }
      var inner = context
      // https://github.com/compose-spec/compose-spec/blob/main/05-services.md
      if !isObject, key == "services", pair.value.mapping != nil { inner.confidence = .parsed }
      value(pair.value, text, path: Self.joined(prefix, key), key: key, context: inner)
    }
    if node.mapping == nil {
      value(node, text, path: prefix, key: "", context: context)
    }
    let group = apiVersion.split(separator: "/").first.map(String.init) ?? ""
    if isObject, ExcludedKinds.isPolicy(group: group, kind: kind) {
      for index in first..<found.count where found[index].obstacle == nil {
        found[index].obstacle =
          "\(kind) may name it to allow, refuse or mirror it: change that by hand"
      }
    }
  }

  // MARK: Objects

  private mutating func metadata(
    _ node: YAMLNode, _ text: SourceText, _ prefix: String, _ context: Context
  ) {
    // `managedFields` and the last-applied copy hold stale images.
    for pair in node["annotations"]?.mapping ?? [] {
      guard let key = pair.key.scalar?.text, key != AnnotationKeys.copiedLastApplied else {
        continue
      }
      let path = Self.joined(prefix, "metadata.annotations[\(key)]")
      value(pair.value, text, path: path, key: key, context: context)
    }
  }

  private mutating func podSpec(
    _ spec: (path: String, node: YAMLNode, confidence: UseConfidence), _ text: SourceText,
    _ prefix: String, _ context: Context
  ) {
    let base = Self.joined(prefix, spec.path)
    for container in PodSpecRecord(spec.node).containers {
      if let node = spec.node.node(at: container.pathInPodSpec), !container.image.isEmpty {
        var reference = FoundReference(
          object: context.object, path: "\(base).\(container.pathInPodSpec)",
          container: container.name, role: container.role, text: container.image,
          confidence: .parsed, certainty: spec.confidence,
          parts: [text.part(container.image, in: node, kind: .whole)])
        reference.pullPolicy = container.pullPolicy
        reference.activity = context.activity
        add(reference, node, text)
      }
      for image in container.configuredImages(search.recognizes) {
        guard let node = spec.node.node(at: image.pathInPodSpec) else { continue }
        var reference = FoundReference(
          object: context.object, path: "\(base).\(image.pathInPodSpec)",
          container: container.name, role: image.role, text: image.image.text,
          confidence: .parsed, certainty: spec.confidence,
          parts: [text.part(image.image.text, in: node, kind: .whole)])
        reference.activity = context.activity
        reference.notes = [image.note]
        add(reference, node, text)
      }
    }
  }

  private mutating func add(_ reference: FoundReference, _ node: YAMLNode, _ text: SourceText) {
    var reference = reference
    if let alias = node.alias { reference.notes.append("through the alias *\(alias.name)") }
    claim(node, text)
    found.append(reference)
  }

  private mutating func claim(_ node: YAMLNode, _ text: SourceText) {
    claimed.insert(text.fileOffset(node.start.byteOffset))
  }

  private func isClaimed(_ node: YAMLNode, _ text: SourceText) -> Bool {
    claimed.contains(text.fileOffset(node.start.byteOffset))
  }

  // MARK: Values

  /// The recursion is bounded by the depth that the reader accepts.
  private mutating func value(
    _ node: YAMLNode, _ text: SourceText, path: String, key: String, context: Context
  ) {
    var context = context
    // Flux HelmRelease `spec.values`, Argo CD `helm.valuesObject`, kustomize `valuesInline`.
    if ["values", "valuesObject", "valuesInline"].contains(key), context.object != nil {
      context.confidence = .values
    }
    switch node.content {
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        value(item, text, path: "\(path)[\(index)]", key: key, context: context)
      }
    case .mapping(let pairs):
      images(pairs, text, path: path, key: key, context: context)
      prefixes(pairs, text, path: path, context: context)
      for pair in pairs {
        guard let name = pair.key.scalar?.text else { continue }
        // A schema's prose.
        if context.isDefinition, name == "description" { continue }
        value(
          pair.value, text, path: Self.joined(path, name), key: name, context: context)
      }
    case .scalar(let scalar):
      guard !isClaimed(node, text) else { return }
      if scalar.style == .literal, block(node, scalar, text, path: path, context: context) {
        return
      }
      self.text(node, scalar, text, path: path, context: context)
    }
  }

  /// Of a Pod: their `image` and `repository` name no image of a container.
  private static let volumes = ["rbd", "quobyte", "gitRepo"]

  private mutating func images(
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
      for part in image.parts where part.kind != .registry { claim(part.node, text) }
      if let registry = image.parts.first(where: { $0.kind == .registry }) {
        claim(registry.node, text)
      }
    }
  }

  /// What begins images that other values complete: `hub: gcr.io/istio-release`.
  private mutating func prefixes(
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
        prefix.representative == nil ? FoundReference.openNote : FoundReference.prefixNote
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

  // MARK: Text

  /// A block scalar that holds YAML; false when it is other text.
  private mutating func block(
    _ node: YAMLNode, _ scalar: YAMLScalar, _ text: SourceText, path: String, context: Context
  ) -> Bool {
    guard context.depth < Self.deepestText, scalar.text.utf8.count <= Self.longestText,
      scalar.text.contains(":"), let inner = SourceText(literal: node, in: text),
      let nodes = try? YAMLDocuments.load(inner.bytes, limits: ManifestReader.limits),
      nodes.contains(where: { $0.mapping != nil || $0.sequence != nil })
    else { return false }
    claim(node, text)
    var context = context
    context.depth += 1
    for inside in nodes { document(inside, in: inner, prefix: path, context: context) }
    return true
  }

  private mutating func text(
    _ node: YAMLNode, _ scalar: YAMLScalar, _ text: SourceText, path: String, context: Context
  ) {
    let range = node.byteRange.clamped(to: 0..<text.bytes.count)
    let isBlock = scalar.style == .literal || scalar.style == .folded
    claim(node, text)
    let search = search
    let isOverride = Self.isOverride(path, context.object)
    search.eachLine(in: text.bytes, range) { line in
      let end =
        isBlock
        ? CommentStyle.hash.start(in: text.bytes, line: line) : line.upperBound
      for hit in search.hits(in: text.bytes, line.lowerBound..<end, of: text.bytes.indices) {
        guard let place = text.fileRange(hit.range) else { continue }
        var reference = FoundReference(
          object: context.object, path: path, text: hit.text, confidence: .text,
          certainty: .shape,
          parts: [ReferencePart(kind: .whole, text: hit.text, range: place)])
        reference.activity = context.activity
        reference.representative = hit.representative
        reference.isOpen = hit.isOpen
        reference.notes = TextFileSearch.notes(on: hit)
        if isOverride, text.bytes[max(hit.range.lowerBound, 1) - 1] != UInt8(ascii: "=") {
          reference.matchedName = FoundReference.name(of: hit.text)
          reference.obstacle =
            "kustomize finds the image by this name: write OLD=NEW:TAG by hand"
        }
        found.append(reference)
      }
    }
  }

  private static func joined(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}
