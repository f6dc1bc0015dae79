import KubernetesAPI

/// What this user may read of all that a scan asks for, and what is missing.
package struct AccessReport: Hashable, Sendable {
  /// One thing that the scan needs, and whether it gets it.
  package struct Entry: Hashable, Sendable {
    package let need: AccessNeed
    /// Nil when the server could not tell.
    package let clusterWide: Bool?
    /// Nil where rights in single namespaces are not asked about: everything is allowed already,
    /// or they would not serve.
    package let namespaces: NamespaceAnswers?

    package init(need: AccessNeed, clusterWide: Bool?, namespaces: NamespaceAnswers? = nil) {
      self.need = need
      self.clusterWide = clusterWide
      self.namespaces = namespaces
    }

    /// Whether a scan would miss some of it, or might.
    package var isGap: Bool {
      clusterWide != true && namespaces?.isWhole != true
    }
  }

  /// In the order of the scan's tables.
  package let entries: [Entry]
  /// The scan was asked for these namespaces only (sorted); empty for the whole cluster.
  package let namespaces: [String]

  package init(entries: [Entry], namespaces: [String] = []) {
    self.entries = entries
    self.namespaces = namespaces
  }

  package var gaps: [Entry] { entries.filter(\.isGap) }

  /// The fewest rights that leave no gap, sorted.
  ///
  /// What the server could not tell is among them.
  package var missing: [AccessGrant] {
    Set(gaps.flatMap { AccessGrant.closing($0, namespaces: namespaces) }).sorted()
  }
}

/// In which namespaces a list is allowed.
package struct NamespaceAnswers: Hashable, Sendable {
  /// Sorted, as are the others.
  package var allowed: [String]
  package var refused: [String]
  /// The server could not list every rule that holds there.
  package var unknown: [String]
  /// Beyond `--max-namespaces`.
  package var leftOut: [String]
  /// Whether there are no others that a scan is expected to read.
  package var isComplete: Bool

  package init(
    allowed: [String] = [], refused: [String] = [], unknown: [String] = [],
    leftOut: [String] = [], isComplete: Bool = true
  ) {
    self.allowed = allowed
    self.refused = refused
    self.unknown = unknown
    self.leftOut = leftOut
    self.isComplete = isComplete
  }

  package var count: Int {
    allowed.count + refused.count + unknown.count + leftOut.count
  }

  /// Whether everything can be read there, and there is nowhere else.
  var isWhole: Bool {
    isComplete && allowed.count == count
  }
}

/// A right that is missing: one verb on one resource.
package struct AccessGrant: Hashable, Sendable, Comparable {
  /// Nil for the whole cluster.
  package let namespace: String?
  package let group: String
  package let resource: String
  package let verb: String
  /// The only object that is needed; nil for all.
  package let objectName: String?

  package init(
    namespace: String? = nil, group: String, resource: String, verb: String = "list",
    objectName: String? = nil
  ) {
    self.namespace = namespace
    self.group = group
    self.resource = resource
    self.verb = verb
    self.objectName = objectName
  }

  /// All that these needs take in the whole cluster, sorted.
  package static func granting(_ needs: [AccessNeed]) -> [AccessGrant] {
    AccessReport(entries: needs.map { .init(need: $0, clusterWide: false) }).missing
  }

  /// One right in the whole cluster, or one in each of the scan's namespaces that lacks it.
  fileprivate static func closing(
    _ gap: AccessReport.Entry, namespaces: [String]
  ) -> [AccessGrant] {
    var places: [String?] = [nil]
    if gap.need.purpose == .namedConfigMap {
      places = [gap.need.objectNamespace]
    } else if gap.need.purpose == .namedNamespace {
      // A role of the namespace gives the right to get the namespace itself.
      places = [gap.need.objectName]
    } else if gap.need.isReadByNamespace && !namespaces.isEmpty {
      places = gap.namespaces.map { $0.refused + $0.unknown } ?? namespaces
    }
    return places.map {
      AccessGrant(
        namespace: $0, group: gap.need.resource.group, resource: gap.need.resource.name,
        verb: gap.need.verb, objectName: gap.need.objectName)
    }
  }

  package static func < (left: AccessGrant, right: AccessGrant) -> Bool {
    left.order.lexicographicallyPrecedes(right.order)
  }

  private var order: [String] {
    // Lists before single objects.
    [namespace ?? "", group, objectName ?? "", verb, resource]
  }
}
