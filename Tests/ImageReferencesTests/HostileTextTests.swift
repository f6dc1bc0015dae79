import Foundation
import Testing

@testable import ImageReferences

@Suite("References of a real cluster, and hostile ones")
struct HostileTextTests {
  private struct Expected: Decodable {
    struct Entry: Decodable {
      let image: String
      let host: String?
      let edge: String?
      let isRepositoryPrefix: Bool?
    }

    let refs: [Entry]
    let other: [Entry]
    let nodes: [Entry]
  }

  private static func expected() throws -> Expected {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "Fixtures/recordings/expected-images.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
  }

  @Test("every recorded reference has the expected host")
  func recorded() throws {
    let expected = try Self.expected()
    #expect(expected.refs.count == 705)
    for entry in expected.refs + expected.nodes {
      let text = ImageText.parse(entry.image)
      switch entry.image {
      case "auto":
        // The recording reads it as a Hub name; it is Istio's placeholder.
        #expect(text.reference == nil)
      default:
        // The recording keeps upper case and Docker's legacy name.
        let host = entry.host?.lowercased()
        let folded = host == "index.docker.io" ? "docker.io" : host
        #expect(text.reference?.matchingHost == folded, "\(entry.image)")
      }
    }
  }

  @Test("every prefix of a long reference is read without a crash, as itself")
  func truncated() {
    let text =
      "[2001:db8::1]:5000/a.b_c__d--e/f:tag.1@sha256:" + String(repeating: "0a", count: 32)
    for length in 0...text.count {
      let prefix = String(text.prefix(length))
      switch ImageText.parse(prefix) {
      case .reference(let reference): #expect(reference.raw == prefix)
      case .placeholder(let raw, _): #expect(raw == prefix)
      case .invalid(let raw, let reason):
        #expect(raw == prefix)
        #expect(!reason.isEmpty)
      }
    }
    #expect(ImageText.parse(text).reference?.canonical == text)
  }

  @Test("random bytes are read without a crash; what parses is a fixed point")
  func random() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let alphabet = Array("aA0._-/:@[]{}$(<%> é\u{0}sha256:".unicodeScalars)
    for _ in 0..<20_000 {
      var text = ""
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<(state >> 59) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      guard let reference = ImageText.parse(text).reference else { continue }
      #expect(ImageText.parse(reference.canonical).reference?.canonical == reference.canonical)
    }
  }

  @Test("a long run of anything is refused with a short reason")
  func huge() {
    for unit in ["a", "a/", "-", "[", "{", "${", "$(", "%", "<", ":", "@", " ", "é"] {
      let text = String(repeating: unit, count: 1 << 16)
      switch ImageText.parse(text) {
      case .reference: Issue.record("\(unit) repeated is a reference")
      case .placeholder(_, let reason), .invalid(_, let reason):
        #expect(reason.utf8.count < 200)
      }
    }
  }
}
