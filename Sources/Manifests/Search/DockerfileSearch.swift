import ImageReferences
import Inventory

/// The images that a Dockerfile builds upon: `FROM`, `COPY --from`, `RUN --mount=…,from=`.
///
/// https://docs.docker.com/reference/dockerfile/
struct DockerfileSearch {
  private let bytes: [UInt8]
  /// `ARG NAME=default` before the first `FROM`: only these reach a `FROM`.
  private var arguments: [String: String] = [:]
  private var stages: Set<String> = []
  private var hasStage = false
  private var found: [FoundReference] = []

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func references(
    in bytes: [UInt8], search: TextSearch
  ) -> (found: [FoundReference], mentions: Int) {
    var reader = DockerfileSearch(bytes)
    for words in instructions(bytes) { reader.read(words) }
    let text = TextFileSearch(search: search, comments: .hash, readsImageLines: false)
      .references(in: bytes, 0..<bytes.count)
    let told = reader.found.map(\.mainPart.range)
    let rest = text.found.filter { hit in
      !told.contains { $0.overlaps(hit.mainPart.range) }
    }
    return (reader.found + rest, text.mentions)
  }

  /// The words of each instruction, continued lines joined, comments left out.
  private static func instructions(_ bytes: [UInt8]) -> [[Range<Int>]] {
    var instructions: [[Range<Int>]] = []
    var words: [Range<Int>] = []
    for line in TextLine.all(in: bytes, 0..<bytes.count) {
      var line = line
      while line.upperBound > line.lowerBound, isBlank(bytes[line.upperBound - 1]) {
        line = line.lowerBound..<(line.upperBound - 1)
      }
      let first = line.first { !isBlank(bytes[$0]) }
      if let first, bytes[first] == UInt8(ascii: "#") { continue }
      let isContinued =
        !line.isEmpty
        && (bytes[line.upperBound - 1] == UInt8(ascii: "\\")
          || bytes[line.upperBound - 1] == UInt8(ascii: "`"))
      if isContinued { line = line.lowerBound..<(line.upperBound - 1) }
      words += bytes[line].indices.split { isBlank(bytes[$0]) }.compactMap { word in
        word.first.map { $0..<($0 + word.count) }
      }
      if !isContinued {
        if !words.isEmpty { instructions.append(words) }
        words = []
      }
    }
    if !words.isEmpty { instructions.append(words) }
    return instructions
  }

  private mutating func read(_ words: [Range<Int>]) {
    switch text(words[0]).uppercased() {
    case "ARG" where !hasStage:
      for word in words.dropFirst() {
        let pair = text(word).split(separator: "=", maxSplits: 1)
        if pair.count == 2 { arguments[String(pair[0])] = Self.unquoted(String(pair[1])) }
      }
    case "FROM":
      hasStage = true
      let operands = words.dropFirst().filter { !text($0).hasPrefix("--") }
      guard let image = operands.first else { return }
      let names = operands.map(text)
      let stage = names.count > 2 && names[1].uppercased() == "AS" ? names[2] : ""
      add(image, stage: stage)
      if !stage.isEmpty { stages.insert(stage.lowercased()) }
    case "COPY", "ADD":
      for word in words.dropFirst() where text(word).hasPrefix("--from=") {
        add((word.lowerBound + "--from=".utf8.count)..<word.upperBound, stage: "")
      }
    case "RUN":
      for word in words.dropFirst() where text(word).hasPrefix("--mount=") {
        guard let from = bytes[word].range(ofBytes: Array("from=".utf8)) else { continue }
        let end = bytes[from.upperBound..<word.upperBound].firstIndex(of: UInt8(ascii: ","))
        add(from.upperBound..<(end ?? word.upperBound), stage: "")
      }
    default: break
    }
  }

  private mutating func add(_ word: Range<Int>, stage: String) {
    let written = text(word)
    // A stage by name or number, and the empty image, are no references.
    guard !stages.contains(written.lowercased()), Int(written) == nil, written != "scratch" else {
      return
    }
    let image = expanded(written)
    var reference = FoundReference(
      container: stage, text: image, confidence: .parsed,
      parts: [ReferencePart(kind: .whole, text: image, range: word, isExact: image == written)])
    guard ImageText.parse(image).reference != nil else { return }
    if image != written {
      reference.notes = ["with the defaults of its arguments"]
      reference.obstacle = "its text comes from build arguments: change their defaults"
    }
    found.append(reference)
  }

  /// `$NAME`, `${NAME}` and `${NAME:-default}` by the arguments' defaults; others stay.
  private func expanded(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "$") {
      result += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      let isBraced = rest.first == "{"
      if isBraced { rest.removeFirst() }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      rest = rest[name.endIndex...]
      var fallback = ""
      if isBraced {
        guard let end = rest.firstIndex(of: "}") else { return text }
        if rest.hasPrefix(":-") { fallback = String(rest[..<end].dropFirst(2)) }
        rest = rest[rest.index(after: end)...]
      }
      guard !name.isEmpty else { return text }
      let value = arguments[String(name)] ?? fallback
      guard !value.isEmpty else { return text }
      result += value
    }
    return result + rest
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let first = text.first, first == text.last, "\"'".contains(first) else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
