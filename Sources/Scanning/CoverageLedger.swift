import Inventory
import Synchronization

/// Collects what was read and what was not, while several lists run.
final class CoverageLedger: Sendable {
  private let entries = Mutex<Set<CoverageEntry>>([])

  func note(
    _ resource: String, namespace: String = "", _ state: CoverageEntry.State, reason: String = "",
    holdsImages: Bool = true
  ) {
    let entry = CoverageEntry(
      resource: resource, namespace: namespace, state: state, reason: reason,
      holdsImages: holdsImages)
    entries.withLock { _ = $0.insert(entry) }
  }

  var sorted: [CoverageEntry] {
    entries.withLock { $0.sorted() }
  }

  /// Whether any image-holding list was read, wholly or in part.
  var readAnything: Bool {
    entries.withLock {
      $0.contains { $0.holdsImages && ($0.state == .read || $0.state == .partial) }
    }
  }
}
