import Inventory
import Reports
import YAMLDocuments

/// An object's changes as a strategic merge patch, in which containers go by their names.
///
/// It tests nothing: it is for who keeps patches beside other sources.
enum StrategicMerge {
  /// Nil where more than images of containers of a built-in kind change: other lists have no names
  /// to go by, and custom resources no strategy.
  static func tree(_ fix: LiveFix) -> YAMLTree? {
    guard let kind = BuiltInKind(fix.identity), fix.changes.allSatisfy(\.isContainerImage) else {
      return nil
    }
    let identity = fix.identity
    var lists: [String: [YAMLTree]] = [:]
    for change in fix.changes {
      let list = change.finding.use.role == .container ? "containers" : "initContainers"
      lists[list, default: []].append(
        .fields(["name": .string(change.finding.use.container), "image": .string(change.new)]))
    }
    var tree: YAMLTree = .mapping(
      lists.sorted { $0.key < $1.key }.map { YAMLTreePair(key: $0.key, value: .sequence($0.value)) }
    )
    for step in kind.podSpec.reversed() { tree = .mapping([YAMLTreePair(key: step, value: tree)]) }
    var pairs: [YAMLTreePair] = [
      YAMLTreePair(key: "apiVersion", value: .string(identity.apiVersion)),
      YAMLTreePair(key: "kind", value: .string(identity.kind)),
      YAMLTreePair(
        key: "metadata",
        value: .fields([
          "name": .string(identity.name),
          "namespace": identity.namespace.isEmpty ? nil : .string(identity.namespace),
        ])),
    ]
    if case .mapping(let spec) = tree { pairs += spec }
    return .mapping(pairs)
  }
}
