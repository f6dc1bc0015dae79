import Testing

@testable import KubernetesAPI

/// The cursor by itself, as the extractors of custom resources use it.
@Suite struct JSONCursorTests {
  private func string(_ json: String) throws -> String? {
    let bytes = Array(json.utf8)
    var cursor = JSONCursor(0..<bytes.count)
    return try cursor.readText(bytes.span).map { WireStrings().text(bytes.span, $0) }
  }

  @Test(arguments: [
    (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
    (#""\u0041\u00e9\u4E2D""#, "Aé中"), (#""\ud83d\ude00""#, "😀"), (#""😀é""#, "😀é"),
    // Half a surrogate pair, as encoding/json reads it.
    (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u0000""#, "\u{0}"),
    (#""0123456789abcdef\"0123456789abcdef""#, #"0123456789abcdef"0123456789abcdef"#),
  ])
  func strings(json: String, expected: String) throws {
    #expect(try string(json) == expected)
  }

  @Test func nullIsNoString() throws { #expect(try string("null") == nil) }

  @Test func invalidUTF8BecomesTheReplacementCharacter() throws {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0xC3, 0x22]
    var cursor = JSONCursor(0..<bytes.count)
    let text = try #require(try cursor.readText(bytes.span))
    #expect(WireStrings().text(bytes.span, text) == "a\u{FFFD}b\u{FFFD}")
  }

  /// A quote, a backslash or a control character is found at every place of a word.
  @Test func everyAlignment() throws {
    for prefix in 0..<20 {
      let plain = String(repeating: "x", count: prefix)
      #expect(try string("\"\(plain)\"") == plain)
      #expect(try string("\"\(plain)\\n\(plain)\" ") == plain + "\n" + plain)
      #expect(throws: WireError.incomplete(atByte: prefix + 1)) { try string("\"\(plain)") }
      #expect(
        throws: WireError.malformed(
          atByte: prefix + 1, expected: "no control character in a string")
      ) {
        try string("\"\(plain)\u{1F}0123456789\"")
      }
      #expect(try string("\"\(plain)\u{7F}é\"") == plain + "\u{7F}é")
    }
  }

  @Test(arguments: [
    ("0 ", 0), ("-0 ", 0), ("42,", 42), ("-7]", -7), ("9223372036854775807}", Int64.max),
    ("-9223372036854775808 ", Int64.min),
  ])
  func integers(json: String, expected: Int64) throws {
    let bytes = Array(json.utf8)
    var cursor = JSONCursor(0..<bytes.count)
    #expect(try cursor.readInteger(bytes.span) == expected)
  }

  @Test(arguments: [
    "9223372036854775808 ", "-9223372036854775809 ", "1.0 ", "1e3 ", "99999999999999999999 ",
  ])
  func notIntegers(json: String) throws {
    let bytes = Array(json.utf8)
    #expect(throws: WireError.malformed(atByte: 0, expected: "a 64-bit integer")) {
      var cursor = JSONCursor(0..<bytes.count)
      _ = try cursor.readInteger(bytes.span)
    }
  }

  @Test func walksSelectedPaths() throws {
    let json = #"{"a":[1,{"b":null}],"spec":{"image":"x","on":true,"n":3,"off":false},"z":[]}"#
    let bytes = Array(json.utf8)
    var cursor = JSONCursor(0..<bytes.count)
    var seen: [String] = []
    #expect(try cursor.enterObject(bytes.span))
    while let key = try cursor.nextKey(bytes.span) {
      guard key.equals("spec", bytes.span) else {
        let range = try cursor.skipValue(bytes.span)
        seen.append(String(decoding: bytes[range], as: UTF8.self))
        continue
      }
      #expect(try cursor.peek(bytes.span) == .object)
      #expect(try cursor.enterObject(bytes.span))
      while let inner = try cursor.nextKey(bytes.span) {
        switch try cursor.peek(bytes.span) {
        case .string:
          let text = try #require(try cursor.readText(bytes.span))
          seen.append(WireStrings().text(bytes.span, text))
        case .boolean: seen.append("\(try cursor.readBoolean(bytes.span) == true)")
        default: seen.append("\(try cursor.readInteger(bytes.span) ?? -1)")
        }
        #expect(inner.end > inner.start)
      }
    }
    #expect(seen == [#"[1,{"b":null}]"#, "x", "true", "3", "false", "[]"])
  }

  @Test func customSchemaDecodesOtherObjects() throws {
    let images = WireSchema<String>(custom: { (decoder, bytes, cursor) throws(WireError) in
      var image = ""
      guard try cursor.enterObject(bytes) else { return image }
      while let key = try cursor.nextKey(bytes) {
        if key.equals("image", bytes) {
          image = try decoder.shared(bytes, &cursor)
        } else {
          try cursor.skipValue(bytes)
        }
      }
      return image
    })
    let text = #"{"items":[{"x":1,"image":"a"},{"image":"b"}],"kind":"XList","metadata":{}}"#
    #expect(try Decoded(images, json: text).records == ["a", "b"])
  }
}
