import Testing
import YAMLDocuments

@Suite struct WriterTests {
  @Test func layout() {
    let tree = YAMLTree.fields([
      "apiVersion": "v1", "count": 3, "flag": true, "none": .some(.null), "absent": nil,
      "list": ["a", .fields(["b": "c", "d": ["e", ["f", "g"]]]), []],
      "empty": .mapping([]), "text": "one\n\n  two\n", "chomped": "one\ntwo",
    ])
    #expect(
      YAMLWriter.text(tree) == """
        apiVersion: v1
        count: 3
        flag: true
        none: null
        list:
          - a
          - b: c
            d:
              - e
              - - f
                - g
          - []
        empty: {}
        text: |
          one

            two
        chomped: |-
          one
          two

        """)
  }

  @Test(arguments: [
    ("nginx:1.27", "nginx:1.27"), ("gcr.io/x@sha256:ab", "gcr.io/x@sha256:ab"), ("a b", "a b"),
    ("yes", "\"yes\""), ("NO", "\"NO\""), ("y", "\"y\""), ("null", "\"null\""), ("", "\"\""),
    ("1", "\"1\""), ("1.20", "\"1.20\""), ("0x1", "\"0x1\""), ("~", "\"~\""), ("-", "\"-\""),
    ("a: b", "\"a: b\""), ("a:", "\"a:\""), ("a #b", "\"a #b\""), ("a ", "\"a \""),
    ("<<", "\"<<\""), ("=", "\"=\""), ("*x", "\"*x\""), ("é", "\"é\""), ("a\tb", "\"a\\tb\""),
    ("a\"\\", "\"a\\\"\\\\\""), ("\u{1B}[2J", "\"\\u001B[2J\""), ("\u{202E}x", "\"\\u202Ex\""),
    ("\u{2028}", "\"\\u2028\""), ("\u{FEFF}", "\"\\uFEFF\""), ("\u{10FFFF}", "\"\\U0010FFFF\""),
    ("a\r\nb", "\"a\\r\\nb\""), (" a\nb", "\" a\\nb\""), ("a\n \nb", "\"a\\n \\nb\""),
  ])
  func quoting(_ text: String, _ written: String) throws {
    #expect(YAMLWriter.text(.fields(["k": .string(text)])) == "k: \(written)\n")
    let back = try YAMLDocuments.load(
      YAMLWriter.text(.mapping([YAMLTreePair(key: text, value: .string(text))])))
    #expect(back.first?.mapping?.first?.key.string == text)
    #expect(back.first?.mapping?.first?.value.string == text)
  }

  /// Every short text over characters that have a meaning somewhere survives as key, value, item.
  @Test func roundTripOfAwkwardTexts() throws {
    let alphabet = [
      "a", "Y", "1", "0", ".", "-", "+", ":", " ", "#", "\"", "'", "\\", "\n", "\t", "|", "~",
      "&", "{", "]", ",", "?", "!", "%", "@", "`", "e", "_", "\u{301}", "\u{85}", "\u{0}", "=",
    ]
    var texts = [""]
    for first in alphabet {
      texts.append(first)
      for second in alphabet {
        texts.append(first + second)
        for third in ["a", "1", ":", " ", "\n", "#"] { texts.append(first + second + third) }
      }
    }
    let tree = YAMLTree.sequence(
      texts.map { .mapping([YAMLTreePair(key: $0, value: ["x", .string($0)])]) })
    let items = try #require(try YAMLDocuments.load(YAMLWriter.text(tree)).first?.sequence)
    #expect(items.count == texts.count)
    for (item, text) in zip(items, texts) {
      let pair = try #require(item.mapping?.first)
      #expect(pair.key.string == text)
      #expect(pair.value.sequence?.map(\.string) == ["x", text])
    }
  }

  @Test func numbersCommentsAndDocuments() throws {
    var writer = YAMLWriter()
    writer.comment("made by \"us\"\n\nx\u{1B}y")
    writer.document(.fields(["a": .double(1.5), "b": .double(1e300), "c": .double(-.infinity)]))
    writer.document("x")
    #expect(
      writer.text
        == "# made by \"us\"\n#\n# x\\u001By\na: 1.5\nb: 1.0e+300\nc: -.inf\n---\nx\n")
    let documents = try YAMLDocuments.load(writer.text)
    #expect(documents.first?["b"]?.value == .float(1e300))
    #expect(documents.count == 2)
  }
}
