import RegistryCatalogue

/// The name of an output file: text, `%d` for the day of the scan, `%t` for its time, `%c` for the
/// context, `%%` for a percent sign.
struct FileNameTemplate: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text(String)
    case day
    case time
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
      case "t": parts.append(.time)
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
  var namesContext: Bool { parts.contains(.context) }

  /// Whether `%d` stands in the name, and so each day has a file of its own.
  var isDated: Bool { lastParts.contains(.day) }

  /// Whether `%d` or `%t` stands in the folder.
  var hasDatedFolder: Bool {
    parts.dropLast(lastParts.count).contains { $0 == .day || $0 == .time }
  }

  /// - Parameter time: seconds since 1970 when the scan began.
  func name(time: Int64, context: String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .day: CalendarDate(secondsSince1970: time).description
      case .time: Self.timeOfDay(time)
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

  // MARK: Names that were made so

  /// `2026-11-21T060000Z` of a name, without folder, that this template gives a scan of
  /// `context`; orders such names by time. Nil for every other name.
  func stamp(of name: String, context: String) -> String? {
    // Bytes: two names that only look alike are two files.
    var rest = Array(name.utf8)[...]
    var day = ""
    var time = ""
    for part in lastParts {
      switch part {
      case .text(let text):
        guard rest.starts(with: text.utf8) else { return nil }
        rest = rest.dropFirst(text.utf8.count)
      case .context:
        let safe = Self.safe(context)
        guard rest.starts(with: safe.utf8) else { return nil }
        rest = rest.dropFirst(safe.utf8.count)
      case .day:
        day = String(decoding: rest.prefix(10), as: UTF8.self)
        guard CalendarDate(day) != nil else { return nil }
        rest = rest.dropFirst(10)
      case .time:
        time = String(decoding: rest.prefix(7), as: UTF8.self)
        guard Self.isTimeOfDay(time) else { return nil }
        rest = rest.dropFirst(7)
      }
    }
    return rest.isEmpty ? "\(day)T\(time)" : nil
  }

  /// The parts of the name below its folder.
  private var lastParts: ArraySlice<Part> {
    guard let slash = parts.lastIndex(of: .text("/")) else { return parts[...] }
    return parts[(slash + 1)...]
  }

  /// `060000Z`
  private static func timeOfDay(_ time: Int64) -> String {
    let seconds = Int(((time % 86_400) + 86_400) % 86_400)
    return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { number in
      (number < 10 ? "0" : "") + "\(number)"
    }.joined() + "Z"
  }

  private static func isTimeOfDay(_ text: String) -> Bool {
    guard text.utf8.count == 7, text.last == "Z",
      text.dropLast().allSatisfy({ ("0"..."9").contains($0) })
    else { return false }
    let limits = [
      ("23", text.prefix(2)), ("59", text.dropFirst(2).prefix(2)),
      ("59", text.dropFirst(4).prefix(2)),
    ]
    return limits.allSatisfy { $1 <= $0 }
  }
}
