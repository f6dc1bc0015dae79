import Testing
import YAMLDocuments

@Suite struct HostileInputTests {
  @Test(arguments: [
    (
      "a: b: c",
      YAMLError.syntax(
        line: 1, column: 5, problem: "mapping values are not allowed in this context")
    ),
    (
      "a:\n\t- b",
      .syntax(
        line: 2, column: 1,
        problem: "while scanning for the next token, found character that cannot start any token")
    ),
    ("a: \"ü\u{0}\"", .syntax(line: 1, column: 6, problem: "control characters are not allowed")),
    ("ok\u{7}", .syntax(line: 1, column: 3, problem: "control characters are not allowed")),
    ("a: *x", .unknownAlias(line: 1, column: 4, name: "x")),
    ("a: &x 1\n---\nb: *x", .unknownAlias(line: 3, column: 4, name: "x")),
    ("a: &x [1, *x]", .recursiveAlias(line: 1, column: 11, name: "x")),
    ("a: 1\nü: 2\n\"a\": 3", .duplicateKey(line: 3, column: 1, key: "a")),
    ("a: {b: 1, b: 2}", .duplicateKey(line: 1, column: 11, key: "b")),
  ])
  func refusedWithItsPlace(_ text: String, _ error: YAMLError) {
    #expect(throws: error) { try YAMLDocuments.load(text) }
  }

  @Test func wordsNameThePlace() {
    #expect(
      YAMLError.duplicateKey(line: 3, column: 1, key: "a\u{1B}[2J").description
        == #"line 3, column 1: key "a\u001B[2J" stands twice in one mapping"#)
    #expect(
      YAMLError.tooLarge(bytes: 9, limit: 8).description == "9 bytes; expected at most 8")
  }

  @Test func encodings() {
    #expect(throws: YAMLError.invalidUTF8(line: 2, column: 4, byteOffset: 9)) {
      try YAMLDocuments.load(Array("a: é\nb: ".utf8) + [0xFF, 0x20])
    }
    // An encoded surrogate and an overlong form (RFC 3629, section 4).
    #expect(throws: YAMLError.invalidUTF8(line: 1, column: 1, byteOffset: 0)) {
      try YAMLDocuments.load([0xED, 0xA0, 0x80])
    }
    #expect(throws: YAMLError.invalidUTF8(line: 1, column: 2, byteOffset: 1)) {
      try YAMLDocuments.load([0x61, 0xC0, 0x80])
    }
    #expect(throws: YAMLError.otherEncoding) { try YAMLDocuments.load([0xFF, 0xFE, 0x61, 0]) }
    #expect(throws: YAMLError.otherEncoding) { try YAMLDocuments.load([0xFE, 0xFF, 0, 0x61]) }
  }

  @Test func limitsHold() throws {
    let deep = String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
    #expect(throws: YAMLError.tooDeep(line: 1, column: 101, limit: 100)) {
      try YAMLDocuments.load(deep)
    }
    #expect(try YAMLDocuments.load(String(deep.dropFirst().dropLast())).count == 1)
    // Unclosed and very deep: refused as soon as the limit is passed.
    #expect(throws: YAMLError.tooDeep(line: 1, column: 101, limit: 100)) {
      try YAMLDocuments.load(String(repeating: "[", count: 200_000))
    }
    #expect(throws: YAMLError.tooDeep(line: 1, column: 201, limit: 100)) {
      try YAMLDocuments.load(String(repeating: "- ", count: 50_000))
    }
    #expect(throws: YAMLError.tooLarge(bytes: 11, limit: 10)) {
      try YAMLDocuments.load("0123456789a", limits: YAMLLimits(maximumBytes: 10))
    }
    #expect(throws: YAMLError.tooManyNodes(line: 1, column: 11, limit: 3)) {
      try YAMLDocuments.load("[1, 2, 3, 4]", limits: YAMLLimits(maximumNodes: 3))
    }
  }

  @Test func aliasBombsAreCounted() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let items = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect {
      try YAMLDocuments.load(bomb)
    } throws: { error in
      guard case .tooManyNodes(_, _, 2_000_000) = error as? YAMLError else { return false }
      return true
    }
    // Depth through aliases counts as depth.
    var chain = "a0: &a0 [x]\n"
    for level in 1...200 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect {
      try YAMLDocuments.load(chain)
    } throws: { error in
      guard case .tooDeep(_, _, 100) = error as? YAMLError else { return false }
      return true
    }
  }

  /// With few keys they are looked through, with many there is a table of them.
  @Test(arguments: [1, 7, 8, 9, 10, 40]) func duplicatesAmongManyKeys(count: Int) throws {
    let keys = (0..<count).map { "k\($0): old" }
    let again = (0..<count).map { "k\($0): new" }
    let text = (keys + ["[x]: y"] + again).joined(separator: "\n")
    let node = try #require(
      try YAMLDocuments.load(text, limits: YAMLLimits(duplicateKeys: .lastWins)).first)
    #expect(node.mapping?.count == count + 1)
    #expect((0..<count).allSatisfy { node["k\($0)"]?.string == "new" })
    #expect(throws: YAMLError.duplicateKey(line: count + 2, column: 1, key: "k0")) {
      try YAMLDocuments.load(text)
    }
  }

  @Test func lenientCallersGetTheLastValue() throws {
    let limits = YAMLLimits(duplicateKeys: .lastWins)
    let root = try #require(try YAMLDocuments.load("a: 1\nb: 2\na: 3\n", limits: limits).first)
    #expect(root.mapping?.map { $0.key.scalar?.text } == ["a", "b"])
    #expect(root["a"]?.int == 3)
  }

  /// Never a crash, never a range outside the text, whatever is cut off or flipped.
  @Test func truncatedAndDamagedAnywhere() {
    let sample =
      "\u{FEFF}%YAML 1.1\n---\na: &x !!str \"ü\\u00e9\\x41\"\r\nb: [*x, 'y''z', {c: ~, ? d : e}]\n"
      + "f: |2-\n   lit\n\n   eral\ng: >+\n  fold\n  ed\n\n? [k]\n: - 1\n  - 2\n...\n--- !t 𝄞\n"
    let bytes = Array(sample.utf8)
    for length in 0...bytes.count { check(Array(bytes[..<length])) }
    for index in bytes.indices {
      for byte: UInt8 in [0x00, 0x09, 0x0A, 0x22, 0x2A, 0x5B, 0x7D, 0x80, 0xFF] {
        var damaged = bytes
        damaged[index] = byte
        check(damaged)
      }
    }
  }

  private func check(_ bytes: [UInt8]) {
    do {
      for node in try YAMLDocuments.load(bytes).flatMap(leaves) {
        #expect(node.byteRange.upperBound <= bytes.count)
        #expect(node.start.line >= 1)
        #expect(node.start.column >= 1)
      }
    } catch {
      if let position = error.position {
        #expect(position.line >= 1)
        #expect(position.column >= 1)
      }
    }
  }
}
