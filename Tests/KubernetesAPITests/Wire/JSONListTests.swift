import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// List documents in every legal shape, and in illegal ones.
@Suite struct JSONListTests {
  private func failure(_ text: String, size: Int = .max) -> WireError? {
    do {
      _ = try Decoded(.pods, .json, Data(text.utf8), size: size)
      return nil
    } catch {
      return error as? WireError
    }
  }

  @Test(arguments: [
    #"{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"c"},"items":[{"metadata":{"name":"a"}}]}"#,
    #"{"items":[{"metadata":{"name":"a"}}],"metadata":{"continue":"c"},"apiVersion":"v1","kind":"PodList"}"#,
    #"{"apiVersion":"v1","items":[{"metadata":{"name":"a"}}],"kind":"PodList","metadata":{"continue":"c"}}"#,
    #"{"x":{"items":[1,{}]},"y":[],"z":-1.5e+3,"kind":"PodList","w":null,"apiVersion":"v1","#
      + #""v":true,"u":"\"}","items":[{"metadata":{"name":"a"}}],"metadata":{"continue":"c"},"t":12}"#,
    " {\n \"kind\" : \"PodList\" ,\t\"apiVersion\":\"v1\",\r\n\"metadata\":{ \"continue\" : \"c\" },"
      + "\"items\": [ { \"metadata\" : { \"name\" : \"a\" } } ] }\n\n",
    #"{"kind":"Other","kind":"PodList","apiVersion":"v1","metadata":{"continue":"b"},"#
      + #""items":[{"metadata":{"name":"b"},"metadata":{"name":"a"}}],"metadata":{"continue":"c"}}"#,
    #"{"k\u0069nd":"Pod\u004cist","apiVersion":"v1","metadata":{"continue":"\u0063"},"#
      + #""\u0069tems":[{"met\u0061data":{"name":"\u0061"}}]}"#,
  ])
  func anyKeyOrder(text: String) throws {
    for size in [1, 2, 3, Int.max] {
      let decoded = try Decoded(.pods, .json, Data(text.utf8), size: size)
      #expect(decoded.records.map(\.metadata.name) == ["a"])
      #expect(decoded.header?.continueToken == "c")
    }
  }

  @Test(arguments: ["null", "[]", " [ ] "])
  func noItems(items: String) throws {
    let text = #"{"kind":"PodList","apiVersion":"v1","items":\#(items)}"#
    for size in [1, Int.max] {
      let decoded = try Decoded(.pods, .json, Data(text.utf8), size: size)
      #expect(decoded.records.isEmpty)
      #expect(decoded.header == ListHeader())
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var error: WireError
    var testDescription: String { text }

    init(_ text: String, _ offset: Int, _ expected: String) {
      self.text = text
      error = .malformed(atByte: offset, expected: expected)
    }
  }

  @Test(arguments: [
    Case("[]", 0, "a list object"),
    Case("\u{FEFF}{}", 0, "a list object"),
    Case("{,}", 1, "a key"),
    Case("{\"kind\" \"PodList\"}", 8, "a colon"),
    Case("{\"kind\":}", 8, "a string"),
    Case("{\"kind\":1}", 8, "a string"),
    Case("{\"a\":truex}", 9, "a value"),
    Case("{\"a\":nul}", 5, "\"null\""),
    Case("{\"a\":01}", 6, "a value"),
    Case("{\"a\":1 2}", 7, "a comma or the end of the object"),
    Case("{\"a\":1,}", 7, "a key"),
    Case("{\"a\":[1,]}", 8, "a value"),
    Case("{\"a\":{\"b\":1,}}", 12, "a key"),
    Case("{\"a\":{\"b\"}}", 9, "a colon"),
    Case("{\"a\":\"\\x\"}", 7, "an escape of RFC 8259"),
    Case("{\"a\":\"\\u12G4\"}", 10, "a hexadecimal digit"),
    Case("{\"a\":\"\u{01}\"}", 6, "no control character in a string"),
    Case("{\"items\":{}}", 9, "an array of items"),
    Case("{\"items\":[null]}", 10, "an object"),
    Case("{\"items\":[{},]}", 13, "an object"),
    Case("{\"items\":[{} {}]}", 13, "a comma or the end of the array"),
    Case("{\"items\":[],\"items\":[]}", 20, "one \"items\""),
    Case("{\"items\":[{\"metadata\":{\"name\":5}}]}", 30, "a string"),
    Case("{\"items\":[{\"metadata\":[]}]}", 22, "an object"),
    Case("{\"items\":[{\"x\":[1 2]}]}", 18, "a comma or a closing bracket"),
    Case("{\"items\":[{\"x\":[}]}", 16, "a value"),
    Case("{\"items\":[{]}", 11, "a key"),
    Case("{\"items\":[{\"x\":{\"y\":.5}}]}", 20, "a value"),
    Case("{\"items\":[{\"x\":+1}]}", 15, "a value"),
    Case("{\"items\":[{\"x\":-}]}", 15, "a number"),
    Case("{\"items\":[{\"x\":1.}]}", 15, "a number"),
    Case("{\"items\":[{\"x\":1e}]}", 15, "a number"),
    Case("{\"kind\":\"PodList\",\"apiVersion\":\"v1\"}x", 36, "nothing after the list"),
    Case(
      "{\"items\":[{\"metadata\":{\"creationTimestamp\":\"yesterday\"}}]}", 44, "a time of RFC 3339"
    ),
  ])
  func malformed(example: Case) {
    for size in [1, 2, 5, Int.max] {
      #expect(failure(example.text, size: size) == example.error, "chunks of \(size)")
    }
  }

  @Test func otherKindsAreNamed() throws {
    #expect(
      failure(String(decoding: try Recording.body("error-403-limited"), as: UTF8.self))
        == .wrongKind(found: "v1 Status", expected: "v1 PodList"))
    #expect(
      failure(#"{"kind":"Table","apiVersion":"meta.k8s.io/v1","rows":[{}]}"#)
        == .wrongKind(found: "meta.k8s.io/v1 Table", expected: "v1 PodList"))
    #expect(failure("{}") == .wrongKind(found: "", expected: "v1 PodList"))
    #expect(
      throws: WireError.wrongKind(found: "v1 Pod", expected: "a list")
    ) {
      try Decoded(.metadataOnly, json: #"{"kind":"Pod","apiVersion":"v1"}"#)
    }
  }

  @Test(arguments: ["[", "{\"a\":"])
  func deepNestingIsRefused(open: String) throws {
    let text =
      #"{"kind":"PodList","apiVersion":"v1","items":[{"x":"#
      + String(repeating: open, count: 100_000)
    // The item itself is the first level.
    let offset = 50 + 999 * open.utf8.count
    #expect(failure(text) == .tooDeep(atByte: offset, limit: 1000))
  }

  @Test(arguments: [63, 64, 65, 128, 129, 998])
  func nestingUpToTheLimitIsRead(levels: Int) throws {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let deep =
        String(repeating: open, count: levels) + "0" + String(repeating: close, count: levels)
      let decoded = try Decoded(
        .pods,
        json: #"{"kind":"PodList","apiVersion":"v1","items":[{"x":\#(deep),"#
          + #""metadata":{"name":"a"}}]}"#)
      #expect(decoded.records.map(\.metadata.name) == ["a"])
    }
  }

  /// What a client whose `User-Agent` begins with `curl` gets.
  @Test func indentedLists() throws {
    for name in ["core-pods", "core-nodes"] {
      let compact = try Recording.list(name, .json)
      let indented = try JSONSerialization.data(
        withJSONObject: JSONSerialization.jsonObject(with: compact), options: [.prettyPrinted])
      let expected = try Decoded(.metadataOnly, .json, compact)
      let decoded = try Decoded(.metadataOnly, .json, indented, size: 5000)
      #expect(decoded.records == expected.records)
      #expect(decoded.header == expected.header)
    }
    let pods = try Recording.body("pages-pods-limit50-json-12")
    let indented = try JSONSerialization.data(
      withJSONObject: JSONSerialization.jsonObject(with: pods), options: [.prettyPrinted])
    #expect(try Decoded(.pods, .json, indented).records == Decoded(.pods, .json, pods).records)
  }
}
