import Reports

/// One line of the log in JSON.
struct LogLine {
  enum Level: String {
    case error
    case warning
    case info
    case debug
  }

  let time: Int64
  let level: Level
  let message: String
  /// The context, or what else the cluster is called; nil when it is about none.
  let context: String?

  /// An object on one line, without the line break: RFC 8259, and nothing in it that acts on a
  /// terminal.
  var text: String {
    let fields = [
      ("time", Self.quoted(Timestamp.text(secondsSince1970: time))),
      ("level", Self.quoted(level.rawValue)), ("message", Self.quoted(message)),
      ("context", context.map(Self.quoted) ?? "null"),
    ]
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if mustEscape(scalar) {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Controls, line separators, and characters that are invisible or turn text around.
  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default:
      false
    }
  }
}
