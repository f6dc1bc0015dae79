/// How surely a place in a file made what is live.
package enum TraceConfidence: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The same object, namespace and container, with the same image.
  case certain
  /// The same object but for its namespace, its name but for a prefix or a suffix, values of the
  /// chart whose release manages the workload, an entry of a kustomization.
  case likely
  /// The same image, and nothing else in common.
  case possible

  package static func < (left: TraceConfidence, right: TraceConfidence) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .possible: 0
    case .likely: 1
    case .certain: 2
    }
  }
}
