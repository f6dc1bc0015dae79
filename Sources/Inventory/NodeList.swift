/// The nodes of a cluster as they were read, with each name of an image kept once.
///
/// A node lists up to fifty images by two names each, and its neighbours list mostly the same.
package struct NodeList: Sendable {
  /// Without their images.
  package private(set) var records: [NodeRecord] = []
  /// Of each record, the positions of its images' names, and how many entries its list had.
  private(set) var images: [(names: [Int32], count: Int)] = []
  /// Every distinct name.
  private(set) var names: [String] = []
  private var places: [String: Int32] = [:]

  package init() {}

  package init(_ records: some Sequence<NodeRecord>) {
    for record in records { add(record) }
  }

  package mutating func add(_ record: NodeRecord) {
    var own: [Int32] = []
    own.reserveCapacity(record.images.reduce(0) { $0 + $1.count })
    for name in record.images.joined() { own.append(place(of: name)) }
    images.append((own, record.images.count))
    records.append(record)
    records[records.count - 1].images = []
  }

  package mutating func merge(_ other: NodeList) {
    guard !records.isEmpty else {
      self = other
      return
    }
    let moved = other.names.map { place(of: $0) }
    records.append(contentsOf: other.records)
    images.append(contentsOf: other.images.map { ($0.names.map { moved[Int($0)] }, $0.count) })
  }

  private mutating func place(of name: String) -> Int32 {
    if let place = places[name] { return place }
    let place = Int32(truncatingIfNeeded: names.count)
    names.append(name)
    places[name] = place
    return place
  }
}
