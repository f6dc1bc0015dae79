package import YAMLDocuments

/// Reads the objects of a multi-document manifest, and of the `List`s in it.
package enum ManifestReader {
  /// A manifest that is fetched must not cost more than a large chart.
  package static let limits = YAMLLimits(
    maximumBytes: 16 << 20, maximumDepth: 100, maximumNodes: 500_000, duplicateKeys: .lastWins)

  /// - Returns: the objects in their order, those without pod specs too, and what did not parse.
  package static func read(
    _ bytes: [UInt8], limits: YAMLLimits = ManifestReader.limits
  ) -> (objects: [ManifestObject], unreadable: [UnreadableDocument]) {
    var objects: [ManifestObject] = []
    var unreadable: [UnreadableDocument] = []
    for (index, document) in ManifestSplitter.documents(of: bytes).enumerated() {
      do {
        for node in try YAMLDocuments.load(Array(document.bytes), limits: limits) {
          guard !node.isNull else { continue }
          guard node.mapping != nil else {
            let line = document.firstLine + node.start.line - 1
            unreadable.append(UnreadableDocument(number: index + 1, line: line))
            continue
          }
          objects += Self.objects(of: node)
        }
      } catch {
        let line = error.position.map { document.firstLine + $0.line - 1 }
        unreadable.append(UnreadableDocument(number: index + 1, line: line))
      }
    }
    return (objects, unreadable)
  }

  private static func objects(of node: YAMLNode) -> [ManifestObject] {
    let kind = node["kind"]?.scalar?.text ?? ""
    let apiVersion = node["apiVersion"]?.scalar?.text ?? ""
    // `v1 List`, and the typed lists that `kubectl get -o yaml` of old wrote.
    if kind.hasSuffix("List"), let items = node["items"]?.sequence {
      return items.flatMap { item in
        // A List in a List is no object that kubectl would apply.
        item["items"]?.sequence == nil && item.mapping != nil ? objects(of: item) : []
      }
    }
    let metadata = node["metadata"]
    return [
      ManifestObject(
        kind: kind, namespace: text(metadata?["namespace"]), name: text(metadata?["name"]) ?? "",
        podSpecs: PodSpecFinder.podSpecs(in: node, kind: kind, apiVersion: apiVersion))
    ]
  }

  private static func text(_ node: YAMLNode?) -> String? {
    guard let node, !node.isNull, let text = node.scalar?.text, !text.isEmpty else { return nil }
    return text
  }
}
