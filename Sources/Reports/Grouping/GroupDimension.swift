/// What `--by` sums findings up by.
package enum GroupDimension: String, Hashable, Sendable, CaseIterable {
  case namespace
  case workload
  case image
  case registry
  case rule
  case team
  case node
  case cluster

  /// Whether a group stands in one cluster, so that each cluster has groups of its own; images,
  /// registries, rules and teams are the same ones everywhere.
  package var isWithinCluster: Bool {
    switch self {
    case .namespace, .workload, .node, .cluster: true
    case .image, .registry, .rule, .team: false
    }
  }

  /// `1 registry`, `3 registries`.
  package func counted(_ count: Int) -> String {
    let words = CountWords.text(count, rawValue)
    return self == .registry && count != 1 ? "\(words.dropLast(2))ies" : words
  }
}
