import Foundation
import TemporaryFolder
import TestPrograms
import Testing

/// `check` against Debian's docker-registry with a token service, htpasswd, redirects and 429
/// (`make test-real`); images are pushed with skopeo.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct CheckRealToolsTests {
  private struct Registries: Decodable {
    let ports: [String: Int]
    let digest: String
  }

  private func states(_ result: ProcessResult) throws -> [String: [String: Any]] {
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let images = try #require(document["images"] as? [[String: Any]])
    return Dictionary(
      images.compactMap { row in
        (row["image"] as? [String: Any]).flatMap { image in
          (image["reference"] as? String).map { ($0, image) }
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func dockerRegistry() async throws {
    let folder = try TemporaryFolder()
    let process = try ScriptProcess(
      TestFolders.tests.appendingPathComponent("RegistryProbesTests/Server/real_registries.py"),
      [folder.url.path])
    defer { process.end() }
    let registries = try JSONDecoder().decode(Registries.self, from: process.firstLine)
    let host = registries.ports.mapValues { "127.0.0.1:\($0)" }
    let (token, basic) = (try #require(host["token"]), try #require(host["basic"]))
    let (open, front) = (try #require(host["open"]), try #require(host["front"]))

    var binary = try BinaryUnderTest()
    binary.environment = [
      "SSL_CERT_FILE": folder.url.appendingPathComponent("ca.pem").path,
      "SSL_CERT_DIR": folder.url.path,
    ]
    let expected = [
      "\(token)/public/app:1": "exists", "\(token)/public/app:9": "gone",
      "\(token)/public/none:1": "gone", "\(token)/private/app:1": "private",
      "\(basic)/team/app:1": "private", "\(open)/team/app:1": "exists",
      "\(front)/team/app:1": "exists", "\(front)/team/app:2": "gone",
    ]
    let anonymous = try states(
      try await binary.run(["check", "-o", "json", "--platform", "linux/arm64"] + expected.keys))
    #expect(anonymous.mapValues { $0["state"] as? String } == expected)
    for image in anonymous.values where image["state"] as? String == "exists" {
      #expect(image["digest"] as? String == registries.digest)
      #expect(image["platforms"] as? [String] == ["linux/amd64", "linux/arm64"])
    }

    // jane:s3cret
    let entry = "{\"auth\":\"amFuZTpzM2NyZXQ=\"}"
    try binary.home.write(
      "{\"auths\":{\"\(token)\":\(entry),\"\(basic)\":\(entry)}}", to: ".docker/config.json")
    let names = ["\(token)/private/app:1", "\(basic)/team/app:1"]
    let known = try states(
      try await binary.run(["check", "-o", "json", "--platform", "linux/s390x"] + names))
    for name in names {
      #expect(known[name]?["digest"] as? String == registries.digest)
      #expect(known[name]?["missingPlatforms"] as? [String] == ["linux/s390x"])
    }

    let ways = try await binary.run(
      ["check", "--connectivity", names[0], "\(front)/team/app:1"])
    #expect(ways.status == 0)
    #expect(ways.stdout.contains("\(front) 307 > \(open) 200"))
  }
}
