import CurlTransport
import Foundation
import Synchronization
import TestPrograms

/// The Python servers of this suite, started once; they end when this process does.
final class LocalServers: Sendable {
  struct Failure: Error {
    let reason: String
  }

  let ports: [String: Int]
  let folder: URL
  private let process: ScriptProcess

  private static let started = Result { try LocalServers() }

  static var shared: LocalServers {
    get throws { try started.get() }
  }

  private init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("transport-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Server/server.py")
    process = try ScriptProcess(script, [folder.path], isQuiet: true)
    ports = try JSONDecoder().decode([String: Int].self, from: process.firstLine)
  }

  func file(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func url(_ server: String, _ path: String, host: String = "127.0.0.1") throws -> URL {
    let scheme = server == "plain" ? "http" : "https"
    guard let port = ports[server], let url = URL(string: "\(scheme)://\(host):\(port)\(path)")
    else { throw Failure(reason: "no URL for \(server) \(path)") }
    return url
  }

  /// The identity of a client that trusts the suite's authority.
  func identity(
    client: Bool = false, serverName: String? = nil, proxy: Proxy = .none
  ) throws -> ConnectionIdentity {
    try ConnectionIdentity(
      trust: .authorities(pem: file("ca.pem")),
      clientCertificate: client
        ? .init(certificatePEM: file("client.pem"), keyPEM: file("client.key")) : nil,
      tlsServerName: serverName, proxy: proxy)
  }

  func transport(
    client: Bool = false, lanes: Int = 4, serverName: String? = nil, proxy: Proxy = .none
  ) throws -> HTTPTransport {
    HTTPTransport(
      identity: try identity(client: client, serverName: serverName, proxy: proxy), lanes: lanes)
  }

  /// Lets the answer that waits for this name go on.
  func release(_ name: String) async throws {
    let transport = try transport(lanes: 1)
    _ = try await transport.collect(HTTPRequest(url: url("server", "/release/\(name)")), limit: 100)
    transport.close()
  }
}

/// What `/echo` tells of the request that reached the server.
struct Echo: Decodable {
  let method: String
  let target: String
  let headers: [[String]]
  let body: String
  let client: String?
  let connection: Int
  let request: Int
  /// Whether the connection took up an earlier one's TLS session.
  let resumed: Bool
  let serverName: String?

  func values(_ name: String) -> [String] {
    headers.filter { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
  }

  static func ask(_ transport: HTTPTransport, _ request: HTTPRequest) async throws -> Echo {
    let (_, body, _) = try await transport.collect(request, limit: 1 << 20)
    return try JSONDecoder().decode(Echo.self, from: Data(body))
  }
}

/// Counts and checks a body, and does something at its first chunk.
final class Witness: BodyConsumer {
  struct Seen {
    var head: HTTPResponseHead?
    var bytes = 0
    var chunks = 0
    var largestChunk = 0
    var isPattern = true
  }

  private let seen = Mutex(Seen())
  private let onHead: @Sendable () throws -> Void
  private let onChunk: @Sendable (Int) throws -> Void

  init(
    onHead: @escaping @Sendable () throws -> Void = {},
    onChunk: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) {
    self.onHead = onHead
    self.onChunk = onChunk
  }

  var result: Seen { seen.withLock { $0 } }

  func begin(_ head: HTTPResponseHead) throws {
    seen.withLock { $0.head = head }
    try onHead()
  }

  func consume(_ chunk: Data) throws {
    let index = seen.withLock { seen in
      let start = seen.bytes
      seen.isPattern =
        seen.isPattern
        && zip(chunk, start...).prefix(1000).allSatisfy { Int($0) == $1 % 251 }
      seen.bytes += chunk.count
      seen.largestChunk = max(seen.largestChunk, chunk.count)
      seen.chunks += 1
      return seen.chunks - 1
    }
    try onChunk(index)
  }
}

/// A pattern body's bytes, as the server makes them.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }
