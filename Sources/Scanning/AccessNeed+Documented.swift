import Inventory
import KubernetesAPI

extension AccessNeed {
  /// What a scan asks of a server of which nothing is known: every built-in kind, and each kind
  /// that the tables name, whether the server has it or not.
  package static func documented(_ options: ScanOptions) -> [AccessNeed] {
    let custom =
      options.readsCustomResources
      ? CustomKindFinder.Found(
        kinds: CustomKind.documented(options), definitions: [APIService.resource]) : .init()
    var needs = all(options, discovery: nil, custom: custom)
    needs += Scaler.all.filter { !$0.isBuiltIn }.flatMap { scaler in
      scaler.versions.prefix(1).map {
        AccessNeed(
          .autoscalers(kind: scaler.kind),
          APIResource(
            group: scaler.group, version: $0, name: scaler.name, kind: scaler.kind),
          isReadByNamespace: true)
      }
    }
    needs += EvidenceReader.mirrorKinds.map {
      AccessNeed(
        .mirrors,
        APIResource(
          group: $0.group, version: $0.version, name: $0.name, kind: $0.kind,
          isNamespaced: false))
    }
    return needs
  }
}

extension CustomKind {
  /// The kinds whose image fields are documented, but for groups that a table can only describe.
  static func documented(_ options: ScanOptions) -> [CustomKind] {
    KnownKind.all.filter { !$0.group.hasPrefix("*.") }.flatMap { known in
      known.kinds.sorted().compactMap { kind in
        let name = plural(kind)
        guard options.kinds.includes(group: known.group, resource: name, kind: kind) else {
          return nil
        }
        // The version does not matter for a right.
        return CustomKind(
          APIResource(group: known.group, version: "v1", name: name, kind: kind), schema: nil)
      }
    }
  }

  /// The name that a CustomResourceDefinition usually gives its kind, by the rules of English, as
  /// the generators of such definitions have them.
  static func plural(_ kind: String) -> String {
    let word = kind.lowercased()
    if ["s", "x", "z", "ch", "sh"].contains(where: word.hasSuffix) { return word + "es" }
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return word.dropLast() + "ies"
    }
    return word + "s"
  }
}
