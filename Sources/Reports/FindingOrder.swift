import ImageReferences
import Inventory
import RegistryCatalogue

/// The total order of findings: worst first, then by place. No two findings of a report are equal
/// under it, so two runs over the same cluster give the same bytes.
package enum FindingOrder {
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.isHistory != right.isHistory { return right.isHistory }
    if left.counts != right.counts { return left.counts }
    if left.risk != right.risk { return left.risk > right.risk }
    // Files are read from top to bottom.
    if let one = left.use.place, let other = right.use.place {
      let (key, otherKey) = (
        (one.file, one.line, one.column), (other.file, other.line, other.column)
      )
      if key != otherKey { return key < otherKey }
    }
    if left.use.workload != right.use.workload { return left.use.workload < right.use.workload }
    let (one, other) = (position(left.use), position(right.use))
    return one == other ? detail(left.use) < detail(right.use) : one < other
  }

  private static func position(_ use: ImageUse) -> (String, String, String, String, String) {
    (use.activity.word, use.role.rawValue, use.path, use.container, use.image.text)
  }

  private static func detail(_ use: ImageUse) -> (String, String) {
    (use.pullPolicy.rawValue, use.origin.note ?? "")
  }
}
