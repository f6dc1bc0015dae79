import Testing

@testable import Reports

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }

  @Test(arguments: [
    ("null", JSONValue.null), (" \t\r\n true ", .bool(true)), ("false", .bool(false)),
    ("0", .integer(0)), ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .number("9223372036854775808")), ("-0.5E+3", .number("-0.5E+3")),
    ("\"\"", .string("")), ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", .string("a\"\\/\u{8}\u{C}\n\r\t")),
    ("\"\\u00e9\\u2028\\ud83d\\ude80é🚀\"", .string("é\u{2028}🚀é🚀")),
    ("[]", .array([])), ("[1 , [ ]]", .array([.integer(1), .array([])])),
    ("{}", .object([])),
    ("{\"a\" : {\"b\":1}}", .members(["a": .members(["b": .integer(1)])])),
  ])
  func values(text: String, expected: JSONValue) throws {
    #expect(try parse(text) == expected)
  }

  @Test(arguments: [
    ("", 1, 1, "a value"), ("nul", 1, 1, "\"null\""), ("[1,]", 1, 4, "a value"),
    ("[1 2]", 1, 4, "\",\" or \"]\""), ("{\"a\":1,}", 1, 8, "a key in double quotes"),
    ("{a:1}", 1, 2, "a key in double quotes"), ("{\"a\" 1}", 1, 6, "\":\""),
    ("{\"a\":1,\n \"a\":2}", 2, 2, "a key that its object does not have yet"),
    ("01", 1, 2, "the end of the document"), ("-", 1, 2, "a digit"), ("1.", 1, 3, "a digit"),
    ("1e", 1, 3, "a digit"), (".5", 1, 1, "a value"), ("\"a", 1, 3, "the end of a string"),
    ("\"a\nb\"", 1, 3, "an escape instead of a control character"),
    ("\"\\x\"", 1, 3, "one of the escapes of JSON"),
    ("\"\\u12g4\"", 1, 6, "four hexadecimal digits"),
    ("\"\\ud83d\"", 1, 8, "a whole surrogate pair"),
    ("\"\\ude80\"", 1, 8, "a whole surrogate pair"),
    ("\"\\ud83d\\u0041\"", 1, 14, "a whole surrogate pair"),
    ("{} {}", 1, 4, "the end of the document"), ("\u{FEFF}{}", 1, 1, "a value"),
    ("NaN", 1, 1, "a value"), ("'a'", 1, 1, "a value"),
    ("[1] // x", 1, 5, "the end of the document"),
  ])
  func mistakes(text: String, line: Int, column: Int, expected: String) {
    #expect(throws: JSONSyntaxError(line: line, column: column, expected: expected)) {
      try parse(text)
    }
  }

  @Test func notUTF8() {
    #expect(throws: JSONSyntaxError(line: 1, column: 3, expected: "UTF-8")) {
      try JSONParser.parse([0x22, 0xFF, 0x22])
    }
  }

  @Test func depthIsLimited() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try parse(deep)
    let tooDeep = String(repeating: "[", count: 100_000)
    #expect(
      throws: JSONSyntaxError(
        line: 1, column: 65, expected: "at most 64 levels of lists and objects")
    ) { try parse(tooDeep) }
  }
}
