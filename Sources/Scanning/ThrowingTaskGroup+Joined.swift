import Inventory

extension ThrowingTaskGroup where ChildTaskResult == (Int, InventoryBuilder), Failure == any Error {
  /// What the tasks have found, joined in the order of their numbers, so that the order of arrival
  /// never shows.
  mutating func joined(
    selecting selector: LabelSelector? = nil
  ) async throws -> InventoryBuilder {
    var parts: [Int: InventoryBuilder] = [:]
    while let (number, builder) = try await next() { parts[number] = builder }
    var whole = InventoryBuilder(selecting: selector)
    for number in parts.keys.sorted() {
      if let part = parts.removeValue(forKey: number) { whole.merge(part) }
    }
    return whole
  }
}
