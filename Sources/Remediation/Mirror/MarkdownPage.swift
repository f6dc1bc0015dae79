import Reports

/// A page of Markdown, part by part; an empty line ends each. What it takes is finished Markdown.
struct MarkdownPage {
  private(set) var text = ""

  mutating func heading(_ level: Int, _ text: String) {
    paragraph("\(String(repeating: "#", count: level)) \(text)")
  }

  mutating func paragraph(_ text: String) {
    self.text += text + "\n\n"
  }

  mutating func list(_ items: [String]) {
    text += items.map { "- \($0)\n" }.joined() + "\n"
  }

  /// A list under its title; nothing where it is empty.
  mutating func steps(_ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    paragraph("**\(title)**")
    list(items)
  }

  mutating func table(_ titles: [String], isNumber: [Bool], rows: [[String]]) {
    text += Markdown.table(titles, isNumber: isNumber)
    text += rows.map(Markdown.row).joined() + "\n"
  }

  /// GFM 4.5: a fence ends at one at least as long.
  mutating func fence(_ content: String, _ language: String) {
    var longest = 0
    var run = 0
    for byte in content.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    paragraph("\(fence)\(language)\n\(content)\(content.hasSuffix("\n") ? "" : "\n")\(fence)")
  }
}
