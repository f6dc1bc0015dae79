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
    let object = JSONValue.members([
      "time": .string(Timestamp.text(secondsSince1970: time)), "level": .string(level.rawValue),
      "message": .string(message), "context": .text(context),
    ])
    return String(decoding: object.line().dropLast(), as: UTF8.self)
  }
}
