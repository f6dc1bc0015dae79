import RegistryCatalogue

/// The members of one JSON object, with the place where it stands for what has to be said of them.
struct JSONObject {
  private let members: [JSONValue.Member]
  private let path: JSONPath

  init(_ value: JSONValue, at path: JSONPath) throws(ReportReadError) {
    guard case .object(let members) = value else { throw path.expected("an object") }
    self.members = members
    self.path = path
  }

  func path(_ key: String) -> JSONPath {
    .key(path, key)
  }

  /// Nil when there is no such key: it was added to `v1` after the report was written.
  func later(_ key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }

  func value(_ key: String) throws(ReportReadError) -> JSONValue {
    guard let value = later(key) else {
      throw .invalid(field: path(key).text, problem: "it is missing")
    }
    return value
  }

  func string(_ key: String) throws(ReportReadError) -> String {
    guard case .string(let text) = try value(key) else { throw path(key).expected("a string") }
    return text
  }

  func optionalString(_ key: String) throws(ReportReadError) -> String? {
    switch try value(key) {
    case .null: return nil
    case .string(let text): return text
    default: throw path(key).expected("a string or null")
    }
  }

  func bool(_ key: String) throws(ReportReadError) -> Bool {
    guard case .bool(let flag) = try value(key) else {
      throw path(key).expected("true or false")
    }
    return flag
  }

  func count(_ key: String) throws(ReportReadError) -> Int {
    guard case .integer(let number) = try value(key), number >= 0 else {
      throw path(key).expected("a whole number, 0 or more")
    }
    return Int(number)
  }

  func optionalCount(_ key: String) throws(ReportReadError) -> Int? {
    switch try value(key) {
    case .null: return nil
    case .integer(let number) where number >= 0: return Int(number)
    default: throw path(key).expected("a whole number, 0 or more, or null")
    }
  }

  func date(_ key: String) throws(ReportReadError) -> CalendarDate {
    guard let date = CalendarDate(try string(key)) else {
      throw path(key).expected("a day such as 2026-11-21")
    }
    return date
  }

  func optionalDate(_ key: String) throws(ReportReadError) -> CalendarDate? {
    try optionalString(key) == nil ? nil : date(key)
  }

  func timestamp(_ key: String) throws(ReportReadError) -> Int64 {
    guard let seconds = Timestamp.seconds(try string(key)) else {
      throw path(key).expected("a time such as 2026-11-21T08:09:09Z")
    }
    return seconds
  }

  func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(ReportReadError) -> Word {
    let text = try string(key)
    guard let word = Word(rawValue: text) else {
      throw unexpected(text, key, Word.allCases.map(\.rawValue))
    }
    return word
  }

  func optionalChoice<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(ReportReadError) -> Word? {
    try optionalString(key) == nil ? nil : choice(key, of: type)
  }

  func object(_ key: String) throws(ReportReadError) -> JSONObject {
    try JSONObject(value(key), at: path(key))
  }

  func optionalObject(_ key: String) throws(ReportReadError) -> JSONObject? {
    let value = try value(key)
    return value == .null ? nil : try JSONObject(value, at: path(key))
  }

  func strings(_ key: String) throws(ReportReadError) -> [String] {
    try list(key) { (item, path) throws(ReportReadError) in
      guard case .string(let text) = item else { throw path.expected("a string") }
      return text
    }
  }

  func objects<Element>(
    _ key: String, _ read: (JSONObject) throws(ReportReadError) -> Element
  ) throws(ReportReadError) -> [Element] {
    try list(key) { (item, path) throws(ReportReadError) in
      try read(JSONObject(item, at: path))
    }
  }

  func unexpected(_ text: String, _ key: String, _ words: [String]) -> ReportReadError {
    path(key).expected(
      words.map { "\"\($0)\"" }.joined(separator: ", ") + " instead of \"\(text)\"")
  }

  private func list<Element>(
    _ key: String, _ read: (JSONValue, JSONPath) throws(ReportReadError) -> Element
  ) throws(ReportReadError) -> [Element] {
    guard case .array(let items) = try value(key) else { throw path(key).expected("a list") }
    let path = path(key)
    var elements: [Element] = []
    elements.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      elements.append(try read(item, .index(path, index)))
    }
    return elements
  }
}

/// The place of a value in a document, put into words only when something is wrong there.
indirect enum JSONPath {
  case root
  case key(JSONPath, String)
  case index(JSONPath, Int)

  /// `clusters[0].findings[3].image`; empty for the whole document.
  var text: String {
    switch self {
    case .root: return ""
    case .index(let parent, let index): return "\(parent.text)[\(index)]"
    case .key(let parent, let key):
      let start = parent.text
      return start.isEmpty ? key : "\(start).\(key)"
    }
  }

  func expected(_ what: String) -> ReportReadError {
    .invalid(field: text, problem: "expected \(what)")
  }
}
