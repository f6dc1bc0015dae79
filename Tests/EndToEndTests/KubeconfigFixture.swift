import Foundation
import TemporaryFolder

/// A kubeconfig file of one or more contexts, in a folder of its own.
struct KubeconfigFixture {
  let folder: TemporaryFolder
  let url: URL

  /// Writes the file; the first context is the current one unless `current` names another.
  init(_ contexts: [Context], current: String? = nil) throws {
    folder = try TemporaryFolder()
    var text = "apiVersion: v1\nkind: Config\n"
    text += "current-context: \(Self.quoted(current ?? contexts.first?.name ?? ""))\n"
    text += "clusters:\n"
    for context in contexts {
      text += "- name: \(Self.quoted(context.name + "-cluster"))\n  cluster:\n"
      for (key, value) in try Self.cluster(context) { text += "    \(key): \(value)\n" }
    }
    text += "users:\n"
    for context in contexts {
      text += "- name: \(Self.quoted(context.name + "-user"))\n  user:\n"
      let lines = try Self.user(context, folder: folder)
      text += lines.isEmpty ? "    {}\n" : lines.map { "    \($0)\n" }.joined()
    }
    text += "contexts:\n"
    for context in contexts {
      text += "- name: \(Self.quoted(context.name))\n  context:\n"
      text += "    cluster: \(Self.quoted(context.name + "-cluster"))\n"
      text += "    user: \(Self.quoted(context.name + "-user"))\n"
      if let namespace = context.namespace {
        text += "    namespace: \(Self.quoted(namespace))\n"
      }
    }
    url = try folder.write(text, to: "config")
  }

  /// One context for one server.
  init(
    _ server: TestClusterProcess, _ credential: Credential = .adminCertificate,
    authority: Authority = .cluster, namespace: String? = nil
  ) throws {
    try self.init([
      Context(
        name: "test", server: server.address, credential: credential, authority: authority,
        namespace: namespace)
    ])
  }

  /// The number of times that the exec plugin of a context has run.
  func pluginCalls(context: String = "test") -> Int {
    let file = folder.url.appendingPathComponent("\(context)-plugin-calls")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return 0 }
    return text.split(separator: "\n").count
  }

  /// A cluster, a user and a namespace under one name.
  struct Context {
    var name: String
    var server: TestClusterAddress
    var credential: Credential = .adminCertificate
    var authority: Authority = .cluster
    var namespace: String?
    /// In place of the server's own URL, for example of a port where nobody listens.
    var url: String?
    /// More keys of the cluster, with their YAML values: `tls-server-name`, `proxy-url`.
    var clusterSettings: [String: String] = [:]
  }

  /// How the server's certificate is judged.
  enum Authority {
    /// The CA that signed it, in the file (`certificate-authority-data`) or beside it.
    case cluster
    case clusterFile
    /// A CA that did not sign it.
    case other
    /// The system's trust.
    case none
    case insecure
  }

  /// What the user presents.
  enum Credential {
    /// Certificate and key as data in the file.
    case adminCertificate
    /// The same as paths.
    case adminCertificateFiles
    case limitedCertificate
    case viewerCertificate
    case expiredCertificate
    /// Of a CA that the server does not know.
    case foreignCertificate
    /// The admin's certificate with another certificate's key.
    case mismatchedKey
    case token(String)
    /// A token file, written beside the kubeconfig with this text.
    case tokenFile(String)
    case basic(user: String, password: String)
    case exec(ExecPlugin)
    /// The user's YAML lines as they are.
    case lines([String])
    case none
  }

  /// A credential plugin: a shell script that counts its calls.
  struct ExecPlugin {
    var apiVersion = "client.authentication.k8s.io/v1"
    var token: String?
    /// RFC 3339; nil for credentials that never expire.
    var expirationTimestamp: String?
    /// Shell commands in place of the answer, for plugins that fail.
    var script: String?
    /// Words on standard error.
    var complaint: String?
    var interactiveMode = "IfAvailable"
    var installHint: String?
    /// More keys of the exec object, as YAML lines without indentation.
    var settings: [String] = []
    /// In place of the script's path, for example of a program that does not exist.
    var command: String?

    init(token: String? = nil) {
      self.token = token
    }
  }

  private static func quoted(_ text: String) -> String {
    // JSON strings are YAML strings.
    let data = try? JSONEncoder().encode([text])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst().dropLast())
      .replacingOccurrences(of: "\\/", with: "/")
  }

  private static func base64(_ path: String?) throws -> String {
    guard let path else { throw FixtureError.noCertificate }
    return try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString()
  }

  enum FixtureError: Error {
    /// A plain server has no certificates.
    case noCertificate
  }

  private static func cluster(_ context: Context) throws -> [(String, String)] {
    var lines = [("server", quoted(context.url ?? context.server.url))]
    switch context.authority {
    case .cluster where context.server.ca != nil:
      lines.append(("certificate-authority-data", try base64(context.server.ca)))
    case .clusterFile:
      lines.append(("certificate-authority", quoted(context.server.ca ?? "")))
    case .other:
      lines.append(("certificate-authority-data", try base64(context.server.otherCA)))
    case .insecure:
      lines.append(("insecure-skip-tls-verify", "true"))
    case .cluster, .none:
      break
    }
    return lines + context.clusterSettings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func user(_ context: Context, folder: TemporaryFolder) throws -> [String] {
    let server = context.server
    switch context.credential {
    case .adminCertificate:
      return try certificate(server.adminCertificate, server.adminKey)
    case .adminCertificateFiles:
      return [
        "client-certificate: \(quoted(server.adminCertificate ?? ""))",
        "client-key: \(quoted(server.adminKey ?? ""))",
      ]
    case .limitedCertificate:
      return try certificate(server.limitedCertificate, server.limitedKey)
    case .viewerCertificate:
      return try certificate(server.viewerCertificate, server.viewerKey)
    case .expiredCertificate:
      return try certificate(server.expiredCertificate, server.expiredKey)
    case .foreignCertificate:
      return try certificate(server.foreignCertificate, server.foreignKey)
    case .mismatchedKey:
      return try certificate(server.adminCertificate, server.limitedKey)
    case .token(let token):
      return ["token: \(quoted(token))"]
    case .tokenFile(let token):
      let file = try folder.write(token, to: "\(context.name)-token")
      return ["tokenFile: \(quoted(file.path))"]
    case .basic(let user, let password):
      return ["username: \(quoted(user))", "password: \(quoted(password))"]
    case .exec(let plugin):
      return try exec(plugin, name: context.name, folder: folder)
    case .lines(let lines):
      return lines
    case .none:
      return []
    }
  }

  private static func certificate(_ certificate: String?, _ key: String?) throws -> [String] {
    [
      "client-certificate-data: \(try base64(certificate))",
      "client-key-data: \(try base64(key))",
    ]
  }

  private static func exec(
    _ plugin: ExecPlugin, name: String, folder: TemporaryFolder
  ) throws -> [String] {
    var script = "#!/bin/sh\necho called >> '\(folder.url.path)/\(name)-plugin-calls'\n"
    if let complaint = plugin.complaint { script += "echo '\(complaint)' >&2\n" }
    if let own = plugin.script {
      script += own + "\n"
    } else {
      var status: [String: String] = [:]
      status["token"] = plugin.token
      status["expirationTimestamp"] = plugin.expirationTimestamp
      let answer = ExecCredential(apiVersion: plugin.apiVersion, status: status)
      let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
      script += "cat <<'END_OF_CREDENTIAL'\n\(text)\nEND_OF_CREDENTIAL\n"
    }
    let file = try folder.write(script, to: "\(name)-plugin", mode: 0o700)
    var lines = [
      "exec:", "  apiVersion: \(quoted(plugin.apiVersion))",
      "  command: \(quoted(plugin.command ?? file.path))",
      "  interactiveMode: \(plugin.interactiveMode)",
    ]
    if let hint = plugin.installHint { lines.append("  installHint: \(quoted(hint))") }
    return lines + plugin.settings.map { "  " + $0 }
  }

  private struct ExecCredential: Encodable {
    var apiVersion: String
    var kind = "ExecCredential"
    var status: [String: String]
  }
}
