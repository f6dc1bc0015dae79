import Inventory
import YAMLDocuments

/// Images that stand in texts of other forms.
extension CustomObjectReader {
  /// Charts' values are small; one that is larger than a page of anybody's is not searched.
  private static var limits: YAMLLimits {
    YAMLLimits(
      maximumBytes: 1 << 20, maximumDepth: 50, maximumNodes: 50_000, duplicateKeys: .lastWins)
  }

  /// Searches a text in YAML by shape, as it would be as an object; text that is no YAML (a
  /// template of one) says nothing.
  mutating func yaml(_ text: String) {
    let documents: [YAMLNode]
    do {
      documents = try YAMLDocuments.load(Array(text.utf8), limits: Self.limits)
    } catch {
      return
    }
    for document in documents {
      let json = Array(document.json.utf8)
      let bytes = json.span
      var cursor = JSONCursor(0..<bytes.count)
      do {
        try freeForm(bytes, &cursor)
      } catch {
        // It was written a moment ago: deeper than a cursor goes, at worst.
        return
      }
    }
  }

  /// argo-cd `pkg/apis/application/v1alpha1/types.go`, `HelmParameter`: `image.tag` is the tag of
  /// `image.repository`.
  mutating func helmParameters(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    var parameters: [(index: Int, stem: String, leaf: String, value: String)] = []
    var index = -1
    guard try cursor.enterArray(bytes) else { return }
    while let parts = try nextObject(bytes, &cursor, &index) {
      guard let name = parts["name"], let value = parts["value"] else { continue }
      let leaf = String(name.split(separator: ".").last ?? "")
      parameters.append((index, String(name.dropLast(leaf.count)), leaf, value))
    }
    let objects = Dictionary(grouping: parameters, by: \.stem).mapValues { parameters in
      Dictionary(parameters.map { ($0.leaf, $0.value) }) { $1 }
    }
    for parameter in parameters {
      let object = objects[parameter.stem, default: [:]]
      let mark = found.push(field: "[\(parameter.index)].value")
      if Self.repositories.contains(parameter.leaf) {
        composed(object, at: parameter.leaf, .shape, mayBeShort: false)
      } else if parameter.leaf == "registry",
        Self.repositories.contains(where: object.keys.contains)
      {
        // It is part of that image.
      } else if parameter.value.contains("/") {
        catalogued(TaggedText(parameter.value), mayBeShort: false)
      } else {
        host(parameter.value, under: parameter.leaf)
      }
      found.pop(mark)
    }
  }

  /// tektoncd/pipeline `pkg/apis/pipeline/v1beta1/taskref_types.go` (`bundle`) and
  /// `pkg/remoteresolution/resolver/bundle` (resolver `bundles`, parameter `bundle`).
  mutating func tektonReference(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ confidence: UseConfidence
  ) throws(WireError) {
    var resolver = ""
    var parameter: (index: Int, image: String)?
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes) {
      let kind = try cursor.peek(bytes)
      if key.equals("bundle", bytes), kind == .string {
        artifact(try decoder.text(bytes, &cursor), at: "bundle", confidence)
      } else if key.equals("resolver", bytes), kind == .string {
        resolver = try decoder.text(bytes, &cursor)
      } else if key.equals("params", bytes), kind == .array {
        parameter = try bundleParameter(bytes, &cursor)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    if resolver == "bundles", let parameter {
      artifact(parameter.image, at: "params[\(parameter.index)].value", confidence)
    }
  }

  private func bundleParameter(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> (index: Int, image: String)? {
    var found: (index: Int, image: String)?
    var index = 0
    guard try cursor.enterArray(bytes) else { return nil }
    while try cursor.nextElement(bytes) {
      defer { index += 1 }
      guard try cursor.peek(bytes) == .object else {
        try cursor.skipValue(bytes)
        continue
      }
      let parts = try texts(bytes, &cursor)
      if parts["name"] == "bundle", let value = parts["value"] { found = (index, value) }
    }
    return found
  }

  private mutating func artifact(
    _ text: String, at field: String, _ confidence: UseConfidence
  ) {
    // `$(params.bundle)` is filled in by each run.
    guard let image = ImageCandidate.artifact(text), !image.contains("$(") else { return }
    let mark = found.push(field: field)
    found.add(image, .configuration, confidence)
    found.pop(mark)
  }
}
