/// A set of names that takes little more memory than the names: a sorted array, and behind it what
/// came since it was last sorted.
///
/// A hash table of twenty names takes twice as much, and a cluster has a set for each workload.
struct NameSet: Hashable, Sendable {
  private var names: [String] = []
  private var sortedCount = 0

  /// Sorted, each name once; nothing is copied after `seal`.
  var sorted: [String] {
    var copy = self
    copy.seal()
    return copy.names
  }

  mutating func insert(_ name: String) {
    if sortedContains(name) || names.last == name { return }
    names.append(name)
    // The unsorted part grows with the whole, so that sorting stays a small part of the work.
    if names.count - sortedCount > max(16, sortedCount / 2) { seal() }
  }

  mutating func formUnion(_ other: NameSet) {
    guard !names.isEmpty else {
      self = other
      return
    }
    names.append(contentsOf: other.names)
    seal()
  }

  /// Sorts what is not sorted yet.
  mutating func seal() {
    guard sortedCount < names.count else { return }
    names.sort()
    var kept = 1
    for index in names.indices.dropFirst() where names[index] != names[kept - 1] {
      names[kept] = names[index]
      kept += 1
    }
    names.removeSubrange(kept...)
    sortedCount = names.count
  }

  /// Sorts it and gives back the room that it kept for more.
  mutating func pack() {
    seal()
    if names.capacity > names.count { names = names.withUnsafeBufferPointer { Array($0) } }
  }

  private func sortedContains(_ name: String) -> Bool {
    var low = 0
    var high = sortedCount
    while low < high {
      let middle = (low + high) / 2
      if names[middle] < name { low = middle + 1 } else { high = middle }
    }
    return low < sortedCount && names[low] == name
  }

  static func == (left: NameSet, right: NameSet) -> Bool { left.sorted == right.sorted }

  func hash(into hasher: inout Hasher) { hasher.combine(sorted) }
}
