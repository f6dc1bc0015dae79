import CurlTransport
import Foundation
import ImageReferences
import Synchronization
import TestPrograms
import Testing

@testable import RegistryProbes

/// The registries of Server/registry.py, started once; they end when this process does.
struct LocalRegistry: Decodable {
  let port: Int
  let other: Int
  let plain: Int

  /// The servers end with the process: it must live as long as the tests.
  private static let started = Result { try start() }

  static var shared: LocalRegistry {
    get throws { try started.get().registry }
  }

  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("registry-tests-\(UUID().uuidString)")

  /// The authority that signed the certificates of `port` and `other`.
  static var trust: ConnectionIdentity.Trust {
    get throws {
      .authorities(pem: [UInt8](try Data(contentsOf: folder.appendingPathComponent("ca.pem"))))
    }
  }

  private static func start() throws -> (registry: LocalRegistry, process: ScriptProcess) {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Server/registry.py")
    let process = try ScriptProcess(script, [folder.path])
    return (try JSONDecoder().decode(LocalRegistry.self, from: process.firstLine), process)
  }

  var host: String { "127.0.0.1:\(port)" }

  var plainHost: String { "127.0.0.1:\(plain)" }

  func reference(_ name: String) throws -> ImageReference {
    try #require(ImageText.parse("\(host)/\(name)").reference)
  }

  /// - Parameter auth: what config.json holds for this registry, as JSON members.
  func ask(
    _ name: String, platforms: Bool = false, auth: String? = nil, waits: Waits = Waits()
  ) async throws -> ProbeOutcome {
    try await probe(auth: auth, waits: waits).ask(reference(name), wantsPlatforms: platforms)
  }

  /// What every probe takes the time to be: 1994-11-06T08:49:00Z.
  static let now: Int64 = 784_111_740

  /// Asks for an image that is there after one 429 with this `Retry-After`.
  func askBusy(_ retryAfter: String, waits: Waits) async throws -> ProbeOutcome {
    let value = Data(retryAfter.utf8).map { String(format: "%02x", $0) }.joined()
    return try await ask("busy-with/\(value):\(UUID())", waits: waits)
  }

  func probe(auth: String? = nil, waits: Waits = Waits()) throws -> RegistryProbe {
    let configuration = auth.map { "{\"auths\":{\"\(host)\":{\($0)}}}" }
    return RegistryProbe(
      options: ProbeOptions(
        userAgent: "test", timeout: .seconds(20), trust: try Self.trust,
        sleep: { waits.note($0) }, now: { Self.now }),
      credentials: .make(configuration))
  }

  struct Entry: Decodable {
    let port: Int
    let method: String
    let path: String
    let authorization: String?
    let accept: String?
  }

  /// The requests so far whose path holds this text.
  func log(of text: String) async throws -> [Entry] {
    let url = try #require(URL(string: "http://\(plainHost)/log"))
    let (_, body, _) = try await HTTPTransport(identity: ConnectionIdentity(), lanes: 1).collect(
      HTTPRequest(url: url), limit: 16 << 20)
    return try JSONDecoder().decode([Entry].self, from: Data(body))
      .filter { $0.path.contains(text) }
  }
}

/// The waits that a probe was told to make; none is made.
final class Waits: Sendable {
  private let waits = Mutex<[Duration]>([])

  var all: [Duration] { waits.withLock { $0 } }

  func note(_ wait: Duration) {
    waits.withLock { $0.append(wait) }
  }
}
