/// Walks a list document as its bytes arrive, and finds its items.
///
/// Keys may come in any order. Everything but items is small and is collected before it is read; an
/// item is offered where it lies in the chunk, and collected only when the chunk does not hold all of it.
struct JSONListFramer {
  enum Step {
    /// The chunk is used up.
    case needsMore
    /// An item begins at this index of the chunk. Call `itemEnded` or `itemStraddles`.
    case itemInChunk(at: Int)
    /// A whole item lies in `buffer`. Call `bufferUsed`.
    case itemInBuffer
  }

  private enum State {
    case start
    case firstKey
    case key
    case colon
    case value
    case afterValue
    case firstItem
    case item
    case afterItem
    case done
  }

  private enum Purpose {
    case key
    case value
    case item
  }

  let limits: WireLimits
  private(set) var buffer: [UInt8] = []
  /// Offset in the body of the buffer's first byte.
  private(set) var bufferOffset = 0
  private(set) var header: ListHeader?
  private(set) var apiVersion = ""
  private(set) var kind = ""
  /// Offset in the body of the current chunk's first byte.
  private(set) var chunkOffset = 0
  private var state = State.start
  private var frame: (purpose: Purpose, scan: JSONFrame)?
  private var key = ""
  private var hasItems = false
  private let items = JSONItemDecoder()

  init(limits: WireLimits) {
    self.limits = limits
  }

  var isDone: Bool { state == .done }
  var knowsKind: Bool { !kind.isEmpty && !apiVersion.isEmpty }

  mutating func chunkEnded(_ count: Int) { chunkOffset += count }

  /// Continues at `position` of the chunk, which moves.
  mutating func step(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(WireError) -> Step {
    while position < bytes.count {
      if frame != nil {
        guard let purpose = try collect(bytes, &position) else { return .needsMore }
        if purpose == .item { return .itemInBuffer }
        try use(purpose)
        continue
      }
      let byte = bytes[position]
      if JSONCursor.isSpace(byte) {
        position += 1
        continue
      }
      if state == .firstItem || state == .item, byte == UInt8(ascii: "{") {
        return .itemInChunk(at: position)
      }
      try punctuation(byte, &position)
    }
    return .needsMore
  }

  /// One byte between values, or the start of a value.
  private mutating func punctuation(
    _ byte: UInt8, _ position: inout Int
  ) throws(WireError) {
    switch (state, byte) {
    case (.start, UInt8(ascii: "{")):
      state = .firstKey
    case (.firstKey, UInt8(ascii: "}")), (.afterValue, UInt8(ascii: "}")):
      state = .done
      header = header ?? ListHeader()
    case (.firstKey, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
      begin(.key, position)
      return
    case (.colon, UInt8(ascii: ":")):
      state = .value
    case (.value, UInt8(ascii: "[")) where key == "items":
      guard !hasItems else { throw malformed(position, "one \"items\"") }
      hasItems = true
      state = .firstItem
    case (.value, _):
      begin(.value, position)
      return
    case (.afterValue, UInt8(ascii: ",")):
      state = .key
    case (.firstItem, UInt8(ascii: "]")), (.afterItem, UInt8(ascii: "]")):
      state = .afterValue
    case (.afterItem, UInt8(ascii: ",")):
      state = .item
    default:
      throw malformed(position, expected)
    }
    position += 1
  }

  private var expected: String {
    switch state {
    case .start: "a list object"
    case .firstKey, .key: "a key"
    case .colon: "a colon"
    case .value: "a value"
    case .afterValue: "a comma or the end of the object"
    case .firstItem, .item: "an object"
    case .afterItem: "a comma or the end of the array"
    case .done: "nothing after the list"
    }
  }

  // MARK: Items

  mutating func itemEnded() { state = .afterItem }

  /// Collects the item that begins at `position` and ends in a later chunk.
  mutating func itemStraddles(_ position: Int) { begin(.item, position) }

  mutating func bufferUsed() {
    buffer.removeAll(keepingCapacity: true)
    state = .afterItem
  }

  // MARK: Collecting

  private mutating func begin(_ purpose: Purpose, _ position: Int) {
    buffer.removeAll(keepingCapacity: true)
    bufferOffset = chunkOffset + position
    frame = (purpose, JSONFrame())
  }

  /// Adds to the buffer; the purpose when the value is whole.
  private mutating func collect(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(WireError) -> Purpose? {
    guard let purpose = frame?.purpose else { return nil }
    let end = frame?.scan.end(bytes, from: position)
    let stop = end ?? bytes.count
    guard buffer.count + (stop - position) <= limits.itemBytes else {
      throw .itemTooLarge(atByte: bufferOffset, limit: limits.itemBytes)
    }
    buffer.append(bytes, position..<stop)
    position = stop
    guard end != nil else { return nil }
    frame = nil
    return purpose
  }

  /// Reads a collected key or a collected value of the list itself.
  private mutating func use(_ purpose: Purpose) throws(WireError) {
    // A number is known to be whole only by what follows it.
    buffer.append(0x20)
    var cursor = JSONCursor(0..<buffer.count, base: bufferOffset, depthLimit: limits.depth)
    let collected = buffer
    let bytes = collected.span
    if purpose == .key {
      key = try items.text(bytes, &cursor)
      state = .colon
      return
    }
    switch key {
    case "kind": kind = try items.text(bytes, &cursor)
    case "apiVersion": apiVersion = try items.text(bytes, &cursor)
    case "metadata": header = try ListHeader(&cursor, bytes)
    case "items":
      guard try cursor.peek(bytes) == .null, !hasItems else {
        throw malformed(bufferOffset - chunkOffset, "an array of items")
      }
      hasItems = true
      try cursor.skipValue(bytes)
    default: try cursor.skipValue(bytes)
    }
    // Letters may follow a literal or a number: `truex` was collected whole.
    guard cursor.position == buffer.count - 1 else { throw cursor.malformed("a value") }
    buffer.removeAll(keepingCapacity: true)
    state = .afterValue
  }

  private func malformed(_ position: Int, _ expected: String) -> WireError {
    .malformed(atByte: chunkOffset + position, expected: expected)
  }
}

private enum ListMetaKey: String, JSONKey {
  case resourceVersion, `continue`, remainingItemCount
  static let set = JSONKeySet<Self>()
}

extension ListHeader {
  /// Reads a `metav1.ListMeta`.
  init(_ cursor: inout JSONCursor, _ bytes: Span<UInt8>) throws(WireError) {
    self.init()
    let items = JSONItemDecoder()
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, ListMetaKey.set) {
      switch key {
      case .resourceVersion:
        resourceVersion = try items.text(bytes, &cursor)
      case .continue:
        continueToken = try items.text(bytes, &cursor)
      case .remainingItemCount: remainingItemCount = try cursor.readInteger(bytes)
      }
    }
  }
}
