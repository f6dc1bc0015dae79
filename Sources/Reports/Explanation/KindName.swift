package import Inventory

/// A kind as people type it to kubectl: `Deployment`, `deployments`, `deploy`, `deployments.apps`.
package struct KindName: Hashable, Sendable {
  /// As typed, in lower case and without its group.
  private let word: String
  /// What followed the first dot: `apps`, `v1.apps`; nil when nothing did.
  private let group: String?

  package init(_ typed: String) {
    let parts = typed.lowercased().split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let word = String(parts[0])
    self.word = Self.shortNames[word] ?? word
    group = parts.count > 1 ? String(parts[1]) : nil
  }

  package func matches(_ workload: WorkloadIdentity) -> Bool {
    guard Self.spellings(of: workload.kind).contains(word) else { return false }
    guard let group else { return true }
    let parts = workload.apiVersion.lowercased().split(separator: "/")
    let own = parts.count > 1 ? String(parts[0]) : ""
    return group == own || group.hasSuffix(".\(own)")
  }

  /// Whether the ledger's resource (`cronjobs.batch`) is this kind's.
  package func matches(resource: String) -> Bool {
    let parts = resource.split(separator: ".", maxSplits: 1)
    guard let name = parts.first.map({ $0.lowercased() }) else { return false }
    let ownGroup = parts.count > 1 ? String(parts[1]) : ""
    guard Self.plurals(of: word).contains(name) || word == name else { return false }
    return group.map { $0 == ownGroup || $0.hasSuffix(".\(ownGroup)") } ?? true
  }

  /// Whether its objects live in namespaces for sure: the built-in kinds with a pod template.
  package var isNamespaced: Bool {
    Self.builtIn.contains { Self.spellings(of: $0).contains(word) }
  }

  /// The built-in kinds that hold images.
  package static let builtIn = ["Pod"] + WorkloadKind.allCases.map(\.rawValue)

  private static func spellings(of kind: String) -> Set<String> {
    let kind = kind.lowercased()
    return plurals(of: kind).union([kind])
  }

  /// As `meta.UnsafeGuessKindToResource` of apimachinery makes them.
  private static func plurals(of word: String) -> Set<String> {
    if word.hasSuffix("y") { return ["\(word.dropLast())ies"] }
    return word.hasSuffix("s") ? ["\(word)es"] : ["\(word)s"]
  }

  /// As `kubectl api-resources` lists them.
  private static let shortNames = [
    "cj": "cronjob", "ds": "daemonset", "deploy": "deployment", "po": "pod", "rs": "replicaset",
    "rc": "replicationcontroller", "sts": "statefulset",
  ]
}
