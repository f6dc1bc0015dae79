import Inventory

extension SchemaNode {
  /// The places of images in objects of this schema: pod specs, fields named for images, and
  /// subtrees about which the schema says nothing.
  func imageFields() -> [ImageField] {
    var search = SchemaSearch()
    guard !properties.isEmpty else {
      // A CRD without a schema, or one that keeps whatever it is given.
      search.add(.freeForm, FieldPath())
      return search.fields
    }
    for (name, node) in properties where !SchemaSearch.outsideSpec.contains(name) {
      search.field(name, node, FieldPath(steps: [.key(name)]), isContainer: false)
    }
    if preservesUnknown { search.add(.freeForm, FieldPath()) }
    return search.fields
  }
}

/// One walk over a kind's schema.
struct SchemaSearch {
  /// What every object has, and what the cluster writes.
  static let outsideSpec: Set<String> = ["apiVersion", "kind", "metadata", "status"]
  /// Volumes whose `image`, `registry` or `repository` is no container image (`core/v1`
  /// `RBDVolumeSource`, `QuobyteVolumeSource`, `GitRepoVolumeSource`).
  static let volumes: Set<String> = ["rbd", "quobyte", "gitRepo"]
  private static let podSpecLists: Set<String> = [
    "containers", "initContainers", "ephemeralContainers", "volumes",
  ]
  /// Fields of a container that hardly anything else has.
  private static let containerFields: Set<String> = [
    "command", "args", "imagePullPolicy", "volumeMounts", "imagePullSecrets", "pullPolicy",
    "ports", "envFrom",
  ]

  private(set) var fields: [ImageField] = []

  mutating func add(_ meaning: FieldMeaning, _ path: FieldPath) {
    fields.append(
      ImageField(
        path: path, meaning: meaning, confidence: meaning == .freeForm ? .shape : .schema))
  }

  mutating func field(
    _ name: String, _ node: SchemaNode, _ path: FieldPath,
    isContainer: Bool
  ) {
    if Self.volumes.contains(name) { return }
    if ImageCandidate.isImageName(name) {
      if node.type == "string" {
        add(isContainer ? .likelyContainerImage : .likelyImage, path)
        return
      }
      if node["repository"]?.type == "string" || Self.isNameAndTag(node) {
        add(.repository, path)
        return
      }
      if node["reference"]?.type == "string", node["pullPolicy"] != nil {
        add(.imageVolume, path.appending(.key("reference")))
        return
      }
    }
    if ImageCandidate.isImageListName(name) {
      if let item = node.items.first, item.type == "string" {
        add(.likelyImage, path.appending(.elements))
        return
      }
      if let value = node.values.first, value.type == "string" {
        add(.likelyImage, path.appending(.values))
        return
      }
      // Some of them are settings for all: `pullPolicy`, `registry`.
      for (part, child) in node.properties where child.type == "string" {
        add(.cataloguedImage, path.appending(.key(part)))
      }
    } else if node.type == "string", ImageCandidate.mayBeImageName(name) {
      add(.cataloguedImage, path)
      return
    } else if node["repository"]?.type == "string", node["tag"]?.type == "string" {
      add(.cataloguedImage, path)
    }
    if ImageCandidate.mayBeImageName(name) { parts(of: node, path) }
    value(node, path)
  }

  /// The texts of an object named for an image, by names of the kind's own: `image.application`.
  private mutating func parts(of node: SchemaNode, _ path: FieldPath) {
    let isContainerImage = node["pullPolicy"] != nil || node["imagePullPolicy"] != nil
    for (part, child) in node.properties where child.type == "string" {
      guard isContainerImage || Self.referenceNames.contains(part) else { continue }
      add(.cataloguedImage, path.appending(.key(part)))
    }
  }

  /// Without a pull policy it may be a machine's image: then these alone.
  private static let referenceNames: Set<String> = ["ref", "reference", "repo", "repository"]

  private mutating func value(_ node: SchemaNode, _ path: FieldPath) {
    if let item = node.items.first { element(item, path) }
    if let value = node.values.first { self.value(value, path.appending(.values)) }
    if !node.properties.isEmpty { object(node, path) }
    // An int-or-string or a list may carry the mark too; only what may hold fields is searched.
    if node.preservesUnknown, node.items.isEmpty, node.type == "object" || node.type.isEmpty {
      add(.freeForm, path)
    }
  }

  private mutating func element(_ item: SchemaNode, _ list: FieldPath) {
    if Self.isContainer(item), item.properties.contains(where: { Self.marks($0.name) }) {
      add(.containers, list)
      return
    }
    value(item, list.appending(.elements))
  }

  private mutating func object(_ node: SchemaNode, _ path: FieldPath) {
    let isPodSpec = node["containers"].flatMap(\.items.first).map(Self.isContainer) ?? false
    if isPodSpec { add(.podSpec, path) }
    let isContainer = node.properties.contains { Self.marks($0.name) }
    let isSplit =
      isContainer && ["repository", "image", "version"].allSatisfy { node[$0]?.type == "string" }
    if isSplit { add(.repository, path) }
    for (name, child) in node.properties where !(isPodSpec && Self.podSpecLists.contains(name)) {
      if isSplit, name == "image" { continue }
      field(name, child, path.appending(.key(name)), isContainer: isContainer)
    }
  }

  /// An image whose repository the kind calls its name.
  private static func isNameAndTag(_ node: SchemaNode) -> Bool {
    node["name"]?.type == "string" && node["image"] == nil
      && (node["tag"]?.type == "string" || node["digest"]?.type == "string")
  }

  private static func marks(_ name: String) -> Bool {
    containerFields.contains(name)
  }

  private static func isContainer(_ node: SchemaNode) -> Bool {
    node["name"]?.type == "string" && node["image"]?.type == "string"
  }
}
