import Foundation
import Testing
import WireFuzzing

@testable import KubernetesAPI

@Suite struct RFC3339BytesTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-21T03:30:26Z", 1_795_231_826),
    ("2026-11-21T03:30:26.123456Z", 1_795_231_826), ("2026-11-21t03:30:26z", 1_795_231_826),
    ("2026-11-21T04:30:26+01:00", 1_795_231_826), ("2026-11-20T22:00:26-05:30", 1_795_231_826),
    ("2000-02-29T12:00:00Z", 951_825_600), ("1969-12-31T23:59:59Z", -1),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ("2016-12-31T23:59:60Z", 1_483_228_800),
  ])
  func valid(text: String, seconds: Int64) {
    let bytes = Array(text.utf8)
    #expect(RFC3339.seconds(bytes.span, 0..<bytes.count) == seconds)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T03:30:26", "2026-11-21 03:30:26Z", "2026-13-21T03:30:26Z",
    "2026-02-29T03:30:26Z", "1900-02-29T03:30:26Z", "2026-11-00T03:30:26Z",
    "2026-11-31T03:30:26Z", "2026-11-21T24:00:00Z", "2026-11-21T03:60:26Z",
    "2026-11-21T03:30:61Z", "2026-11-21T03:30:26.Z", "2026-11-21T03:30:26+0100",
    "2026-11-21T03:30:26+24:00", "2026-11-21T03:30:26Zx", "2026-11-21T03:30:26+01:60",
    "+026-11-21T03:30:26Z", "2026-11-21T03:30:26+0x:00",
  ])
  func invalid(text: String) {
    let bytes = Array(text.utf8)
    #expect(RFC3339.seconds(bytes.span, 0..<bytes.count) == nil)
  }
}

@Suite struct WireEncodingTests {
  @Test(arguments: [
    ("application/json", WireEncoding.json), ("application/json; charset=utf-8", .json),
    ("Application/JSON;charset=UTF-8", .json), ("application/vnd.kubernetes.protobuf", .protobuf),
    ("application/vnd.kubernetes.protobuf;type=watch", .protobuf), ("text/plain", nil),
    ("application/json;stream=watch", nil), ("application/yaml", nil), ("", nil),
    ("application/cbor", nil),
  ])
  func contentTypes(text: String, encoding: WireEncoding?) {
    #expect(WireEncoding(contentType: text) == encoding)
  }
}

@Suite struct WireErrorTests {
  @Test(arguments: [
    (WireError.incomplete(atByte: 7), "the answer ends after byte 7, before its end"),
    (
      .malformed(atByte: 7, expected: "a colon"),
      "the answer is malformed at byte 7, expected a colon"
    ),
    (
      .itemTooLarge(atByte: 7, limit: 9),
      "the object at byte 7 of the answer is larger than 9 bytes"
    ),
    (.tooDeep(atByte: 7, limit: 9), "the answer is nested deeper than 9 levels at byte 7"),
    (
      .wrongKind(found: "v1 Status", expected: "v1 PodList"),
      "the answer holds \"v1 Status\", expected \"v1 PodList\""
    ),
  ])
  func wording(error: WireError, text: String) {
    #expect("\(error)" == text)
  }
}

@Suite struct WireStringsTests {
  @Test func equalBytesGiveEqualStringsWhateverCameBefore() {
    var strings = WireStrings()
    var random = SplitMix64(seed: 3)
    // More texts than slots, in an order that evicts and comes back.
    for _ in 0..<20_000 {
      let text = "registry.example/some/repository:\(random.below(9000))"
      let bytes = Array(text.utf8)
      #expect(strings.shared(bytes.span, 0..<bytes.count) == text)
    }
  }

  @Test(arguments: [0, 1, 7, 8, 15, 16, 17, 23, 24, 31, 1023, 1024, 1025, 5000])
  func everyLength(length: Int) {
    var strings = WireStrings()
    let text = String(repeating: "é", count: length / 2) + (length % 2 == 1 ? "x" : "")
    let bytes = Array("--\(text)--".utf8)
    for _ in 0..<2 { #expect(strings.shared(bytes.span, 2..<2 + length) == text) }
  }

  @Test func invalidUTF8IsReplacedInBothWays() {
    var strings = WireStrings()
    let bytes: [UInt8] = Array("0123456789abcdef".utf8) + [0xC0, 0x80] + Array("z".utf8)
    let expected = "0123456789abcdef\u{FFFD}\u{FFFD}z"
    for _ in 0..<2 { #expect(strings.shared(bytes.span, 0..<bytes.count) == expected) }
    #expect(strings.text(bytes.span, 0..<bytes.count) == expected)
  }
}
