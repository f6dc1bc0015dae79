import RegistryCatalogue

/// The name of an output file: text, `%d` for the day of the scan, `%c` for the context, `%%` for
/// a percent sign.
struct FileNameTemplate: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text(String)
    case day
    case context
  }

  /// As typed.
  let text: String
  private let parts: [Part]

  init(_ text: String) throws(OutputPlanError) {
    var parts: [Part] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        parts.append(.text(String(character)))
        continue
      }
      switch rest.popFirst() {
      case "d": parts.append(.day)
      case "c": parts.append(.context)
      case "%": parts.append(.text("%"))
      case let other:
        throw .unknownPlaceholder("%" + (other.map { String($0) } ?? ""), file: text)
      }
    }
    self.text = text
    self.parts = parts
  }

  /// Whether `%c` stands in it.
  var namesContext: Bool {
    parts.contains { if case .context = $0 { true } else { false } }
  }

  func name(day: CalendarDate, context: String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .day: day.description
      case .context: Self.safe(context)
      }
    }
    .joined()
  }

  /// A context as one part of a file name: letters, digits, `.`, `_`, `-` and `@` stay, others
  /// (the `/` and `:` of ARNs and URLs) become `_`; never hidden, never empty, at most
  /// 100 characters.
  static func safe(_ context: String) -> String {
    let kept = context.unicodeScalars.prefix(100).map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "@": Character(scalar)
      default: "_"
      }
    }
    guard let first = kept.first else { return "_" }
    return (first == "." || first == "-" ? "_" : String(first)) + String(kept.dropFirst())
  }
}
