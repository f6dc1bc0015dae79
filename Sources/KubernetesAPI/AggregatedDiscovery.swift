/// `apidiscovery.k8s.io/v2` and `v2beta1` `APIGroupDiscoveryList`: one shape in both (KEP-3352).
///
/// Every scan waits for two of these, so they are read in one pass.
struct AggregatedDiscovery {
  static let kind = "APIGroupDiscoveryList"

  /// Of any document: only an `APIGroupDiscoveryList` has the rest.
  private(set) var kind = ""
  private(set) var discovery = Discovery()
  private var decoder = JSONItemDecoder()

  /// - Throws: also for an object without a `kind`, and for a version or a resource without a name.
  init(_ bytes: Span<UInt8>) throws(WireError) {
    var cursor = JSONCursor(0..<bytes.count)
    guard try cursor.enterObject(bytes) else { throw cursor.malformed("an object") }
    while let key = try cursor.nextKey(bytes, DocumentKey.set) {
      switch key {
      case .kind: kind = try decoder.text(bytes, &cursor)
      case .items:
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) { try group(bytes, &cursor) }
      }
    }
    guard !kind.isEmpty else { throw cursor.malformed("a kind") }
  }

  /// The name of a group stands before its versions, as Go's `encoding/json` writes them; where it
  /// does not, the versions are read when it is known.
  private mutating func group(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    var name = ""
    var versions: JSONCursor?
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, GroupKey.set) {
      switch key {
      case .metadata: name = try member(.name, bytes, &cursor)
      case .versions:
        versions = cursor
        try cursor.skipValue(bytes)
      }
    }
    guard var versions, try versions.enterArray(bytes) else { return }
    while try versions.nextElement(bytes) { try version(of: name, bytes, &versions) }
  }

  private mutating func version(
    of group: String, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    var version = ""
    var isStale = false
    var resources: JSONCursor?
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, VersionKey.set) {
      switch key {
      case .version: version = try decoder.shared(bytes, &cursor)
      // `Stale` when the aggregated API server behind it did not answer.
      case .freshness: isStale = try decoder.shared(bytes, &cursor) == "Stale"
      case .resources:
        resources = cursor
        try cursor.skipValue(bytes)
      }
    }
    guard !version.isEmpty else { throw cursor.malformed("a version before this") }
    if isStale { discovery.staleGroups.append("\(group)/\(version)") }
    guard var resources, try resources.enterArray(bytes) else { return }
    while try resources.nextElement(bytes) {
      try resource(of: group, version, bytes, &resources)
    }
  }

  private mutating func resource(
    of group: String, _ version: String, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    var (name, kind, isNamespaced) = ("", "", false)
    var verbs: Set<String> = []
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, ResourceKey.set) {
      switch key {
      case .resource: name = try decoder.text(bytes, &cursor)
      case .responseKind: kind = try member(.kind, bytes, &cursor)
      case .scope: isNamespaced = try decoder.shared(bytes, &cursor) == "Namespaced"
      case .verbs:
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) { verbs.insert(try decoder.shared(bytes, &cursor)) }
      }
    }
    guard !name.isEmpty else { throw cursor.malformed("a resource's name before this") }
    discovery.resources.append(
      APIResource(
        group: group, version: version, name: name, kind: kind, isNamespaced: isNamespaced,
        verbs: verbs))
  }

  /// One text of an object; empty where it is not.
  private func member(
    _ wanted: MemberKey, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> String {
    var text = ""
    guard try cursor.enterObject(bytes) else { return text }
    while let key = try cursor.nextKey(bytes, MemberKey.set) {
      let found = try decoder.text(bytes, &cursor)
      if key == wanted { text = found }
    }
    return text
  }
}

private enum DocumentKey: String, JSONKey {
  case kind, items
  static let set = JSONKeySet<Self>()
}

private enum GroupKey: String, JSONKey {
  case metadata, versions
  static let set = JSONKeySet<Self>()
}

private enum VersionKey: String, JSONKey {
  case version, resources, freshness
  static let set = JSONKeySet<Self>()
}

private enum ResourceKey: String, JSONKey {
  case resource, responseKind, scope, verbs
  static let set = JSONKeySet<Self>()
}

/// `metadata.name` and `responseKind.kind`.
private enum MemberKey: String, JSONKey {
  case name, kind
  static let set = JSONKeySet<Self>()
}
