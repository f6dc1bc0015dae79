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
    let group = WorkloadIdentity.group(of: apiVersion)
    if isObject, ExcludedKinds.isPolicy(group: group, kind: kind) {
      for index in first..<found.count where found[index].obstacle == nil {
        found[index].obstacle =
          "\(kind) may name it to allow, refuse or mirror it: change that by hand"
      }
    }
  }

  /// The recursion is bounded by the depth that the reader accepts.
  mutating func value(
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

  // MARK: What was found

  mutating func add(_ reference: FoundReference, _ node: YAMLNode, _ text: SourceText) {
    var reference = reference
    if let alias = node.alias { reference.notes.append("through the alias *\(alias.name)") }
    claim(node, text)
    append(reference)
  }

  mutating func append(_ reference: FoundReference) {
    found.append(reference)
  }

  mutating func claim(_ node: YAMLNode, _ text: SourceText) {
    claimed.insert(text.fileOffset(node.start.byteOffset))
  }

  func isClaimed(_ node: YAMLNode, _ text: SourceText) -> Bool {
    claimed.contains(text.fileOffset(node.start.byteOffset))
  }

  static func joined(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}
