import Foundation
import Kubeconfig
import Testing

/// One folder of `Cases`: kubeconfig files, how they are asked for, and what must come out.
///
/// In texts, `$DIR` is the case's folder. Certificates and keys are PEM blocks around a label.
struct KubeconfigCase: Decodable, Sendable {
  /// What the case shows, in a sentence.
  let shows: String
  /// The files of `KUBECONFIG`, in order.
  let kubeconfig: [String]?
  /// `--kubeconfig`
  let file: String?
  /// `--kubeconfig-dir`
  let directory: String?
  let environment: [String: String]?
  let context: String?
  let flags: Flags?
  /// Every field of the target that is not empty, in words.
  let resolution: [String: String]?
  let error: String?
  let warnings: [String]?
  /// Absent: kubectl's view agrees. `refuses`, or `cannot: why`.
  let kubectl: String?

  struct Flags: Decodable, Sendable {
    let server, token, username, password, cluster, user, namespace: String?
    let tlsServerName, certificateAuthority, clientCertificate, clientKey: String?
    let insecureSkipTLSVerify, disableCompression: Bool?
    let asUser, asUID: String?
    let asGroup: [String]?
    let asUserExtra: [String: [String]]?

    enum CodingKeys: String, CodingKey {
      case server, token, username, password, cluster, user, namespace
      case tlsServerName = "tls-server-name"
      case certificateAuthority = "certificate-authority"
      case clientCertificate = "client-certificate"
      case clientKey = "client-key"
      case insecureSkipTLSVerify = "insecure-skip-tls-verify"
      case disableCompression = "disable-compression"
      case asUser = "as"
      case asUID = "as-uid"
      case asGroup = "as-group"
      case asUserExtra = "as-user-extra"
    }
  }
}

/// A case with its place, as an argument of a test.
struct NamedCase: Sendable, CustomTestStringConvertible {
  let name: String
  let folder: String
  let content: KubeconfigCase

  var testDescription: String { "\(name): \(content.shows)" }

  static let all: [NamedCase] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path())) ?? []
    return names.sorted().compactMap { name in
      let folder = root.appending(path: name)
      guard let data = try? Data(contentsOf: folder.appending(path: "case.json")),
        let content = try? JSONDecoder().decode(KubeconfigCase.self, from: data)
      else {
        Issue.record("\(name)/case.json cannot be read")
        return nil
      }
      return NamedCase(name: name, folder: folder.path(), content: content)
    }
  }()

  /// The environment that the case describes, `KUBECONFIG` in it.
  var environment: [String: String] {
    var result = (content.environment ?? [:]).mapValues(expand)
    if let list = content.kubeconfig {
      result["KUBECONFIG"] = list.map { folder + "/" + $0 }.joined(separator: ":")
    }
    return result
  }

  var home: String { folder + "/home" }

  func expand(_ text: String) -> String {
    text.replacingOccurrences(of: "$DIR", with: folder)
  }

  var sources: KubeconfigSources {
    var selection = KubeconfigSources.Selection.automatic
    if let file = content.file { selection = .file(file) }
    if let directory = content.directory { selection = .directory(directory) }
    return KubeconfigSources(
      selection: selection, environment: environment, homeDirectory: home,
      workingDirectory: folder, files: CaseFiles(folder: folder))
  }

  var overrides: KubeconfigOverrides {
    var result = KubeconfigOverrides()
    guard let flags = content.flags else { return result }
    result.server = flags.server ?? ""
    result.token = Secret(flags.token ?? "")
    result.username = flags.username ?? ""
    result.password = Secret(flags.password ?? "")
    result.cluster = flags.cluster ?? ""
    result.user = flags.user ?? ""
    result.namespace = flags.namespace ?? ""
    result.tlsServerName = flags.tlsServerName ?? ""
    result.certificateAuthority = flags.certificateAuthority ?? ""
    result.clientCertificate = flags.clientCertificate ?? ""
    result.clientKey = flags.clientKey ?? ""
    result.insecureSkipTLSVerify = flags.insecureSkipTLSVerify ?? false
    result.disableCompression = flags.disableCompression ?? false
    result.asUser = flags.asUser ?? ""
    result.asUID = flags.asUID ?? ""
    result.asGroups = flags.asGroup ?? []
    result.asUserExtra = flags.asUserExtra ?? [:]
    return result
  }
}

/// The disk, with the pod's service account in the case's folder.
struct CaseFiles: KubeconfigFiles {
  let folder: String
  private let disk = LocalFiles()

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let own = "/var/run/secrets/kubernetes.io/"
    return try disk.read(path.hasPrefix(own) ? folder + "/" + path.dropFirst(own.count) : path)
  }

  func fileNames(in directory: String) throws(FileFailure) -> [String] {
    try disk.fileNames(in: directory)
  }

  func isExecutable(_ path: String) -> Bool { disk.isExecutable(path) }
}

/// The label inside a test's PEM block.
func label(ofPEM bytes: [UInt8]) -> String {
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  guard lines.count == 3, let data = Data(base64Encoded: String(lines[1])) else { return "?" }
  return String(decoding: data, as: UTF8.self)
}

/// A target as the cases spell it.
func words(for target: ClusterTarget) -> [String: String] {
  var result: [String: String] = [:]
  result["context"] = target.contextName
  result["cluster"] = target.clusterName
  result["user"] = target.userName
  result["server"] = target.server.text
  result["path-prefix"] = target.server.pathPrefix.isEmpty ? nil : target.server.pathPrefix
  result["namespace"] = target.namespace
  switch target.trust {
  case .certificates(let pem, _): result["ca"] = label(ofPEM: pem)
  case .system: result["trust"] = "system"
  case .insecure: result["trust"] = "insecure"
  }
  result["tls-server-name"] = target.tlsServerName
  result["proxy-url"] = target.proxy?.url.revealed
  result["disable-compression"] = target.disableCompression ? "true" : nil
  result["in-cluster"] = target.isInCluster ? "true" : nil
  let credentials = target.credentials
  result["client-certificate"] = credentials.clientCertificate.map {
    label(ofPEM: $0.certificatePEM)
  }
  result["client-key"] = credentials.clientCertificate.map { label(ofPEM: $0.keyPEM.revealed) }
  result["token"] = credentials.token?.revealed
  result["token-file"] = credentials.tokenFile
  result["username"] = credentials.basic?.username
  result["password"] = credentials.basic?.password.revealed
  if let plugin = credentials.exec { result.merge(words(for: plugin)) { _, new in new } }
  if let provider = credentials.authProvider {
    result["auth-provider.name"] = provider.name
    for (key, value) in provider.config.revealed { result["auth-provider.config.\(key)"] = value }
  }
  if let impersonation = target.impersonation {
    result["as"] = impersonation.user
    result["as-uid"] = impersonation.uid
    let groups = impersonation.groups.joined(separator: ",")
    result["as-groups"] = groups.isEmpty ? nil : groups
    for (key, values) in impersonation.extra {
      result["as-user-extra.\(key)"] = values.joined(separator: ",")
    }
  }
  return result
}

private func words(for plugin: ExecConfig) -> [String: String] {
  var result = ["exec.api-version": plugin.apiVersion, "exec.command": plugin.command]
  let arguments = plugin.arguments.revealed.joined(separator: " ")
  result["exec.args"] = arguments.isEmpty ? nil : arguments
  let variables = plugin.environment.map { "\($0.name)=\($0.value.revealed)" }
  result["exec.env"] = variables.isEmpty ? nil : variables.joined(separator: " ")
  result["exec.install-hint"] = plugin.installHint.isEmpty ? nil : plugin.installHint
  result["exec.provide-cluster-info"] = plugin.provideClusterInfo ? "true" : nil
  result["exec.interactive-mode"] = plugin.interactiveMode?.rawValue
  result["exec.cluster-config"] = plugin.clusterConfig?.revealed
  return result
}
