import YAMLDocuments

/// The text of a kustomization, and entries of `images` that are added to it byte by byte.
///
/// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
package struct Kustomization: Sendable {
  /// An image that gets another name; tag and digest stay what the resources say.
  package struct Rename: Hashable, Sendable {
    package let name: String
    package let newName: String

    package init(name: String, newName: String) {
      self.name = name
      self.newName = newName
    }
  }

  private let bytes: [UInt8]
  private let root: YAMLNode

  /// Nil for what is not one YAML document that holds a mapping.
  package init?(_ bytes: [UInt8]) {
    guard let nodes = try? YAMLDocuments.load(bytes, limits: ManifestReader.limits),
      nodes.count == 1, nodes[0].mapping != nil
    else { return nil }
    self.bytes = bytes
    root = nodes[0]
  }

  /// The files whose images it sets, as it names them; folders among them.
  package var listed: [String] { resources + components + patches }

  /// Files, folders and addresses.
  package var resources: [String] { texts("resources") + texts("bases") }

  /// Folders whose transformers apply to the resources too, in this order.
  package var components: [String] { texts("components") }

  /// Files with parts of objects.
  package var patches: [String] {
    texts("patchesStrategicMerge")
      + (root["patches"]?.sequence ?? []).compactMap { $0["path"]?.writtenText }
  }

  /// The namespace of every namespaced object that it builds; nil where it leaves that alone.
  package var namespace: String? { root["namespace"]?.writtenText }

  package var namePrefix: String { root["namePrefix"]?.writtenText ?? "" }

  package var nameSuffix: String { root["nameSuffix"]?.writtenText ?? "" }

  /// Whether kustomize reads it: Flux has objects of this kind too.
  package var isOfKustomize: Bool {
    guard let version = root["apiVersion"]?.writtenText else { return true }
    return version.hasPrefix("kustomize.config.k8s.io/")
  }

  private func texts(_ key: String) -> [String] {
    (root[key]?.sequence ?? []).compactMap(\.writtenText)
  }

  /// The lines that make the renames; none for what is there already.
  package func insertions(for renames: [Rename]) throws(RewriteObstacle) -> [LineInsertion] {
    let images = root["images"]
    if let images, !images.isNull {
      guard let items = images.sequence, !items.isEmpty, !images.isFlow, images.alias == nil,
        items.allSatisfy({ $0.mapping != nil && !$0.isFlow && $0.alias == nil })
      else {
        throw RewriteObstacle(
          "its images are not written as a list of blocks: add the entry by hand")
      }
    }
    var insertions: [LineInsertion] = []
    var missing: [Rename] = []
    for rename in renames {
      guard let entry = images?.sequence?.first(where: { $0["name"]?.writtenText == rename.name })
      else {
        missing.append(rename)
        continue
      }
      if let line = try line(for: rename, in: entry) { insertions.append(line) }
    }
    if !missing.isEmpty { insertions.append(try entries(missing, images)) }
    guard insertions.isEmpty || isSound(insertions, renames) else {
      throw RewriteObstacle("its text does not take the entry as expected: add it by hand")
    }
    return insertions
  }

  private func line(
    for rename: Rename, in entry: YAMLNode
  ) throws(RewriteObstacle) -> LineInsertion? {
    if let newName = entry["newName"]?.writtenText {
      guard newName == rename.newName else {
        throw RewriteObstacle(
          "its entry for \(rename.name) makes it \(newName): change that by hand")
      }
      return nil
    }
    guard let pair = entry.mapping?.first(where: { $0.key.scalar?.text == "name" }),
      pair.value.alias == nil, pair.value.start.line == pair.key.start.line,
      pair.value.end.line == pair.key.start.line, entry["newName"] == nil
    else {
      throw RewriteObstacle("its entry for \(rename.name) is written unusually: change it by hand")
    }
    let indent = String(repeating: " ", count: pair.key.start.column - 1)
    return LineInsertion(
      after: pair.key.start.byteOffset, lines: ["\(indent)newName: \(rename.newName)"])
  }

  private func entries(
    _ renames: [Rename], _ images: YAMLNode?
  ) throws(RewriteObstacle) -> LineInsertion {
    func lines(_ indent: String) -> [String] {
      renames.flatMap { ["\(indent)- name: \($0.name)", "\(indent)  newName: \($0.newName)"] }
    }
    if let last = images?.sequence?.last {
      guard let indent = dash(before: last), let end = Self.end(of: last) else {
        throw RewriteObstacle("its last image is written unusually: add the entry by hand")
      }
      return LineInsertion(after: end, lines: lines(indent))
    }
    guard !root.isFlow, root.start.column == 1, !hasEndMark else {
      throw RewriteObstacle("it is not one block of keys: add the entry by hand")
    }
    if let key = root.mapping?.first(where: { $0.key.scalar?.text == "images" })?.key {
      return LineInsertion(after: key.start.byteOffset, lines: lines(""))
    }
    return LineInsertion(after: bytes.count - 1, lines: ["images:"] + lines(""))
  }

  /// The blanks before the dash of a list's item, when nothing else stands there.
  private func dash(before item: YAMLNode) -> String? {
    var start = item.start.byteOffset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    let head = bytes[start..<item.start.byteOffset]
    let blanks = head.prefix { $0 == 0x20 }
    let rest = head.dropFirst(blanks.count)
    guard rest.first == UInt8(ascii: "-"), rest.dropFirst().allSatisfy({ $0 == 0x20 }) else {
      return nil
    }
    return String(repeating: " ", count: blanks.count)
  }

  /// A byte on the last line of an entry; nil where a block scalar makes that hard to tell.
  private static func end(of entry: YAMLNode) -> Int? {
    guard let last = entry.mapping?.last else { return nil }
    guard let scalar = last.value.scalar else { return nil }
    if scalar.style == .literal || scalar.style == .folded { return nil }
    if last.value.alias != nil || scalar.text.isEmpty { return last.key.start.byteOffset }
    return max(last.value.start.byteOffset, last.value.end.byteOffset - 1)
  }

  private var hasEndMark: Bool {
    bytes.split(separator: 0x0A).contains { $0.starts(with: "...".utf8) }
  }

  /// Whether the new text holds the entries, and all that the old one held.
  private func isSound(_ insertions: [LineInsertion], _ renames: [Rename]) -> Bool {
    guard let text = RewrittenText(bytes, edits: [], insertions: insertions),
      let new = Kustomization(text.new)?.root
    else { return false }
    let rest = { (node: YAMLNode) in
      (node.mapping ?? []).filter { $0.key.scalar?.text != "images" }
        .map { "\($0.key.json): \($0.value.json)" }
    }
    let images = new["images"]?.sequence ?? []
    return rest(root) == rest(new)
      && images.count >= (root["images"]?.sequence ?? []).count
      && renames.allSatisfy { rename in
        images.contains {
          $0["name"]?.writtenText == rename.name && $0["newName"]?.writtenText == rename.newName
        }
      }
  }
}
