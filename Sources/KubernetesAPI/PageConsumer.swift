import CurlTransport
import Foundation
import Synchronization

/// Decodes one page of a list while it arrives, into a shard of its own.
///
/// The page's shard is taken only when the page came whole, so a page that broke off is asked for
/// again and nothing counts twice.
final class PageConsumer<Record: Sendable, Shard: Sendable>: BodyConsumer {
  private struct State {
    var decoder: ListDecoder<Record>?
    /// Nil only while a chunk is decoded: the shard then grows in place, never copied.
    var shard: Shard?
    var items = 0
    var headerWasTold = false
    var identities: Set<Int> = []
    var other: [UInt8] = []
  }

  private let schema: WireSchema<Record>
  private let add: @Sendable (inout Shard, Record) -> Void
  private let identity: (@Sendable (Record) -> Int)?
  private let excluded: Set<Int>
  private let onHeader: @Sendable (ListHeader) -> Void
  /// Is told how many items each chunk brought.
  private let onItems: @Sendable (Int) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - identity: tells objects apart; nil where it does not matter that one comes twice.
  ///   - excluded: the identities of objects to leave out.
  init(
    schema: WireSchema<Record>, shard: Shard,
    add: @escaping @Sendable (inout Shard, Record) -> Void,
    identity: (@Sendable (Record) -> Int)? = nil, excluded: Set<Int> = [],
    onHeader: @escaping @Sendable (ListHeader) -> Void,
    onItems: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.schema = schema
    self.add = add
    self.identity = identity
    self.excluded = excluded
    self.onHeader = onHeader
    self.onItems = onItems
    state = Mutex(State(shard: shard))
  }

  func begin(_ head: HTTPResponseHead) throws {
    guard head.statusCode == 200,
      let encoding = WireEncoding(contentType: head.headers["Content-Type"] ?? "")
    else { return }
    state.withLock { $0.decoder = ListDecoder(schema, encoding: encoding) }
  }

  func consume(_ chunk: Data) throws {
    let before = items
    defer { onItems(items - before) }
    let header = try state.withLock { state -> ListHeader? in
      guard state.decoder != nil else {
        guard chunk.count <= APIClient.smallBodyLimit - state.other.count else {
          throw TransportError.bodyTooLarge(limit: APIClient.smallBodyLimit)
        }
        state.other.append(contentsOf: chunk)
        return nil
      }
      guard var shard = state.shard.take() else { return nil }
      var items = 0
      var identities = exchange(&state.identities, with: [])
      defer {
        state.shard = shard
        state.identities = identities
        state.items += items
      }
      try state.decoder?.feed(chunk) { record in
        if let identity {
          let own = identity(record)
          guard !excluded.contains(own) else { return }
          identities.insert(own)
        }
        add(&shard, record)
        items += 1
      }
      guard !state.headerWasTold, let header = state.decoder?.header else { return nil }
      state.headerWasTold = true
      return header
    }
    if let header { onHeader(header) }
  }

  /// One page as it was decoded.
  struct Page: Sendable {
    let shard: Shard
    let items: Int
    let identities: Set<Int>
  }

  /// The page, whole; nil when the answer was no list.
  func finish() throws -> Page? {
    try state.withLock { state in
      guard state.decoder != nil, let shard = state.shard else { return nil }
      try state.decoder?.finish()
      return Page(shard: shard, items: state.items, identities: state.identities)
    }
  }

  /// Items read so far.
  var items: Int {
    state.withLock { $0.items }
  }

  /// The body of an answer that was no list, up to a bound.
  var otherBody: [UInt8] {
    state.withLock { $0.other }
  }
}
