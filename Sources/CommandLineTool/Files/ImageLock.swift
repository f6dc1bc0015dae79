import ImageReferences
import Inventory
import Manifests
import SourceFiles

/// The file of `--lock`: which image became which, a line each, in columns that tabs part.
///
/// `OLD TAB NEW TAB DIGEST`, below a line with these names; the digest is empty where the text has
/// none. An image that is in the file already gets its line anew; others stay, so that a second
/// run, which finds nothing to change, loses nothing.
struct ImageLock: Hashable, Sendable {
  private var lines: [String: (new: String, digest: String)] = [:]

  static func == (left: ImageLock, right: ImageLock) -> Bool { left.bytes == right.bytes }
  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  init() {}

  struct Fault: Error, Hashable {
    let line: Int
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    let text = String(decoding: bytes, as: UTF8.self)
    for (index, line) in text.split(separator: "\n").enumerated() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard index > 0 else {
        guard "\(line)\n" == FilesScan.listHeading else { throw Fault(line: 1) }
        continue
      }
      guard cells.count == 3, cells.prefix(2).allSatisfy({ ImageText.parse($0).reference != nil })
      else { throw Fault(line: index + 1) }
      lines[cells[0]] = (cells[1], cells[2])
    }
  }

  /// References that are whole; a prefix that something else completes is no image.
  mutating func add(_ rewrites: [RewritePlan.Rewrite]) {
    for rewrite in rewrites where !rewrite.located.reference.isOpen {
      guard let old = rewrite.located.use.image.reference,
        rewrite.located.reference.representative == nil,
        let new = ImageText.parse(rewrite.replacement).reference
      else { continue }
      lines[String(old.raw.filter { !$0.isWhitespace })] = (rewrite.replacement, new.digest ?? "")
    }
  }

  /// Sorted by the old names' bytes.
  var bytes: [UInt8] {
    var text = FilesScan.listHeading
    for old in lines.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let line = lines[old] else { continue }
      text += "\(old)\t\(line.new)\t\(line.digest)\n"
    }
    return Array(text.utf8)
  }
}
