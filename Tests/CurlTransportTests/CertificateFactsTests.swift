import Foundation
import Testing

@testable import CurlTransport

extension LocalServerTests {
  @Suite struct Certificates {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    private func der(_ name: String) throws -> [UInt8] {
      let text = String(decoding: try servers.file(name), as: UTF8.self)
      let body = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
      return [UInt8](try #require(Data(base64Encoded: body)))
    }

    /// 2024-02-29T12:00:00Z as UTCTime, 2062-01-01 as GeneralizedTime.
    @Test func readsNameAndValidity() throws {
      let facts = try CertificateFacts(pem: servers.file("client.pem"))
      #expect(facts.subjectCommonName == "jane")
      #expect(facts.issuer == "ca")
      #expect(facts.notBefore == 1_709_208_000)
      #expect(facts.notAfter == 2_903_299_200)
    }

    @Test func readsTheFirstCertificateOfAFile() throws {
      let both =
        try Array("comment\n".utf8) + servers.file("client.key")
        + servers.file("expired.pem") + servers.file("client.pem")
      let facts = try CertificateFacts(pem: both)
      #expect(facts.subjectCommonName == "server")
      #expect(facts.notAfter == 1_609_459_200)
    }

    @Test func readsWindowsLineEnds() throws {
      let text = String(decoding: try servers.file("client.pem"), as: UTF8.self)
      let windows = text.replacingOccurrences(of: "\n", with: "\r\n")
      #expect(try CertificateFacts(pem: Array(windows.utf8)).subjectCommonName == "jane")
    }

    @Test(arguments: [
      "", "x", "-----BEGIN CERTIFICATE-----",
      "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
      "-----BEGIN CERTIFICATE-----\n@\n-----END CERTIFICATE-----\n",
    ])
    func findsNoCertificate(text: String) {
      #expect(throws: CertificateError.noCertificate) {
        try CertificateFacts(pem: Array(text.utf8))
      }
    }

    @Test func refusesACertificateCutAnywhere() throws {
      let whole = try der("client.pem")
      for count in 0..<whole.count {
        #expect(throws: CertificateError.malformed) {
          try CertificateFacts(der: Array(whole[..<count]))
        }
      }
    }

    /// Every byte set to every hostile value: read or refused, never a trap.
    @Test func survivesEveryChangedByte() throws {
      let whole = try der("client.pem")
      var refused = 0
      for index in whole.indices {
        for value: UInt8 in [0x00, 0x1F, 0x30, 0x7F, 0x80, 0x84, 0x88, 0xFF] {
          var changed = whole
          changed[index] = value
          do throws(CertificateError) {
            _ = try CertificateFacts(der: changed)
          } catch {
            refused += 1
          }
        }
      }
      #expect(refused > 0)
    }

    @Test func survivesRandomBytes() {
      var generator = SplitMix(state: 42)
      for _ in 0..<20_000 {
        let count = Int.random(in: 0..<40, using: &generator)
        let bytes = (0..<count).map { _ in
          Bool.random(using: &generator)
            ? UInt8(0x30) : UInt8.random(in: 0...255, using: &generator)
        }
        #expect(throws: CertificateError.malformed) { try CertificateFacts(der: bytes) }
      }
    }
  }
}

/// Seeded, so that a failure repeats (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators").
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
