import Inventory

/// The images of one object while it is read, and the path to where the reader stands.
struct FoundImages {
  private var path: [UInt8] = []
  private var images: [String: ExtractedImage] = [:]

  // MARK: The path

  /// Steps into a field; `pop` with the result steps out.
  mutating func push(key: JSONText, _ bytes: Span<UInt8>) -> Int {
    let mark = path.count
    if !key.hasEscapes, key.range.allSatisfy({ Self.isPlain(bytes[$0]) }) {
      if mark > 0 { path.append(UInt8(ascii: ".")) }
      path.append(bytes, key.range)
    } else {
      quote(key.unescaped(bytes))
    }
    return mark
  }

  mutating func push(name: String) -> Int {
    push(field: name)
  }

  /// Text that is written as a path already; it may begin with an index.
  mutating func push(field: String) -> Int {
    let mark = path.count
    if mark > 0, !field.hasPrefix("[") { path.append(UInt8(ascii: ".")) }
    path.append(contentsOf: field.utf8)
    return mark
  }

  mutating func push(index: Int) -> Int {
    push(field: "[\(index)]")
  }

  mutating func pop(_ mark: Int) {
    path.removeSubrange(mark...)
  }

  /// Keys that hold dots or worse are quoted, as in JSONPath.
  private mutating func quote(_ key: [UInt8]) {
    path.append(contentsOf: "[\"".utf8)
    for byte in key {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        path.append(UInt8(ascii: "\\"))
      }
      path.append(byte)
    }
    path.append(contentsOf: "\"]".utf8)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  // MARK: Images

  /// Notes an image at the current path; of two at one place the surer one stays.
  mutating func add(
    _ image: String, _ role: ContainerRole, _ confidence: UseConfidence,
    container: String? = nil, pullPolicy: PullPolicy = .unspecified,
    placement: PodPlacement = PodPlacement()
  ) {
    guard !image.isEmpty else { return }
    let place = String(decoding: path, as: UTF8.self)
    if let known = images[place], known.confidence.rank <= confidence.rank { return }
    images[place] = ExtractedImage(
      path: place, container: container ?? Self.lastKey(of: place), role: role, image: image,
      pullPolicy: pullPolicy, confidence: confidence, placement: placement)
  }

  /// The same of a text that may lack its tag.
  mutating func add(
    _ image: TaggedText, _ role: ContainerRole, _ confidence: UseConfidence
  ) {
    add(image.text, role, confidence)
    let place = String(decoding: path, as: UTF8.self)
    guard images[place]?.image == image.text else { return }
    if image.isJoined { images[place]?.notes = [UseNotes.joined] }
    guard !image.isTagKnown else { return }
    images[place]?.representative = image.text
    images[place]?.notes = [image.range.map(UseNotes.range) ?? UseNotes.unknownTag]
  }

  /// Adds to what a reader should know of each.
  mutating func note(_ text: String) {
    for place in images.keys { images[place]?.notes.append(text) }
  }

  /// The beginning of images, with one of them.
  mutating func add(
    prefix: String, representative: String, _ role: ContainerRole, _ confidence: UseConfidence
  ) {
    add(prefix, role, confidence)
    let place = String(decoding: path, as: UTF8.self)
    guard images[place]?.image == prefix else { return }
    images[place]?.representative = representative
    images[place]?.notes = [UseNotes.prefixOfAll]
  }

  /// By path, so that the order of keys never shows.
  var sorted: [ExtractedImage] {
    images.values.sorted { $0.path < $1.path }
  }

  private static func lastKey(of path: String) -> String {
    let last = path.split(separator: ".").last ?? ""
    return String(last.prefix { $0 != "[" })
  }
}

extension UseConfidence {
  fileprivate var rank: Int {
    switch self {
    case .known: 0
    case .schema: 1
    case .shape: 2
    case .inferred: 3
    }
  }
}
