/// Walks a protobuf list as its bytes arrive, and finds its items.
///
/// The body is `k8s\0`, then one `runtime.Unknown` (1 typeMeta, 2 raw), whose `raw` is the list message
/// (1 metadata, 2 items in every list of the API). Unneeded fields are passed over without being
/// kept; an item is collected only when it straddles chunks.
///
/// The envelope has no length: the list is whole once `raw` is, and what the server writes after it
/// (empty contentEncoding and contentType) is checked but not required.
struct ProtobufListFramer {
  enum Step {
    case needsMore
    /// A whole item lies in the chunk.
    case itemInChunk(Range<Int>)
    /// A whole item lies in `buffer`. Call `bufferUsed`.
    case itemInBuffer
  }

  private enum State {
    case magic(matched: Int)
    case tag
    case length
    case value
    case skip(remaining: Int)
    case collect(remaining: Int)
  }

  /// `k8s.io.apimachinery.pkg.runtime.Unknown`, and `metadata` and `items` of a list.
  private enum Field {
    static let typeMeta = 1
    static let raw = 2
    static let listMetadata = 1
    static let listItems = 2
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
  private var state = State.magic(matched: 0)
  private var number = 0
  private var partial: UInt64 = 0
  private var shift: UInt64 = 0
  /// Offset in the body where `raw` ends, while inside it.
  private var listEnd: Int?
  private var hasList = false

  init(limits: WireLimits) {
    self.limits = limits
  }

  /// Whether the body may end here.
  var isDone: Bool {
    guard case .tag = state else { return false }
    return hasList && listEnd == nil && shift == 0
  }

  private var isCollectingNothing: Bool {
    guard case .collect(remaining: 0) = state else { return false }
    return true
  }

  mutating func chunkEnded(_ count: Int) { chunkOffset += count }

  mutating func bufferUsed() { buffer.removeAll(keepingCapacity: true) }

  /// Continues at `position` of the chunk, which moves.
  mutating func step(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(WireError) -> Step {
    // An empty payload is whole without another byte.
    while position < bytes.count || isCollectingNothing {
      switch state {
      case .magic(let matched):
        guard bytes[position] == ProtobufEnvelope.magic[matched] else {
          throw malformed(position, "the four bytes \"k8s\\0\" of a protobuf answer")
        }
        position += 1
        state = matched == 3 ? .tag : .magic(matched: matched + 1)
      case .tag:
        if let item = wholeItem(bytes, &position) { return .itemInChunk(item) }
        guard let tag = try varint(bytes, &position) else { return .needsMore }
        try begin(tag, position)
      case .value:
        guard try varint(bytes, &position) != nil else { return .needsMore }
        try fieldEnded(position)
      case .length:
        guard let length = try varint(bytes, &position) else { return .needsMore }
        try begin(length: length, position)
      case .skip(let remaining):
        let taken = min(remaining, bytes.count - position)
        position += taken
        state = .skip(remaining: remaining - taken)
        if taken == remaining { try fieldEnded(position) }
      case .collect(let remaining):
        if let step = try collect(bytes, &position, remaining) { return step }
      }
    }
    return .needsMore
  }

  /// The shortest way to an item of which tag, length and payload lie in the chunk; nil leaves the
  /// field to the states, which also tell what is wrong with it.
  @inline(__always)
  private mutating func wholeItem(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) -> Range<Int>? {
    guard let listEnd, shift == 0, position + 4 <= bytes.count,
      bytes[position] == UInt8(Field.listItems) << 3 | ProtobufCursor.Wire.length
    else { return nil }
    var start = position + 1
    var length = 0
    // Three bytes tell lengths up to 2 MiB, more than etcd takes.
    for place in 0..<3 {
      let byte = bytes[start]
      start += 1
      length |= Int(byte & 0x7F) << (7 * place)
      guard byte >= 0x80 else { break }
      guard place < 2 else { return nil }
    }
    let end = start + length
    guard length <= limits.itemBytes, end <= bytes.count, chunkOffset + end <= listEnd
    else { return nil }
    position = end
    leaveListAtEnd(chunkOffset + end)
    return start..<end
  }

  /// Acts on a tag; a field of the envelope or, inside `raw`, of the list.
  private mutating func begin(_ tag: UInt64, _ position: Int) throws(WireError) {
    guard tag >= 8, tag <= UInt64(UInt32.max) else { throw malformed(position, "a field number") }
    number = Int(tag >> 3)
    switch UInt8(tag & 7) {
    case ProtobufCursor.Wire.length: state = .length
    case ProtobufCursor.Wire.varint: state = .value
    case ProtobufCursor.Wire.fixed64: state = .skip(remaining: 8)
    case ProtobufCursor.Wire.fixed32: state = .skip(remaining: 4)
    default: throw malformed(position, "wire type 0, 1, 2 or 5")
    }
    try checkInsideList(position)
  }

  private mutating func begin(length: UInt64, _ position: Int) throws(WireError) {
    guard length <= UInt64(Int.max / 2), let count = Int(exactly: length) else {
      throw malformed(position, "a length below 2^62")
    }
    let offset = chunkOffset + position
    if let listEnd {
      guard count <= listEnd - offset else { throw malformed(position, "a length within the list") }
      switch number {
      case Field.listMetadata, Field.listItems: try startCollecting(count, offset)
      default: state = .skip(remaining: count)
      }
    } else {
      switch number {
      case Field.typeMeta: try startCollecting(count, offset)
      case Field.raw:
        guard !hasList else { throw malformed(position, "one list") }
        hasList = true
        listEnd = offset + count
        state = .tag
        leaveListAtEnd(offset)
        return
      default: state = .skip(remaining: count)
      }
    }
    if count == 0, case .skip = state { try fieldEnded(position) }
  }

  private mutating func startCollecting(_ count: Int, _ offset: Int) throws(WireError) {
    guard count <= limits.itemBytes else {
      throw .itemTooLarge(atByte: offset, limit: limits.itemBytes)
    }
    buffer.removeAll(keepingCapacity: true)
    bufferOffset = offset
    state = .collect(remaining: count)
  }

  /// Takes what the chunk has of the payload; a step when that completes an item.
  private mutating func collect(
    _ bytes: Span<UInt8>, _ position: inout Int, _ remaining: Int
  ) throws(WireError) -> Step? {
    let taken = min(remaining, bytes.count - position)
    let range = position..<position + taken
    position += taken
    let isItem = listEnd != nil && number == Field.listItems
    if taken == remaining, buffer.isEmpty, isItem {
      try fieldEnded(position)
      return .itemInChunk(range)
    }
    buffer.append(bytes, range)
    state = .collect(remaining: remaining - taken)
    guard taken == remaining else { return nil }
    let isInList = listEnd != nil
    try fieldEnded(position)
    if isItem { return .itemInBuffer }
    if isInList { try readHeader() } else { try readTypeMeta() }
    buffer.removeAll(keepingCapacity: true)
    return nil
  }

  private mutating func fieldEnded(_ position: Int) throws(WireError) {
    state = .tag
    try checkInsideList(position)
    leaveListAtEnd(chunkOffset + position)
  }

  private func checkInsideList(_ position: Int) throws(WireError) {
    guard let listEnd, chunkOffset + position > listEnd else { return }
    throw malformed(position, "a field within the list")
  }

  private mutating func leaveListAtEnd(_ offset: Int) {
    guard offset == listEnd else { return }
    listEnd = nil
    header = header ?? ListHeader()
  }

  /// Continues a varint of up to ten bytes; nil when the chunk ends inside it.
  private mutating func varint(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(WireError) -> UInt64? {
    while position < bytes.count {
      let byte = bytes[position]
      guard shift < 63 || byte <= 1 else {
        throw malformed(position, "a varint of at most 64 bits")
      }
      position += 1
      partial |= UInt64(byte & 0x7F) << shift
      guard byte < 0x80 else {
        shift += 7
        continue
      }
      let value = partial
      (partial, shift) = (0, 0)
      return value
    }
    return nil
  }

  // MARK: What is collected beside items

  /// `metav1.TypeMeta`: 1 apiVersion, 2 kind.
  private mutating func readTypeMeta() throws(WireError) {
    let strings = WireStrings()
    var cursor = ProtobufCursor(0..<buffer.count, base: bufferOffset)
    let collected = buffer
    let bytes = collected.span
    while try cursor.next(bytes) {
      switch cursor.number {
      case 1: apiVersion = strings.text(bytes, try cursor.payload())
      case 2: kind = strings.text(bytes, try cursor.payload())
      default: break
      }
    }
  }

  private mutating func readHeader() throws(WireError) {
    header = try ListHeader(
      buffer.span, ProtobufCursor(0..<buffer.count, base: bufferOffset))
  }

  private func malformed(_ position: Int, _ expected: String) -> WireError {
    .malformed(atByte: chunkOffset + position, expected: expected)
  }
}

extension ListHeader {
  /// Reads a `metav1.ListMeta`: 2 resourceVersion, 3 continue, 4 remainingItemCount.
  init(_ bytes: Span<UInt8>, _ message: ProtobufCursor) throws(WireError) {
    self.init()
    let strings = WireStrings()
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case 2: resourceVersion = strings.text(bytes, try cursor.payload())
      case 3: continueToken = strings.text(bytes, try cursor.payload())
      case 4: remainingItemCount = try cursor.integer()
      default: break
      }
    }
  }
}
