/// Markup. Text becomes part of it only by interpolation, which escapes it: what a cluster says can
/// never be a tag, an attribute or the end of one.
///
/// Literal parts of an interpolation are markup, interpolated strings are text (sanitised as for a
/// terminal, then escaped for elements and quoted attributes alike), interpolated `HTML` stands as
/// it is.
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  private(set) var source: String

  init(stringLiteral value: String) {
    source = value
  }

  init(stringInterpolation: StringInterpolation) {
    source = stringInterpolation.source
  }

  /// What is markup already and comes from the binary itself.
  init(trusted source: String) {
    self.source = source
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    mutating func appendLiteral(_ literal: String) {
      source += literal
    }

    mutating func appendInterpolation(_ text: String) {
      source += MarkupText.escaped(TerminalText.sanitized(text))
    }

    mutating func appendInterpolation(_ html: HTML) {
      source += html.source
    }

    mutating func appendInterpolation(_ number: Int) {
      source += String(number)
    }
  }

  static let empty: HTML = ""

  static func += (left: inout HTML, right: HTML) {
    left.source += right.source
  }
}

extension Sequence where Element == HTML {
  func joined(_ separator: HTML = .empty) -> HTML {
    var result = HTML.empty
    var isFirst = true
    for element in self {
      if !isFirst { result += separator }
      result += element
      isFirst = false
    }
    return result
  }
}
