import Inventory

extension CustomObjectReader {
  /// A pod spec: as in a Pod where it is well-formed, else field by field.
  mutating func podSpec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ confidence: UseConfidence
  ) throws(WireError) {
    var attempt = cursor
    do {
      let (spec, _) = try decoder.podSpec(bytes, &attempt)
      cursor = attempt
      for container in spec.containers {
        add(container, in: spec, confidence)
      }
    } catch .incomplete(let offset) {
      throw .incomplete(atByte: offset)
    } catch {
      // Some field has another type than Kubernetes gives it.
      try lenientPodSpec(bytes, &cursor, confidence)
    }
  }

  private mutating func add(
    _ container: ContainerRecord, in spec: PodSpecRecord, _ confidence: UseConfidence
  ) {
    let mark = found.push(field: container.pathInPodSpec)
    defer { found.pop(mark) }
    guard confidence != .shape || ImageCandidate.mayBeContainerImage(container.image) else {
      return
    }
    found.add(
      container.image, container.role, confidence, container: container.name,
      pullPolicy: container.pullPolicy, placement: spec.placement)
    // What an operator will run in its own time (OLM's convention); other variables are too vague.
    let base = container.pathInPodSpec.dropLast(".image".count)
    for variable in container.environment where variable.name.hasPrefix("RELATED_IMAGE_") {
      found.pop(mark)
      _ = found.push(field: "\(base).env[\(variable.index)].value")
      found.add(variable.value, .environment, confidence, container: variable.name)
    }
  }

  private mutating func lenientPodSpec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ confidence: UseConfidence
  ) throws(WireError) {
    guard try cursor.peek(bytes) == .object, try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes) {
      guard let role = Self.role(key, bytes), try cursor.peek(bytes) == .array else {
        try cursor.skipValue(bytes)
        continue
      }
      let mark = found.push(key: key, bytes)
      try containers(bytes, &cursor, role, confidence)
      found.pop(mark)
    }
  }

  private static func role(_ key: JSONText, _ bytes: Span<UInt8>) -> ContainerRole? {
    if key.equals("containers", bytes) { return .container }
    if key.equals("initContainers", bytes) { return .initContainer }
    return key.equals("ephemeralContainers", bytes) ? .ephemeral : nil
  }

  /// A list of objects with `name` and `image`.
  mutating func containers(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ role: ContainerRole,
    _ confidence: UseConfidence
  ) throws(WireError) {
    guard try cursor.enterArray(bytes) else { return }
    var index = -1
    while let parts = try nextObject(bytes, &cursor, &index) {
      guard let image = parts["image"] else { continue }
      if confidence == .shape, !ImageCandidate.mayBeContainerImage(image) { continue }
      let isSidecar = role == .initContainer && parts["restartPolicy"] == "Always"
      let mark = found.push(field: "[\(index)].image")
      found.add(
        image, isSidecar ? .sidecar : role, confidence, container: parts["name"],
        pullPolicy: PullPolicy(rawValue: parts["imagePullPolicy"] ?? "") ?? .unspecified)
      found.pop(mark)
    }
  }

  /// The texts of a list's next object, as `texts` reads them, and its place in the list; nil at the
  /// list's end. What is no object is skipped.
  func nextObject(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ index: inout Int
  ) throws(WireError) -> [String: String]? {
    while try cursor.nextElement(bytes) {
      index += 1
      if try cursor.peek(bytes) == .object { return try texts(bytes, &cursor) }
      try cursor.skipValue(bytes)
    }
    return nil
  }

  /// Fields of an object that together name one image.
  private static let partNames = [
    "name", "image", "imagePullPolicy", "restartPolicy", "repository", "registry", "tag",
    "digest", "kind", "hub", "imageRepository", "imageTag", "url", "value",
    "version", "imageVersion", "imageDigest", "newName", "newTag",
  ]

  /// The texts among an object's fields that may be part of an image; all else is skipped.
  func texts(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [String: String] {
    var parts: [String: String] = [:]
    guard try cursor.peek(bytes) == .object, try cursor.enterObject(bytes) else { return parts }
    while let key = try cursor.nextKey(bytes) {
      if let name = Self.partNames.first(where: { key.equals($0, bytes) }) {
        if let text = try word(name, bytes, &cursor) { parts[name] = text }
      } else if key.equals("ref", bytes), try cursor.peek(bytes) == .object {
        // Flux's `OCIRepositoryRef`.
        for (name, text) in try inner(bytes, &cursor) { parts[name] = text }
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return parts
  }

  private func inner(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [String: String] {
    var parts: [String: String] = [:]
    guard try cursor.enterObject(bytes) else { return parts }
    while let key = try cursor.nextKey(bytes) {
      if let name = ["tag", "digest", "semver"].first(where: { key.equals($0, bytes) }),
        try cursor.peek(bytes) == .string, let text = try cursor.readText(bytes)
      {
        parts[name] = decoder.strings.text(bytes, text)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return parts
  }
}
