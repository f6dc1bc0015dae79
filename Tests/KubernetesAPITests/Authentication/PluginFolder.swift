import Foundation
import Kubeconfig
import Synchronization
import TemporaryFolder
import Testing

@testable import KubernetesAPI

/// A temporary folder with little shell-script plugins, gone with the object.
///
/// A plugin's command is a link to the shell and its first argument the script: no file is ever
/// executed soon after it was written, which another thread's spawn could hinder (ETXTBSY).
final class PluginFolder: Sendable {
  private let folder: TemporaryFolder

  var path: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("plugin"), withDestinationPath: "/bin/sh")
  }

  /// The environment that plugins find; `DIR` is the folder.
  var environment: [String: String] { ["PATH": "/usr/bin:/bin", "DIR": path] }

  func write(_ text: String, to name: String) throws {
    try folder.write(text, to: name)
  }

  func read(_ name: String) throws -> String {
    try folder.text(name)
  }

  /// How many lines a file of the folder has; 0 when it is not there.
  func lineCount(of name: String) -> Int {
    guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { return 0 }
    return data.count { $0 == UInt8(ascii: "\n") }
  }

  /// The configuration of a plugin that runs a script. It counts its runs in the file `runs`.
  func plugin(
    _ script: String, name: String = "script", arguments: [String] = [],
    apiVersion: String = "client.authentication.k8s.io/v1",
    interactiveMode: ExecConfig.InteractiveMode? = .never
  ) throws -> ExecConfig {
    try write("echo >> \"$DIR/runs\"\n" + script, to: name)
    var config = ExecConfig()
    config.command = path + "/plugin"
    config.arguments = Secret(["\(path)/\(name)"] + arguments)
    config.apiVersion = apiVersion
    config.interactiveMode = interactiveMode
    return config
  }

  /// A script that answers with the content of the file `answer`.
  func answeringPlugin(_ answer: String) throws -> ExecConfig {
    try write(answer, to: "answer")
    return try plugin("cat \"$DIR/answer\"")
  }

  func surroundings(
    clock: TestClock = TestClock(),
    terminal: CredentialSurroundings.Terminal = .unavailable(because: "this is a test"),
    gate: CredentialProcessGate = CredentialProcessGate(),
    files: any KubeconfigFiles = LocalFiles(),
    isAllowed: @escaping @Sendable (String) -> Bool = { _ in true },
    reportLine: @escaping @Sendable (String, String) -> Void = { _, _ in },
    timeLimit: Duration = .seconds(60)
  ) -> CredentialSurroundings {
    CredentialSurroundings(
      environment: environment, files: files, terminal: terminal, gate: gate,
      isAllowed: isAllowed, reportLine: reportLine, now: { clock.now }, timeLimit: timeLimit)
  }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
  private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

  var now: Date { date.withLock { $0 } }

  func advance(seconds: TimeInterval) {
    date.withLock { $0 += seconds }
  }
}

/// Lines in the order in which they came, from any thread.
final class LineLog: Sendable {
  private let stored = Mutex<[String]>([])

  var lines: [String] { stored.withLock { $0 } }

  func append(_ line: String) {
    stored.withLock { $0.append(line) }
  }
}

/// Opens once; who waits before then is held.
actor Latch {
  private var isOpen = false
  private var waiters: [CheckedContinuation<Void, Never>] = []

  func wait() async {
    guard !isOpen else { return }
    await withCheckedContinuation { waiters.append($0) }
  }

  func open() {
    isOpen = true
    for waiter in waiters { waiter.resume() }
    waiters = []
  }
}

extension ClusterTarget {
  static func make(
    server: String = "https://cluster.example:6443", user: String? = "me",
    trust: Trust = .system, credentials: UserCredentials = UserCredentials(),
    impersonation: Impersonation? = nil
  ) throws -> ClusterTarget {
    ClusterTarget(
      contextName: "test", clusterName: "test", userName: user,
      server: try #require(ServerAddress(server)), namespace: nil, trust: trust,
      tlsServerName: nil, proxy: nil, disableCompression: false, isInCluster: false,
      credentials: credentials, impersonation: impersonation, warnings: [])
  }

  static func make(exec: ExecConfig) throws -> ClusterTarget {
    var credentials = UserCredentials()
    credentials.exec = exec
    return try make(credentials: credentials)
  }
}

/// An `ExecCredential` as a plugin prints it.
func execCredential(
  _ status: String, apiVersion: String = "client.authentication.k8s.io/v1"
) -> String {
  #"{"kind":"ExecCredential","apiVersion":"\#(apiVersion)","status":\#(status)}"#
}
