import Foundation
import TestPrograms

/// How a test cluster is started.
struct TestClusterOptions: Sendable {
  enum Population: String, Sendable, CaseIterable {
    case recorded, second, estate, migrated, scale, workflows
  }
  enum Profile: String, Sendable, CaseIterable {
    case current
    case v1_24 = "1.24"
    case v1_20 = "1.20"
    case v1_16 = "1.16"
  }
  enum ServerCertificate: String, Sendable, CaseIterable {
    case good, expired
    case wrongName = "wrong-name"
    case otherAuthority = "other-ca"
  }

  var population = Population.recorded
  var profile = Profile.current
  var pods = 1000
  var faults: [Fault] = []
  var serverCertificate = ServerCertificate.good
  /// HTTP without credentials, as `kubectl proxy` serves.
  var isPlain = false
  var isIPv6 = false
  var prefix = ""
  /// A group metrics.k8s.io that answers 503 (recorded population, current profile).
  var hasStaleGroup = false
  /// 401 answers carry `WWW-Authenticate: Basic`.
  var sendsChallenge = false
  /// A JSON file of users and rules; see Tests/TestCluster/rights.py.
  var rights: URL?

  func arguments() throws -> [String] {
    var arguments = [
      "--certificates", TestFolders.certificates.path, "--population", population.rawValue,
      "--profile", profile.rawValue, "--pods", String(pods),
      "--server-certificate", serverCertificate.rawValue,
    ]
    for fault in faults {
      let text = try JSONEncoder().encode(fault)
      arguments += ["--fault", String(decoding: text, as: UTF8.self)]
    }
    if isPlain { arguments.append("--plain") }
    if isIPv6 { arguments.append("--ipv6") }
    if !prefix.isEmpty { arguments += ["--prefix", prefix] }
    if hasStaleGroup { arguments.append("--stale-group") }
    if sendsChallenge { arguments.append("--challenge") }
    if let rights { arguments += ["--rights", rights.path] }
    return arguments
  }
}

/// What a server says of itself when it is ready.
struct TestClusterAddress: Decodable, Sendable {
  var port: Int
  /// `https://127.0.0.1:34567`, with the path prefix if any.
  var url: String
  /// Token of each user, by the user's name.
  var tokens: [String: String]
  /// Nil for a plain server, as is every file below.
  var ca: String?
  var otherCA: String?
  var adminCertificate: String?
  var adminKey: String?
  var limitedCertificate: String?
  var limitedKey: String?
  var viewerCertificate: String?
  var viewerKey: String?
  var expiredCertificate: String?
  var expiredKey: String?
  var foreignCertificate: String?
  var foreignKey: String?
}

enum TestClusterError: Error {
  case stopped
  case refused(status: Int, body: String)
}

/// A running test cluster; it stops when this object goes.
///
/// `@unchecked Sendable`: the pipes are used on `queue` alone after `start`.
final class TestClusterProcess: @unchecked Sendable {
  let address: TestClusterAddress
  private let process: ScriptProcess
  private let output: LineReader
  private let queue: DispatchQueue

  private init(_ arguments: [String], queue: DispatchQueue) throws {
    process = try ScriptProcess(
      TestFolders.testCluster.appendingPathComponent("server.py"), arguments)
    address = try JSONDecoder().decode(TestClusterAddress.self, from: process.firstLine)
    output = LineReader(process.output)
    self.queue = queue
  }

  /// Starts a server and waits for its ready line.
  static func start(_ options: TestClusterOptions = .init()) async throws -> TestClusterProcess {
    let arguments = try options.arguments()
    let queue = DispatchQueue(label: "test-cluster")
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(with: Result { try TestClusterProcess(arguments, queue: queue) })
      }
    }
  }

  /// Every request so far, in the order of arrival.
  func log() async throws -> [LoggedRequest] {
    let body = try await command("GET", "/__log")
    return try body.split(separator: "\n").map {
      try JSONDecoder().decode(LoggedRequest.self, from: Data($0.utf8))
    }
  }

  /// Counts and peaks since the start or the last `reset`.
  func statistics() async throws -> ServerStatistics {
    let body = try await command("GET", "/__stats")
    return try JSONDecoder().decode(ServerStatistics.self, from: Data(body.utf8))
  }

  /// Forgets the log and the statistics.
  func reset() async throws {
    _ = try await command("POST", "/__reset")
  }

  func inject(_ faults: Fault...) async throws {
    let value = try JSONEncoder().encode(faults)
    _ = try await command("POST", "/__faults", String(decoding: value, as: UTF8.self))
  }

  /// Makes a token good for a user from now on.
  func grant(token: String, to user: String) async throws {
    let value = try JSONEncoder().encode(["grant": [token: user]])
    _ = try await command("POST", "/__tokens", String(decoding: value, as: UTF8.self))
  }

  /// Makes a token worthless from now on: 401.
  func revoke(token: String) async throws {
    let value = try JSONEncoder().encode(["revoke": [token]])
    _ = try await command("POST", "/__tokens", String(decoding: value, as: UTF8.self))
  }

  private struct Reply: Decodable {
    var status: Int
    var body: String
  }

  private func command(
    _ method: String, _ path: String, _ body: String = "null"
  ) async throws -> String {
    let line = #"{"method":"\#(method)","path":"\#(path)","body":\#(body)}"# + "\n"
    let reply: Reply = try await withCheckedThrowingContinuation { continuation in
      queue.async { [self] in
        continuation.resume(
          with: Result {
            try process.input.write(contentsOf: Data(line.utf8))
            guard let answer = output.next() else { throw TestClusterError.stopped }
            return try JSONDecoder().decode(Reply.self, from: answer)
          })
      }
    }
    guard reply.status == 200 else {
      throw TestClusterError.refused(status: reply.status, body: reply.body)
    }
    return reply.body
  }
}

/// Reads a pipe line by line; it blocks, so it is used on a queue of its own.
private final class LineReader {
  private let handle: FileHandle
  private var buffer = Data()

  init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next line without its end; nil at the end of the stream.
  func next() -> Data? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[buffer.startIndex..<end]
        buffer = Data(buffer[buffer.index(after: end)...])
        return Data(line)
      }
      let more = handle.availableData
      if more.isEmpty { return nil }
      buffer += more
    }
  }
}
