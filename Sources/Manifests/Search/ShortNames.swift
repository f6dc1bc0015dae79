import ImageReferences
import Inventory

/// Images of Docker Hub that a text names without a registry (`minio/minio:RELEASE.…`), where they
/// are surely images.
///
/// `minio/minio` alone is a project, a folder or an address as often as an image. It is one where a
/// command, a key or a Dockerfile's instruction asks for one, and with a tag or a digest where the
/// catalogue names this very repository.
package struct ShortNames: Sendable {
  /// Accounts of which the catalogue says something: the part before the slash.
  let accounts: [[UInt8]]
  private let repositories: Set<String>

  /// - Parameter repositories: those that the catalogue names exactly.
  package init(accounts: [String] = [], repositories: [String] = []) {
    self.accounts = accounts.map { Array($0.utf8) }
    self.repositories = Set(repositories)
  }

  /// The name that a token holds, if it is surely an image.
  ///
  /// - Parameters:
  ///   - line: what the token lies in, without a comment: a scalar's part of its line.
  ///   - text: how far a key or a command before it may lie.
  func hit(
    _ bytes: [UInt8], _ token: Range<Int>, line: Range<Int>, text: Range<Int>,
    recognizes: ImageRecognizer
  ) -> TextSearch.Hit? {
    guard let start = Self.starts(bytes, token).first(where: { begins(bytes, $0, token) }) else {
      return nil
    }
    guard let name = name(bytes, start..<token.upperBound, in: line),
      let reference = ImageText.parse(name.text).reference, recognizes(reference),
      isImage(name, reference, bytes, start, line: line, text: text)
    else { return nil }
    return TextSearch.Hit(
      text: name.text, range: start..<(start + name.text.utf8.count), representative: nil,
      isOpen: name.isOpen)
  }

  // MARK: The name

  /// The token's start, and what follows `docker://`, `:-` (`${IMAGE:-minio/mc}`), `image:`.
  private static func starts(_ bytes: [UInt8], _ token: Range<Int>) -> [Int] {
    guard let colon = token.first(where: { bytes[$0] == UInt8(ascii: ":") }) else {
      return [token.lowerBound]
    }
    let rest = bytes[(colon + 1)..<token.upperBound]
    if rest.starts(with: "//".utf8) {
      let isDocker = bytes[token.lowerBound..<colon].elementsEqual("docker".utf8)
      return isDocker ? [colon + 3] : []
    }
    return [token.lowerBound, rest.first == UInt8(ascii: "-") ? colon + 2 : colon + 1]
  }

  private func begins(_ bytes: [UInt8], _ start: Int, _ token: Range<Int>) -> Bool {
    accounts.contains { account in
      let slash = start + account.count
      guard slash < token.upperBound, bytes[slash] == UInt8(ascii: "/") else { return false }
      return bytes[start..<slash].elementsEqual(account)
    }
  }

  private struct Name {
    let text: String
    /// The tag is filled in later.
    let isOpen: Bool
  }

  /// Nil for what goes on as no image does: a path, a file, a glob.
  private func name(_ bytes: [UInt8], _ found: Range<Int>, in line: Range<Int>) -> Name? {
    var end = found.upperBound
    while end > found.lowerBound, ".:@-_/".utf8.contains(bytes[end - 1]) { end -= 1 }
    let cut = bytes[end..<found.upperBound]
    let next = found.upperBound < line.upperBound ? bytes[found.upperBound] : 0x0A
    let isTagged = cut.elementsEqual(":".utf8) || cut.elementsEqual("@".utf8)
    let isOpen = isTagged && "$%{<(|[".utf8.contains(next)
    guard isOpen || (Self.ends(next) && (cut.isEmpty || cut.allSatisfy { ".:".utf8.contains($0) }))
    else { return nil }
    let text = String(decoding: bytes[found.lowerBound..<end], as: UTF8.self)
    // A repository of Docker Hub has an account and a name, and no file's ending.
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let hasTag = parts[1].contains(":") || parts[1].contains("@")
    guard hasTag || isOpen || !parts[1].contains(".") else { return nil }
    return Name(text: text, isOpen: isOpen)
  }

  private static func ends(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "\"'`)]},;|&<>\\".utf8.contains(byte)
  }

  // MARK: Whether it is an image

  private func isImage(
    _ name: Name, _ reference: ImageReference, _ bytes: [UInt8], _ start: Int,
    line: Range<Int>, text: Range<Int>
  ) -> Bool {
    let place = TextPlace(bytes, start, line: Self.beginning(line, bytes, text)..<line.upperBound)
    if place.follows("docker://") { return true }
    guard place.beginsWord else { return false }
    if repositories.contains(reference.repository), name.isOpen || isPinned(reference) {
      return true
    }
    return place.isValueOfImageKey || place.isBaseImage
      || ContainerCommand.takesImage(at: start, in: bytes, text)
  }

  /// The line of a scalar begins with its key.
  private static func beginning(_ line: Range<Int>, _ bytes: [UInt8], _ text: Range<Int>) -> Int {
    let least = max(text.lowerBound, line.lowerBound - longestKey)
    var start = line.lowerBound
    while start > least, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private static let longestKey = 1 << 10

  /// A tag that is a number alone may be a line's, or a port.
  private func isPinned(_ reference: ImageReference) -> Bool {
    if reference.digest != nil { return true }
    guard let tag = reference.writtenTag else { return false }
    return !tag.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
