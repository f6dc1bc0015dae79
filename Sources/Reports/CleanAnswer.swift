import Inventory
import RegistryCatalogue

/// What is said instead of a table when nothing was found.
enum CleanAnswer {
  /// Nil when there is something to show. Only a ledger without gaps earns an unreserved answer.
  static func text(_ cluster: ClusterReport) -> String? {
    if cluster.findings.contains(where: { !$0.isHistory && $0.risk > .clean }) { return nil }
    if cluster.isNarrowed { return "Nothing found that passes the filter." }
    if cluster.coverage.contains(where: { $0.isGap || $0.mayHideImages })
      || cluster.namespaces.contains(where: \.isPartlyUnknown)
    {
      return "Nothing found in what was read."
    }
    if cluster.useCount == 0 { return "No image is used here." }
    return "Nothing here names a dying registry."
  }

  /// Of several clusters together: as honest as the least certain of them.
  static func text(_ clusters: [ClusterReport]) -> String {
    let answers = clusters.map { $0.failure == nil ? text($0) : nil }
    let unread = "Nothing found in what was read."
    if answers.contains(where: { $0 == nil || $0 == unread }) { return unread }
    if clusters.contains(where: \.isNarrowed) { return "Nothing found that passes the filter." }
    let distinct = Set(answers.compactMap { $0 })
    return distinct.count == 1
      ? distinct.first ?? unread : "Nothing here names a dying registry."
  }
}
