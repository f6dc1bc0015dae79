/// One line of the coverage ledger: what was asked for and what came of it.
package struct CoverageEntry: Hashable, Sendable, Comparable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    case read
    case forbidden
    /// The server has no such kind in a version we know.
    case notServed = "not-served"
    case failed
    /// Some of it was read: see the reason.
    case partial
    /// Left out by a flag, or asked for only by one.
    case skipped
  }

  /// Resource and group as `kubectl api-resources -o name` writes them: `cronjobs.batch`, `pods`.
  package let resource: String
  /// Empty: the whole cluster.
  package let namespace: String
  package let state: State
  /// Why, and the next step where one is known; empty when read.
  package let reason: String
  /// Whether image uses of namespaces hang on it. A gap of another kind makes no namespace unknown:
  /// nodes tell exposure, and what lies in no namespace says nothing of any.
  package let holdsImages: Bool
  /// Of a file, which `resource` then names: the line from which on it was not read, where known.
  package let line: Int?

  package init(
    resource: String, namespace: String = "", state: State, reason: String = "",
    holdsImages: Bool = true, line: Int? = nil
  ) {
    self.line = line
    self.resource = resource
    self.namespace = namespace
    self.state = state
    self.reason = reason
    self.holdsImages = holdsImages
  }

  /// Whether something that the user may have expected was not read. A kind that the server
  /// does not have is no gap, and neither is what was not asked for.
  package var isGap: Bool {
    switch state {
    case .read, .notServed, .skipped: false
    case .forbidden, .failed, .partial: true
    }
  }

  /// Whether a flag took it out of what a scan reads by itself.
  package var isLeftOut: Bool {
    state == .skipped && [Self.onlyKinds, Self.excludedKinds].contains(reason)
  }

  /// The flags that leave kinds out, as reasons.
  package static let onlyKinds = "--kinds"
  package static let excludedKinds = "--exclude-kinds"

  /// Stands before the group version whose schemas were asked for.
  package static let schemasPrefix = "schemas of "

  /// Whether namespaces may hold images there that nobody saw: they are not clean then.
  package var mayHideImages: Bool { holdsImages && (isGap || isLeftOut) }

  package static func < (left: CoverageEntry, right: CoverageEntry) -> Bool {
    (left.resource, left.namespace, left.state.rawValue, left.reason)
      < (right.resource, right.namespace, right.state.rawValue, right.reason)
  }
}
