import Testing
import YAMLDocuments

/// The text that each scalar's byte range covers, and where it begins.
struct PositionCase: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String
  /// `slice @line:column` of every scalar in order.
  let scalars: [String]

  var testDescription: String { name }
}

let positionCases: [PositionCase] = [
  PositionCase(
    name: "plain", text: "image: nginx:1.0\n", scalars: ["image @1:1", "nginx:1.0 @1:8"]),
  PositionCase(
    name: "quotes belong to the range", text: "a: \"x\"\nb: 'y''z'\n",
    scalars: ["a @1:1", "\"x\" @1:4", "b @2:1", "'y''z' @2:4"]),
  PositionCase(
    name: "comments and blanks do not", text: "a: x   # note\n",
    scalars: ["a @1:1", "x @1:4"]),
  PositionCase(
    name: "byte order mark", text: "\u{FEFF}a: x\n", scalars: ["a @1:1", "x @1:4"]),
  PositionCase(
    name: "text of several bytes", text: "ключ: 'значение'\n日本: 語 # 𝄞\nz: 𝄞x\n",
    scalars: [
      "ключ @1:1", "'значение' @1:7", "日本 @2:1", "語 @2:5", "z @3:1", "𝄞x @3:4",
    ]),
  PositionCase(
    name: "CR LF", text: "a: x\r\nb:\r\n  - y\r\n",
    scalars: ["a @1:1", "x @1:4", "b @2:1", "y @3:5"]),
  PositionCase(
    name: "byte order mark, CR LF and umlauts", text: "\u{FEFF}ä: ö\r\nb: ü\r\n",
    scalars: ["ä @1:1", "ö @1:4", "b @2:1", "ü @2:4"]),
  PositionCase(
    name: "anchor and tag stand before the content",
    text: "a: &x !!str nginx\nb: !t &y \"q\"\nc: &z # why\n  late\n",
    scalars: ["a @1:1", "nginx @1:13", "b @2:1", "\"q\" @2:10", "c @3:1", "late @4:3"]),
  PositionCase(
    name: "anchored collection", text: "a: &x\n  &k b: c\n",
    scalars: ["a @1:1", "b @2:6", "c @2:9"]),
  PositionCase(
    name: "empty values", text: "a:\nb: &x\nc: ''\n",
    scalars: ["a @1:1", " @1:3", "b @2:1", " @2:6", "c @3:1", "'' @3:4"]),
  PositionCase(
    name: "literal block ends at the line after it", text: "a: |-\n  x\n  y\nb: z\n",
    scalars: ["a @1:1", "|-\n  x\n  y\n @1:4", "b @4:1", "z @4:4"]),
  PositionCase(
    name: "flow", text: "{a: [x, 'y' ], \"b\":z}",
    scalars: ["a @1:2", "x @1:6", "'y' @1:9", "\"b\" @1:16", "z @1:20"]),
  PositionCase(
    name: "a plain scalar on two lines", text: "a: x\n  y\nb: z",
    scalars: ["a @1:1", "x\n  y @1:4", "b @3:1", "z @3:4"]),
  PositionCase(
    name: "next line is no line break of an editor", text: "a: \"\u{2028}\"\nb: x",
    scalars: ["a @1:1", "\"\u{2028}\" @1:4", "b @2:1", "x @2:4"]),
]

@Suite struct PositionTests {
  @Test(arguments: positionCases) func scalarsStandWhereTheyStand(_ item: PositionCase) throws {
    let bytes = Array(item.text.utf8)
    let found = try YAMLDocuments.load(bytes).flatMap(leaves).map { node in
      let slice = String(decoding: bytes[node.byteRange], as: UTF8.self)
      return "\(slice) @\(node.start.line):\(node.start.column)"
    }
    #expect(found == item.scalars)
  }

  @Test func rangesStayTrueInLongTexts() throws {
    var text = ""
    for index in 0..<500 { text += "ключ\(index): \"знач\(index)\" # ü\n" }
    let bytes = Array(text.utf8)
    let pairs = try #require(try YAMLDocuments.load(bytes).first?.mapping)
    #expect(pairs.count == 500)
    for (index, pair) in pairs.enumerated() {
      let slice = String(decoding: bytes[pair.value.byteRange], as: UTF8.self)
      #expect(slice == "\"знач\(index)\"")
      #expect(pair.value.start.line == index + 1)
    }
  }

  @Test func collectionsEndWithTheirLastChild() throws {
    let text = "a:\n  b: [x, y]\n  c: {d: e}  # note\n\nf: [g: h ]\n"
    let bytes = Array(text.utf8)
    let root = try #require(try YAMLDocuments.load(bytes).first)
    func slice(_ node: YAMLNode?) throws -> String {
      String(decoding: bytes[try #require(node).byteRange], as: UTF8.self)
    }
    #expect(try slice(root["a"]) == "b: [x, y]\n  c: {d: e}")
    #expect(try slice(root["a"]?["b"]) == "[x, y]")
    #expect(try slice(root["a"]?["c"]) == "{d: e}")
    #expect(try slice(root["f"]?.sequence?.first) == "g: h")
    #expect(try slice(root) == String(text.dropLast()))
  }

  @Test func aliasKeepsBothPlaces() throws {
    let root = try #require(try YAMLDocuments.load("a: &img nginx\nb: *img\n").first)
    let node = try #require(root["b"])
    #expect(node.string == "nginx")
    #expect(node.start == YAMLMark(line: 1, column: 9, byteOffset: 8))
    #expect(node.alias?.name == "img")
    #expect(node.alias?.start == YAMLMark(line: 2, column: 4, byteOffset: 17))
    #expect(node.alias?.end == YAMLMark(line: 2, column: 8, byteOffset: 21))
    #expect(root["a"]?.anchor == "img")
  }
}

func leaves(_ node: YAMLNode) -> [YAMLNode] {
  switch node.content {
  case .scalar: return [node]
  case .sequence(let items): return items.flatMap(leaves)
  case .mapping(let pairs): return pairs.flatMap { leaves($0.key) + leaves($0.value) }
  }
}
