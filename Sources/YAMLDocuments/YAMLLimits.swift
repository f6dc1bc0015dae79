/// How much a caller accepts, and how strictly.
package struct YAMLLimits: Hashable, Sendable {
  package enum DuplicateKeys: Hashable, Sendable {
    /// The second of two equal keys is an error (YAML 1.2.2, section 3.2.1.1).
    case refused
    /// The last value stands at the place of the first, as kubectl reads kubeconfigs.
    case lastWins
  }

  package var maximumBytes: Int
  /// Collections inside collections, aliases expanded.
  package var maximumDepth: Int
  /// Nodes of the whole input, aliases expanded.
  package var maximumNodes: Int
  package var duplicateKeys: DuplicateKeys

  package init(
    maximumBytes: Int = 64 << 20, maximumDepth: Int = 100, maximumNodes: Int = 2_000_000,
    duplicateKeys: DuplicateKeys = .refused
  ) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
    self.duplicateKeys = duplicateKeys
  }

  package static let `default` = YAMLLimits()
}
