import Synchronization

/// How far a list has come, for whoever shows it while it is read.
package enum ListProgress: Hashable, Sendable {
  /// A list is asked for, or waits for its turn; lists are numbered from 1 on.
  case began(list: Int, resource: String)
  /// How many items there will be, where the server said (`remainingItemCount`).
  case total(list: Int, items: Int)
  /// So many more items were read; below 0 when a page broke off and is asked for again.
  case read(list: Int, items: Int)
  case ended(list: Int)
}

/// Tells of one list what `ListProgress` can say.
final class ListTracker: Sendable {
  private let number: Int
  private let tell: @Sendable (ListProgress) -> Void
  private let items = Mutex(0)

  init(number: Int, resource: String, tell: @escaping @Sendable (ListProgress) -> Void) {
    self.number = number
    self.tell = tell
    tell(.began(list: number, resource: resource))
  }

  func read(_ count: Int) {
    guard count != 0 else { return }
    items.withLock { $0 += count }
    tell(.read(list: number, items: count))
  }

  func total(_ count: Int) {
    tell(.total(list: number, items: count))
  }

  /// The list is read anew from its first page.
  func restart() {
    read(-items.withLock { $0 })
  }

  func end() {
    tell(.ended(list: number))
  }
}
