import Inventory

extension CustomObjectReader {
  /// Deeper subtrees are left alone: nobody writes a workload that deep.
  private static var maximumDepth: Int { 64 }

  /// Copies and evidence (`status`, `managedFields`, annotations such as the last-applied copy).
  private static let copies = ["status", "managedFields", "annotations"]
  private static let podSpecLists = ["initContainers", "ephemeralContainers", "volumes"]

  /// As Istio's and some operators' values call it.
  private static let registries = ["imageRegistry", "hub"]

  private static let shapeParts = [
    "registry", "repository", "image", "imageRepository", "tag", "imageTag", "imageVersion",
    "version", "digest", "imageDigest",
  ]

  /// Searches a value without a schema, and all below it.
  mutating func freeForm(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    var look = cursor
    hasGlobalRegistry = try namesGlobalRegistry(bytes, &look)
    try search(bytes, &cursor, under: "", depth: 0)
    hasGlobalRegistry = false
  }

  /// Whether these are values of a chart with `global.imageRegistry` or `global.image.registry`:
  /// names without a registry are then not of Docker Hub (Bitnami's common chart).
  private func namesGlobalRegistry(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Bool {
    guard try cursor.peek(bytes) == .object, try cursor.enterObject(bytes) else { return false }
    var isNamed = false
    while let key = try cursor.nextKey(bytes) {
      guard key.equals("global", bytes), try cursor.peek(bytes) == .object,
        try cursor.enterObject(bytes)
      else {
        try cursor.skipValue(bytes)
        continue
      }
      while let key = try cursor.nextKey(bytes) {
        if key.equals("imageRegistry", bytes) {
          isNamed = try word("", bytes, &cursor)?.isEmpty == false || isNamed
        } else if key.equals("image", bytes) {
          isNamed = try texts(bytes, &cursor)["registry"]?.isEmpty == false || isNamed
        } else {
          try cursor.skipValue(bytes)
        }
      }
    }
    return isNamed
  }

  /// Searches a subtree without a schema: objects with a list of containers are pod specs, and of
  /// other texts only those count that the catalogue knows.
  ///
  /// - Parameter key: the key that the value stands under; empty at the root and in lists, `image` in
  ///   lists and maps of images.
  private mutating func search(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, under key: String, depth: Int
  ) throws(WireError) {
    switch try cursor.peek(bytes) {
    case .object where depth < Self.maximumDepth:
      try searchObject(bytes, &cursor, under: key, depth: depth)
    case .array where depth < Self.maximumDepth:
      guard try cursor.enterArray(bytes) else { return }
      var index = 0
      while try cursor.nextElement(bytes) {
        let mark = found.push(index: index)
        try search(
          bytes, &cursor, under: ImageCandidate.isImageListName(key) ? "image" : "",
          depth: depth + 1)
        found.pop(mark)
        index += 1
      }
    case .string:
      guard let text = try cursor.readText(bytes), text.end - text.start >= 4 else { return }
      let value = decoder.strings.text(bytes, text)
      if !value.contains("/") {
        host(value, under: key)
      } else {
        catalogued(
          TaggedText(value),
          mayBeShort: ImageCandidate.isImageName(key) || ImageCandidate.mayBeImageName(key))
      }
    default: try cursor.skipValue(bytes)
    }
  }

  private mutating func searchObject(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, under parent: String, depth: Int
  ) throws(WireError) {
    let isVolume = SchemaSearch.volumes.contains(parent)
    let holdsImages = ImageCandidate.isImageListName(parent)
    let start = cursor
    var fields = ObjectFields()
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes) {
      let kind = try cursor.peek(bytes)
      if Self.copies.contains(where: { key.equals($0, bytes) }) {
        try cursor.skipValue(bytes)
      } else if kind == .array, fields.isList(key, bytes) {
        // Whether this is a pod spec is known at the end of the object.
        let name = decoder.strings.text(bytes, key)
        fields.lists.append((name, cursor))
        if name == "containers" {
          var look = cursor
          fields.isPodSpec = try looksLikeContainers(bytes, &look)
        }
        try cursor.skipValue(bytes)
      } else if let name = Self.shapeParts.first(where: { key.equals($0, bytes) }),
        kind == .string || (kind == .number && TagSibling.mayBeNumber(name))
      {
        if let text = try word(name, bytes, &cursor) { fields.parts[name] = text }
      } else {
        if kind == .string, Self.registries.contains(where: { key.equals($0, bytes) }) {
          var look = cursor
          fields.hasRegistry = try word("", bytes, &look)?.isEmpty == false
        }
        let mark = found.push(key: key, bytes)
        let name = decoder.strings.text(bytes, key)
        let isImage = holdsImages && kind == .string && !Self.isRegistryName(name)
        try search(bytes, &cursor, under: isImage ? "image" : name, depth: depth + 1)
        found.pop(mark)
      }
    }
    if fields.isPodSpec {
      var again = start
      try podSpec(bytes, &again, .shape)
    } else {
      for (name, list) in fields.lists {
        var list = list
        let mark = found.push(name: name)
        try search(bytes, &list, under: name, depth: depth + 1)
        found.pop(mark)
      }
    }
    if !isVolume { composed(fields, under: parent) }
  }

  /// What is set aside while an object is searched.
  private struct ObjectFields {
    var isPodSpec = false
    var lists: [(name: String, at: JSONCursor)] = []
    var parts: [String: String] = [:]
    /// Names its images' registry by another word than `registry`.
    var hasRegistry = false

    func isList(_ key: JSONText, _ bytes: Span<UInt8>) -> Bool {
      key.equals("containers", bytes)
        || CustomObjectReader.podSpecLists.contains { key.equals($0, bytes) }
    }
  }

  /// Whether a list holds objects with a `name` and a string `image`.
  private func looksLikeContainers(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Bool {
    var count = 0
    guard try cursor.enterArray(bytes) else { return false }
    while try cursor.nextElement(bytes) {
      let parts = try cursor.peek(bytes) == .object ? texts(bytes, &cursor) : nil
      if parts == nil { try cursor.skipValue(bytes) }
      guard let parts, parts["name"] != nil, parts["image"] != nil else { continue }
      count += 1
    }
    return count > 0
  }

  /// A text that is an image as a whole, perhaps as the address of an artifact, or begins images.
  ///
  /// - Parameter mayBeShort: whether its field asks for an image, so that a name of Docker Hub is one
  ///   without a registry too.
  mutating func catalogued(
    _ text: TaggedText, _ confidence: UseConfidence = .shape, mayBeShort: Bool
  ) {
    guard let image = ImageCandidate.artifact(text.text),
      ImageCandidate.hasHost(image) || (mayBeShort && ImageCandidate.isHubName(image))
    else { return }
    switch recognizesText(image) {
    case .image:
      var whole = text
      whole.text = image
      found.add(whole, .configuration, confidence)
    case .prefix(let representative):
      found.add(prefix: image, representative: representative, .configuration, confidence)
    case nil: break
    }
  }

  /// Whether images begin with the text, so that its tag stands with what follows it.
  mutating func prefix(_ text: String, _ confidence: UseConfidence) -> Bool {
    guard case .prefix(let representative) = recognizesText(text) else { return false }
    found.add(prefix: text, representative: representative, .configuration, confidence)
    return true
  }

  /// A host alone says something where the key is one for registries: `imageRegistry`, `hub`.
  mutating func host(_ text: String, under key: String) {
    guard Self.isRegistryName(key) else { return }
    _ = prefix(text, .shape)
  }

  private static func isRegistryName(_ key: String) -> Bool {
    let key = key.lowercased()
    return key.hasSuffix("registry") || key.hasSuffix("hub")
  }

  /// Keys under which values and free-form parts keep an image without its tag.
  static let repositories = ["repository", "image", "imageRepository"]

  /// The `image` or `repository` of an object, with the `registry` and `tag` beside it.
  private mutating func composed(_ fields: ObjectFields, under parent: String) {
    let split = Self.joiningImage(fields.parts)
    let parts = split ?? fields.parts
    let names = split == nil ? Self.repositories : ["repository"]
    for name in names where parts[name] != nil {
      // A project of a forge is called a repository too.
      let asksForImage =
        name != "repository" || Self.hasTag(parts) || parent.lowercased().hasSuffix("image")
      let mark = found.push(field: name)
      composed(
        parts, at: name, .shape,
        mayBeShort: asksForImage && !fields.hasRegistry && !hasGlobalRegistry)
      found.pop(mark)
    }
    if let registry = parts["registry"], names.allSatisfy({ parts[$0] == nil }) {
      let mark = found.push(field: "registry")
      host(registry, under: "registry")
      found.pop(mark)
    }
  }

  /// One of these fields with the others.
  mutating func composed(
    _ parts: [String: String], at name: String, _ confidence: UseConfidence, mayBeShort: Bool
  ) {
    var parts = parts
    parts["repository"] = parts[name]
    guard !prefix(Self.repository(of: parts) ?? "", confidence),
      let image = Self.composed(parts, at: name)
    else { return }
    catalogued(image, confidence, mayBeShort: mayBeShort)
  }
}
