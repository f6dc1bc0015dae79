/// A label and its items as lines: `NOT READ      a · b`, wrapped between items on a terminal.
enum LabelledLines {
  static let labelWidth = 14
  private static let separator = " ·"
  /// Narrower terminals cannot afford to indent by the label.
  private static let narrow = 60

  static func isNarrow(_ options: RenderOptions) -> Bool {
    options.lineWidth.map { $0 < narrow } ?? false
  }

  /// Items must be sanitised. Nothing at all when there is no item.
  static func lines(label: String, items: [String], options: RenderOptions) -> [String] {
    guard !items.isEmpty else { return [] }
    let isNarrow = isNarrow(options)
    let start = isNarrow ? "\(label) " : TerminalText.padded(label, to: labelWidth)
    return wrapped(items: items, start: start, hanging: isNarrow ? 2 : labelWidth, options: options)
  }

  /// Items separated by ` · ` after `start`; further lines are indented by `hanging`. An item that
  /// is longer than a line is broken at spaces, then anywhere.
  static func wrapped(
    items: [String], start: String, hanging: Int, options: RenderOptions
  ) -> [String] {
    guard let width = options.lineWidth else {
      return [start + items.joined(separator: "\(separator) ")]
    }
    let indent = String(repeating: " ", count: hanging)
    var lines: [String] = []
    var line = start
    var isFresh = true
    func append(_ text: String) {
      let glue = isFresh ? "" : " "
      if TerminalText.width(line) + TerminalText.width(glue + text) <= width {
        line += glue + text
        isFresh = false
        return
      }
      if !isFresh || line != indent && hanging + TerminalText.width(text) <= width {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        line = indent
      }
      // The first line may have more room than those that hang.
      let start = TerminalText.broken(text, to: max(1, width - TerminalText.width(line)))[0]
      let rest = text.dropFirst(start.count)
      line += start
      if !rest.isEmpty {
        lines.append(line)
        let pieces = TerminalText.broken(String(rest), to: max(1, width - hanging))
        lines += pieces.dropLast().map { indent + $0 }
        line = indent + (pieces.last ?? "")
      }
      isFresh = false
    }
    for (index, item) in items.enumerated() {
      let text = index < items.count - 1 ? item + separator : item
      let columns = TerminalText.width(text)
      let fitsHere = TerminalText.width(line) + (isFresh ? 0 : 1) + columns <= width
      if fitsHere || !isFresh && hanging + columns <= width {
        append(text)
      } else {
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
          append(String(word))
        }
      }
    }
    lines.append(line)
    return lines
  }
}
