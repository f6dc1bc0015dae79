import Testing
import YAMLDocuments

@Suite struct ScalarValueTests {
  /// go-yaml v2 as sigs.k8s.io/yaml carries it: goyaml.v2/resolve.go and decode_test.go.
  @Test(arguments: [
    ("", YAMLScalarValue.null), ("~", .null), ("Null", .null), ("nULL", .string("nULL")),
    ("yes", .bool(true)), ("On", .bool(true)), ("y", .bool(true)), ("TRUE", .bool(true)),
    ("tRUE", .string("tRUE")), ("n", .bool(false)), ("off", .bool(false)), ("No", .bool(false)),
    ("0", .int(0)), ("-12", .int(-12)), ("+12", .int(12)), ("1_000", .int(1000)),
    ("0x1F", .int(31)), ("0b101", .int(5)), ("0o17", .int(15)), ("017", .int(15)),
    ("089", .float(89)), ("9223372036854775807", .int(Int64.max)),
    ("-9223372036854775808", .int(Int64.min)),
    ("18446744073709551615", .unsigned(UInt64.max)),
    ("1.5", .float(1.5)), (".5", .float(0.5)), ("1.", .float(1)), ("1e3", .float(1000)),
    ("-1.5E-3", .float(-0.0015)), (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)),
    ("1.2.3", .string("1.2.3")), ("1:20", .string("1:20")), ("2026-11-21", .string("2026-11-21")),
    ("-", .string("-")), ("+", .string("+")), (".", .string(".")), ("0x", .string("0x")),
    ("1e", .string("1e")), ("nginx", .string("nginx")), ("1e999", .string("1e999")),
  ])
  func plainScalarsMeanWhatKubectlReads(_ text: String, _ value: YAMLScalarValue) {
    #expect(YAMLScalar(text: text).value == value)
    #expect(YAMLScalar(text: text, style: .singleQuoted).value == .string(text))
  }

  @Test func tagsDecide() throws {
    let root = try #require(
      try YAMLDocuments.load("a: !!str 1\nb: !!int '12'\nc: !!float 1\nd: !own yes\n").first)
    #expect(root["a"]?.value == .string("1"))
    #expect(root["b"]?.value == .int(12))
    #expect(root["c"]?.value == .float(1))
    #expect(root["d"]?.value == .string("yes"))
  }

  @Test func documentsAndEmptiness() throws {
    #expect(try YAMLDocuments.load("").isEmpty)
    #expect(try YAMLDocuments.load("# only this\n").isEmpty)
    #expect(try YAMLDocuments.load("\u{FEFF}").isEmpty)
    #expect(try YAMLDocuments.load("---\n").map(\.isNull) == [true])
    #expect(try YAMLDocuments.load("a: 1\n---\nb: 2\n...\n").count == 2)
    #expect(try YAMLDocuments.load(#"{"a": "\/\u00e9", "b": [true, null]}"#).count == 1)
  }

  @Test func jsonIsWhatKubectlMakesOfIt() throws {
    let text =
      "a: [1, 0x10, 1.0, 1.5, ~, yes, '\\e', \"\\e\\u00fc\\\"\"]\nn: {1: x, k: {}, e: []}\n"
    let root = try #require(try YAMLDocuments.load(text).first)
    #expect(
      root.json
        == #"{"a":[1,16,1,1.5,null,true,"\\e","\u001bü\""],"false":{"1":"x","k":{},"e":[]}}"#)
  }

  @Test func mergeKeysBringInWhatIsMissing() throws {
    let text = """
      base: &base {a: 1, b: 2}
      more: &more {b: 3, c: 4}
      one: {<<: *base, a: own}
      two: {<<: [*more, *base], d: 5}
      quoted: {"<<": x}
      """
    let root = try #require(try YAMLDocuments.load(text).first).applyingMergeKeys()
    func read(_ key: String) -> [String] {
      (root[key]?.mapping ?? []).map {
        "\($0.key.scalar?.text ?? "")=\($0.value.scalar?.text ?? "")"
      }
    }
    #expect(read("one") == ["a=own", "b=2"])
    #expect(read("two") == ["d=5", "b=3", "c=4", "a=1"])
    #expect(read("quoted") == ["<<=x"])
    #expect(throws: YAMLError.invalidMerge(line: 1, column: 9)) {
      _ = try YAMLDocuments.load("a: {<<: x}").first?.applyingMergeKeys()
    }
  }
}
