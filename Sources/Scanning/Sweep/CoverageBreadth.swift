package import Inventory

/// How much of a cluster one context could read, to choose between two contexts of one cluster.
package struct CoverageBreadth: Hashable, Sendable, Comparable {
  private let isRead: Bool
  private let imageGaps: Int
  private let gaps: Int
  private let uses: Int

  /// - Parameter uses: how many image uses were found.
  package init(isRead: Bool, coverage: [CoverageEntry], uses: Int) {
    self.isRead = isRead
    imageGaps = coverage.count { $0.isGap && $0.holdsImages }
    gaps = coverage.count(where: \.isGap)
    self.uses = uses
  }

  /// Less was read: nothing, more gaps in kinds that hold images, fewer uses, more other gaps.
  package static func < (left: CoverageBreadth, right: CoverageBreadth) -> Bool {
    if left.isRead != right.isRead { return right.isRead }
    if left.imageGaps != right.imageGaps { return left.imageGaps > right.imageGaps }
    if left.uses != right.uses { return left.uses < right.uses }
    return left.gaps > right.gaps
  }
}
