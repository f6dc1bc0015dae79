import Inventory

extension CustomObjectReader {
  /// Deeper subtrees are left alone: nobody writes a workload that deep.
  private static var maximumDepth: Int { 64 }

  /// Copies and evidence (`status`, `managedFields`, annotations such as the last-applied copy).
  private static let copies = ["status", "managedFields", "annotations"]
  private static let podSpecLists = ["initContainers", "ephemeralContainers", "volumes"]

  private static let shapeParts = [
    "registry", "repository", "image", "imageRepository", "tag", "imageTag", "imageVersion",
    "version", "digest", "imageDigest",
  ]

  /// Searches a subtree without a schema: objects with a list of containers are pod specs, and of
  /// other texts only those count that the catalogue knows.
  ///
  /// - Parameter key: the key that the value stands under; empty at the root and in lists.
  mutating func search(
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
        try search(bytes, &cursor, under: "", depth: depth + 1)
        found.pop(mark)
        index += 1
      }
    case .string:
      guard let text = try cursor.readText(bytes), text.end - text.start >= 4 else { return }
      let value = decoder.strings.text(bytes, text)
      if !value.contains("/") {
        host(value, under: key)
      } else {
        catalogued(TaggedText(value))
      }
    default: try cursor.skipValue(bytes)
    }
  }

  private mutating func searchObject(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, under parent: String, depth: Int
  ) throws(WireError) {
    let isVolume = SchemaSearch.volumes.contains(parent)
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
      } else if kind == .string, fields.isPart(key, bytes) {
        guard let text = try cursor.readText(bytes) else { continue }
        fields.parts[decoder.strings.text(bytes, key)] = decoder.strings.text(bytes, text)
      } else if kind == .number, fields.isPart(key, bytes) {
        // `tag: 3.9` without quotes: a chart writes it out.
        let digits = try cursor.skipValue(bytes).map { bytes[$0] }
        fields.parts[decoder.strings.text(bytes, key)] = String(decoding: digits, as: UTF8.self)
      } else {
        let mark = found.push(key: key, bytes)
        try search(bytes, &cursor, under: decoder.strings.text(bytes, key), depth: depth + 1)
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
    if !isVolume { composed(fields.parts) }
  }

  /// What is set aside while an object is searched.
  private struct ObjectFields {
    var isPodSpec = false
    var lists: [(name: String, at: JSONCursor)] = []
    var parts: [String: String] = [:]

    func isList(_ key: JSONText, _ bytes: Span<UInt8>) -> Bool {
      key.equals("containers", bytes)
        || CustomObjectReader.podSpecLists.contains { key.equals($0, bytes) }
    }

    func isPart(_ key: JSONText, _ bytes: Span<UInt8>) -> Bool {
      CustomObjectReader.shapeParts.contains { key.equals($0, bytes) }
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
  mutating func catalogued(_ text: TaggedText, _ confidence: UseConfidence = .shape) {
    guard let image = ImageCandidate.artifact(text.text), ImageCandidate.hasHost(image) else {
      return
    }
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
    let key = key.lowercased()
    guard key.hasSuffix("registry") || key.hasSuffix("hub") else { return }
    _ = prefix(text, .shape)
  }

  /// Keys under which values and free-form parts keep an image without its tag.
  static let repositories = ["repository", "image", "imageRepository"]

  /// The `image` or `repository` of an object, with the `registry` and `tag` beside it.
  private mutating func composed(_ parts: [String: String]) {
    let split = Self.joiningImage(parts)
    let names = split == nil ? Self.repositories : ["repository"]
    for name in names where parts[name] != nil {
      let mark = found.push(field: name)
      composed(split ?? parts, at: name, .shape)
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
    _ parts: [String: String], at name: String, _ confidence: UseConfidence
  ) {
    var parts = parts
    parts["repository"] = parts[name]
    guard !prefix(Self.repository(of: parts) ?? "", confidence),
      let image = Self.composed(parts, at: name)
    else { return }
    catalogued(image, confidence)
  }
}
