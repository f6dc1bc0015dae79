import ImageReferences
package import Inventory

/// Finds references in text of any kind: those that begin with a registry which the catalogue
/// knows, and short names where they are surely images; both only where it has something to say
/// against them.
package struct TextSearch: Sendable {
  private let exactHosts: Set<String>
  /// What follows the `*`.
  private let hostSuffixes: [String]
  private let prefixHosts: Set<String>
  private let shortNames: ShortNames
  private let coversAll: @Sendable (String) -> Bool
  private let places: TextPlaces
  let recognizes: ImageRecognizer

  /// - Parameters:
  ///   - hosts: of the catalogue; a leading `*` stands for letters, digits and dashes.
  ///   - prefixHosts: those that alone, without a path, are worth reporting as a value.
  ///   - coversAll: whether a rule is about everything below a place with a path.
  ///   - shortNames: of Docker Hub.
  package init(
    hosts: [String], prefixHosts: [String],
    coversAll: @escaping @Sendable (String) -> Bool = { _ in false },
    shortNames: ShortNames = ShortNames(), recognizes: @escaping ImageRecognizer
  ) {
    self.coversAll = coversAll
    self.shortNames = shortNames
    exactHosts = Set(hosts.filter { !$0.hasPrefix("*") })
    hostSuffixes = hosts.filter { $0.hasPrefix("*") }.map { String($0.dropFirst()) }
    self.prefixHosts = Set(prefixHosts)
    places = TextPlaces(hosts: hosts, accounts: shortNames.accounts)
    self.recognizes = recognizes
  }

  struct Hit: Hashable {
    let text: String
    let range: Range<Int>
    /// Of a prefix that something else completes.
    let representative: String?
    /// What follows is filled in later.
    let isOpen: Bool
  }

  /// The lines on which there may be hits, in order; all others have none.
  ///
  /// - Parameter seesKeys: whether a line with `image:` counts too.
  func eachLine(
    in bytes: [UInt8], _ range: Range<Int>, seesKeys: Bool = false, _ body: (Range<Int>) -> Void
  ) {
    var start = range.lowerBound
    while let place = places.next(in: bytes, start..<range.upperBound, seesKeys: seesKeys) {
      let line = TextLine.around(place, in: bytes, start..<range.upperBound)
      // A place beyond the cut of a very long line has no hits.
      if line.contains(place) { body(line) }
      start = TextLine.end(in: bytes, place..<range.upperBound) + 1
      guard start < range.upperBound else { return }
    }
  }

  /// The hits that lie in these bytes; linear but for the few tokens with a known host.
  ///
  /// - Parameter text: how far a command may reach back over continued lines; the range alone
  ///   without it.
  func hits(in bytes: [UInt8], _ range: Range<Int>, of text: Range<Int>? = nil) -> [Hit] {
    var hits: [Hit] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard Self.isTokenByte(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      var hasDot = false
      while index < range.upperBound, Self.isTokenByte(bytes[index]) {
        if bytes[index] == UInt8(ascii: ".") { hasDot = true }
        index += 1
      }
      // No image reference is longer; what is, is data.
      guard index - start <= 1024 else { continue }
      let token = start..<index
      if hasDot, let hit = hit(bytes, token, in: range) {
        hits.append(hit)
      } else if let hit = shortNames.hit(
        bytes, token, line: range, text: text ?? range, recognizes: recognizes)
      {
        hits.append(hit)
      }
    }
    return hits
  }

  private func hit(_ bytes: [UInt8], _ token: Range<Int>, in range: Range<Int>) -> Hit? {
    for start in Self.candidates(bytes, token) {
      guard isKnownHost(bytes, start, token) else { continue }
      return read(bytes, start..<token.upperBound, in: range)
    }
    return nil
  }

  /// The token's start, and what follows `:` (`image:host/app`) or `docker://`. What follows a
  /// single `/` is a path: `mirror.example/k8s.gcr.io/pause` is at the mirror.
  private static func candidates(_ bytes: [UInt8], _ token: Range<Int>) -> [Int] {
    var starts = [token.lowerBound]
    for index in token where bytes[index] == UInt8(ascii: ":") {
      guard bytes[(index + 1)..<token.upperBound].starts(with: "//".utf8) else {
        // `${IMAGE:-host/app}` too.
        let isDefault = bytes[(index + 1)..<token.upperBound].first == UInt8(ascii: "-")
        starts.append(isDefault ? index + 2 : index + 1)
        continue
      }
      // A web address names a page about an image, or an API; only these name one.
      let scheme = String(decoding: bytes[token.lowerBound..<index], as: UTF8.self)
      if ["docker", "oci", "containers-storage", "docker-daemon"].contains(scheme) {
        return [index + 3]
      }
      return []
    }
    return starts
  }

  private func isKnownHost(_ bytes: [UInt8], _ start: Int, _ token: Range<Int>) -> Bool {
    guard let host = Self.host(bytes, start, token) else { return false }
    return exactHosts.contains(host)
      || hostSuffixes.contains { host.hasSuffix($0) && host.utf8.count > $0.utf8.count }
  }

  private static func host(_ bytes: [UInt8], _ start: Int, _ token: Range<Int>) -> String? {
    var end = start
    var hasDot = false
    while end < token.upperBound, !"/:@".utf8.contains(bytes[end]) {
      if bytes[end] == UInt8(ascii: ".") { hasDot = true }
      end += 1
    }
    guard hasDot, end - start >= 4 else { return nil }
    return String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
  }

  private func read(_ bytes: [UInt8], _ token: Range<Int>, in range: Range<Int>) -> Hit? {
    var end = token.upperBound
    while end > token.lowerBound, ".:-/_@".utf8.contains(bytes[end - 1]) { end -= 1 }
    let next = token.upperBound < range.upperBound ? bytes[token.upperBound] : 0x0A
    let isOpen = "$%{<(".utf8.contains(next)
    // `k8s.gcr.io/${NAME}`, `gcr.io/google_containers/{{ .name }}`, and a registry that is a value.
    let endsPath = end < token.upperBound && bytes[end] == UInt8(ascii: "/")
    let text = String(decoding: bytes[token.lowerBound..<end], as: UTF8.self)
    // `'k8s.gcr.io/'` is all of a value as well.
    let written = token.lowerBound..<(endsPath ? end + 1 : end)
    if (isOpen && endsPath)
      || (!text.contains("/") && isValue(bytes, written, in: range, mayBeArgument: !endsPath))
    {
      return prefix(text, token.lowerBound..<end, isOpen: isOpen)
    }
    guard text.contains("/") else { return nil }
    if !isOpen, coversAll(text) {
      // In prose it names images as often as a project or a page.
      let isImage = ImageText.parse(text).reference.map(recognizes) ?? false
      guard isImage || isValue(bytes, written, in: range, mayBeArgument: !endsPath) else {
        return nil
      }
      return prefix(text, token.lowerBound..<end, isOpen: false)
    }
    var rest = Substring(text)
    for _ in 0..<3 {
      if let reference = ImageText.parse(String(rest)).reference, reference.hasWrittenRegistry {
        guard recognizes(reference) else { return nil }
        let stop = token.lowerBound + rest.utf8.count
        return Hit(
          text: String(rest), range: token.lowerBound..<stop, representative: nil,
          isOpen: isOpen && stop >= end)
      }
      // `host/app:1.2:ro`, `host/app:1@latest`.
      guard let cut = rest.lastIndex(where: { $0 == ":" || $0 == "@" }) else { return nil }
      rest = rest[..<cut]
    }
    return nil
  }

  private func prefix(_ text: String, _ range: Range<Int>, isOpen: Bool) -> Hit? {
    representative(of: text).map {
      Hit(text: text, range: range, representative: $0, isOpen: isOpen)
    }
  }

  /// The image to be judged in the place of a prefix that images continue; nil where the catalogue
  /// has nothing to say against it.
  func representative(of prefix: String) -> String? {
    if !prefix.contains("/"), !prefixHosts.contains(prefix.lowercased()) { return nil }
    let representative = "\(prefix)/pause"
    guard let reference = ImageText.parse(representative).reference,
      reference.hasWrittenRegistry, recognizes(reference)
    else { return nil }
    return representative
  }

  /// Whether a rule is about everything below a place, so that it is no image itself.
  func isPrefix(_ text: String) -> Bool {
    guard text.contains("/") else { return prefixHosts.contains(text.lowercased()) }
    return !text.contains("://") && coversAll(text)
  }

  /// Whether the bytes are all that a quote, a sign of assignment or a flag introduces.
  ///
  /// - Parameter mayBeArgument: whether a quote alone is enough: `startsWith('k8s.gcr.io/')` asks.
  private func isValue(
    _ bytes: [UInt8], _ found: Range<Int>, in range: Range<Int>, mayBeArgument: Bool
  ) -> Bool {
    let after = found.upperBound < range.upperBound ? bytes[found.upperBound] : 0x0A
    let place = TextPlace(bytes, found.lowerBound, line: range)
    // `${REGISTRY:-k8s.gcr.io}`, `${REGISTRY:=k8s.gcr.io}`
    if after == UInt8(ascii: "}") { return place.follows(":-") || place.follows(":=") }
    guard "\"'`, \t\r\n".utf8.contains(after) else { return false }
    guard found.lowerBound > range.lowerBound else { return true }
    var before = found.lowerBound - 1
    let isQuoted = "\"'".utf8.contains(bytes[before])
    if isQuoted {
      guard before > range.lowerBound, !mayBeArgument else { return true }
      before -= 1
    }
    while before > range.lowerBound, bytes[before] == 0x20 { before -= 1 }
    return bytes[before] == UInt8(ascii: "=")
      || (bytes[before] == UInt8(ascii: ":") && (isQuoted || "\r\n".utf8.contains(after)))
      || place.isValueOfRegistryFlag
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      return true
    default:
      return false
    }
  }
}
