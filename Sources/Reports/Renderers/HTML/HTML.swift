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
      source += HTML.escaped(text)
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

  /// HTML Standard, section 13.3 "Serializing HTML fragments"; quotes too, so that one rule holds
  /// for text and for attributes in either quotes.
  static func escaped(_ text: String) -> String {
    let text = TerminalText.sanitized(text)
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
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
