import KubernetesAPI
import Reports

/// How far the reading of one cluster has come, in one line.
///
/// Fed with `ListProgress`; what it says depends on that, the seconds and the width alone.
struct ProgressLine: Hashable, Sendable {
  private struct List: Hashable {
    let resource: String
    var items = 0
    var total: Int?
    var hasEnded = false
  }

  /// The context.
  let name: String
  private var lists: [Int: List] = [:]

  init(name: String) {
    self.name = name
  }

  mutating func note(_ event: ListProgress) {
    switch event {
    case .began(let number, let resource): lists[number] = List(resource: resource)
    case .total(let number, let items): lists[number]?.total = items
    case .read(let number, let items): lists[number]?.items += items
    case .ended(let number): lists[number]?.hasEnded = true
    }
  }

  /// Items that were read, of all lists.
  var items: Int { lists.values.reduce(0) { $0 + $1.items } }

  /// At most `width` columns; what matters less is left out first.
  ///
  /// - Parameter seconds: since the first list began.
  func text(seconds: Double, width: Int) -> String {
    let name = TerminalText.sanitized(name)
    let parts = [kinds, count, rate(seconds)].compactMap { $0 }
    for shown in stride(from: parts.count, through: 1, by: -1) {
      let text = parts.prefix(shown).joined(separator: " · ")
      let room = width - TerminalText.width(text) - 2
      // The beginning of a context's name tells little below this.
      guard room >= min(TerminalText.width(name), 12) else { continue }
      return "\(TerminalText.middleTruncated(name, to: room))  \(text)"
    }
    return TerminalText.truncated(kinds, to: width)
  }

  /// A kind is done when none of its lists is under way: some are read namespace by namespace.
  private var kinds: String {
    let all = Set(lists.values.map(\.resource))
    let open = Set(lists.values.filter { !$0.hasEnded }.map(\.resource))
    return "\(all.count - open.count)/\(CountWords.text(all.count, "kind"))"
  }

  /// The total stands only where a server told one; a list without one counts as far as it is read.
  private var count: String {
    let known = lists.values.contains { !$0.hasEnded && $0.total != nil }
    let total = lists.values.reduce(0) { sum, list in
      sum + (list.hasEnded ? list.items : max(list.items, list.total ?? 0))
    }
    guard known else { return CountWords.text(items, "item") }
    return "\(CountWords.grouped(items)) of \(CountWords.text(total, "item"))"
  }

  private func rate(_ seconds: Double) -> String? {
    guard seconds >= 0.1, items > 0 else { return nil }
    return "\(CountWords.grouped(Int(Double(items) / seconds)))/s"
  }
}
