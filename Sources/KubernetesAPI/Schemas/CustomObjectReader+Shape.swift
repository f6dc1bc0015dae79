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
      catalogued(TaggedText(decoder.strings.text(bytes, text)))
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

  /// A text that is an image as a whole, perhaps as the address of an artifact.
  mutating func catalogued(_ text: TaggedText, _ confidence: UseConfidence = .shape) {
    guard let image = ImageCandidate.artifact(text.text), ImageCandidate.hasHost(image),
      isCatalogued(image)
    else { return }
    var whole = text
    whole.text = image
    found.add(whole, .configuration, confidence)
  }

  /// The `image` or `repository` of an object, with the `registry` and `tag` beside it.
  private mutating func composed(_ parts: [String: String]) {
    for name in ["repository", "image", "imageRepository"] {
      guard let own = parts[name] else { continue }
      var rest = parts
      rest["repository"] = own
      let mark = found.push(field: name)
      if let image = Self.composed(rest, at: name) { catalogued(image) }
      found.pop(mark)
    }
  }
}
