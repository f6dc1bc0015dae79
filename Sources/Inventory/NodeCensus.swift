package import ImageReferences

/// The nodes of a cluster: what they hold, and which pods may be bound to them.
///
/// A node's image list proves presence. The kubelet sorts it by size and cuts it at 50 entries
/// (`nodeStatusMaxImages`), so absence from a list of 1 to 49 entries is likely and absence from an
/// empty or full one says nothing.
package struct NodeCensus: Sendable {
  package struct Node: Hashable, Sendable {
    package let name: String
    package let creationTimestamp: Int64?
    package let labels: [String: String]
    package let taints: [TaintRecord]
    package let isUnschedulable: Bool
    package let containerRuntimeVersion: String
    package let kubeletVersion: String
    package let osImage: String
    package let operatingSystem: String
    package let architecture: String
    /// Entries of its image list.
    package let imageCount: Int

    /// Whether an image that its list does not name is likely absent.
    package var absenceIsLikely: Bool {
      (1..<NodeCensus.listLimit).contains(imageCount)
    }
  }

  package static let listLimit = 50

  /// Sorted by name.
  package let nodes: [Node]
  /// Image (`registry/repository:tag` or `…@digest`) to the positions of the nodes that hold it.
  private let holders: [String: [Int]]
  private let positions: [String: Int]
  private let eligibility = EligibilityCache()

  package init(_ records: [NodeRecord]) {
    self.init(NodeList(records))
  }

  package init(_ list: NodeList) {
    var nodes: [Node] = []
    var holders: [String: [Int]] = [:]
    // Each name is parsed once, however many nodes have it.
    let keys = list.names.map { ImageText.parse($0).reference.map(Self.key) }
    let order = list.records.indices.sorted {
      list.records[$0].metadata.name < list.records[$1].metadata.name
    }
    for (record, images) in order.lazy.map({ (list.records[$0], list.images[$0]) }) {
      // A node may have an image by several names that mean the same.
      for key in Set(images.names.compactMap { keys[Int($0)] }) {
        holders[key, default: []].append(nodes.count)
      }
      nodes.append(
        Node(
          name: record.metadata.name, creationTimestamp: record.metadata.creationTimestamp,
          labels: record.metadata.labels, taints: record.taints,
          isUnschedulable: record.isUnschedulable,
          containerRuntimeVersion: record.containerRuntimeVersion,
          kubeletVersion: record.kubeletVersion, osImage: record.osImage,
          operatingSystem: record.operatingSystem,
          architecture: record.architecture, imageCount: images.count))
    }
    self.nodes = nodes
    self.holders = holders
    positions = Dictionary(
      nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the nodes that a use may be bound to say of its image; worked out once for each image and
  /// each distinct placement.
  package func cacheState(of reference: ImageReference, placement: PodPlacement, isDaemon: Bool)
    -> CacheState
  {
    let key = Self.key(reference)
    return eligibility.nodes(nodes, admitting: placement, isDaemon: isDaemon).state(of: key) {
      holders[key] ?? []
    }
  }

  /// The same for a Pod that is bound to these nodes and goes to no other.
  package func cacheState(of reference: ImageReference, boundTo names: [String]) -> CacheState {
    let holders = holders[Self.key(reference)] ?? []
    return names.reduce(into: CacheState()) { state, name in
      guard let position = positions[name] else { return }
      state.eligible += 1
      if holders.contains(position) {
        state.holding += 1
      } else if nodes[position].absenceIsLikely {
        state.likelyLacking += 1
      }
    }
  }

  /// Names of the nodes whose lists name the image, sorted.
  package func holders(of reference: ImageReference) -> [String] {
    (holders[Self.key(reference)] ?? []).map { nodes[$0].name }
  }

  /// When the node of this name was created, in seconds since 1970-01-01T00:00:00Z.
  package func creation(ofNode name: String) -> Int64? {
    positions[name].flatMap { nodes[$0].creationTimestamp }
  }

  /// With both a tag and a digest, runtimes pull and store by the digest.
  private static func key(_ reference: ImageReference) -> String {
    let name = "\(reference.registry)/\(reference.repository)"
    if let digest = reference.digest { return "\(name)@\(digest)" }
    // No node has an image whose tag is not known: it may be another.
    return reference.tag.map { "\(name):\($0)" } ?? name
  }
}

/// How an image is spread over the nodes that a use may be bound to.
package struct CacheState: Hashable, Sendable {
  package var eligible = 0
  package var holding = 0
  /// Eligible nodes whose list is complete and does not name the image.
  package var likelyLacking = 0

  package init(eligible: Int = 0, holding: Int = 0, likelyLacking: Int = 0) {
    self.eligible = eligible
    self.holding = holding
    self.likelyLacking = likelyLacking
  }
}
