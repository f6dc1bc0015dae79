import Foundation
import TestPrograms
import Testing

/// The same cases through the kubectl on `PATH`; needs no cluster.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"), .serialized)
struct RealKubectlTests {
  @Test(arguments: NamedCase.all.filter { $0.content.kubectl?.hasPrefix("cannot: ") != true })
  func kubectlAgrees(_ item: NamedCase) throws {
    let run = try view(item)
    if item.content.kubectl == "refuses" {
      #expect(run.status != 0)
      return
    }
    #expect(run.status == 0)
    let config = try JSONDecoder().decode(KubectlView.self, from: run.output)
    var seen = config.words
    var expected = try #require(item.content.resolution).mapValues(item.expand)
    // Of ours alone: kubectl's view has no such fields.
    for key in ["path-prefix", "trust"] { expected[key] = nil }
    if item.content.resolution?["trust"] == "insecure" { expected["trust"] = "insecure" }
    // The view leaves these paths relative to their file.
    for key in ["token-file", "exec.command"] {
      guard let path = seen[key], let ours = expected[key], !path.hasPrefix("/") else { continue }
      let tail = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
      if ours.hasSuffix("/" + tail) { seen[key] = ours }
    }
    #expect(seen == expected)
  }

  private func view(_ item: NamedCase) throws -> ProgramRun {
    var arguments = ["config", "view", "--minify", "--flatten", "--raw", "-o", "json"]
    if let file = item.content.file { arguments += ["--kubeconfig", file] }
    if let context = item.content.context { arguments += ["--context", context] }
    var environment = item.environment
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    environment["HOME"] = item.home
    return try ProgramRun(
      "kubectl", arguments, environment: environment, folder: URL(filePath: item.folder))
  }
}

/// `kubectl config view -o json`: client-go's tools/clientcmd/api/v1 types.
private struct KubectlView: Decodable {
  let currentContext: String
  let clusters: [NamedCluster]?
  let users: [NamedUser]?
  let contexts: [NamedContext]?

  enum CodingKeys: String, CodingKey {
    case currentContext = "current-context"
    case clusters, users, contexts
  }

  struct NamedCluster: Decodable {
    let name: String
    let cluster: [String: Value]
  }
  struct NamedUser: Decodable {
    let name: String
    let user: [String: Value]
  }
  struct NamedContext: Decodable {
    let name: String
    let context: [String: Value]
  }

  var words: [String: String] {
    var result = ["context": currentContext]
    let context = contexts?.first?.context ?? [:]
    result["cluster"] = context["cluster"]?.text
    result["user"] = context["user"]?.text
    result["namespace"] = context["namespace"]?.text
    let cluster = clusters?.first?.cluster ?? [:]
    for key in ["server", "tls-server-name", "proxy-url", "disable-compression"] {
      result[key] = cluster[key]?.text
    }
    result["ca"] = cluster["certificate-authority-data"]?.pemLabel
    if cluster["insecure-skip-tls-verify"]?.text == "true" { result["trust"] = "insecure" }
    let user = users?.first?.user ?? [:]
    for key in ["token", "username", "password", "as", "as-uid"] { result[key] = user[key]?.text }
    result["token-file"] = user["tokenFile"]?.text
    result["client-certificate"] = user["client-certificate-data"]?.pemLabel
    result["client-key"] = user["client-key-data"]?.pemLabel
    result["as-groups"] = user["as-groups"]?.texts?.joined(separator: ",")
    for (key, values) in user["as-user-extra"]?.members ?? [:] {
      result["as-user-extra.\(key)"] = values.texts?.joined(separator: ",")
    }
    result["auth-provider.name"] = user["auth-provider"]?.members?["name"]?.text
    for (key, value) in user["auth-provider"]?.members?["config"]?.members ?? [:] {
      result["auth-provider.config.\(key)"] = value.text
    }
    let plugin = user["exec"]?.members ?? [:]
    result["exec.api-version"] = plugin["apiVersion"]?.text
    result["exec.command"] = plugin["command"]?.text
    result["exec.interactive-mode"] = plugin["interactiveMode"]?.text
    result["exec.install-hint"] = plugin["installHint"]?.text
    result["exec.args"] = plugin["args"]?.texts?.joined(separator: " ")
    result["exec.env"] = plugin["env"]?.items?.map {
      "\($0.members?["name"]?.text ?? "")=\($0.members?["value"]?.text ?? "")"
    }.joined(separator: " ")
    if plugin["provideClusterInfo"]?.text == "true" { result["exec.provide-cluster-info"] = "true" }
    let extension_ = cluster["extensions"]?.items?.first {
      $0.members?["name"]?.text == "client.authentication.k8s.io/exec"
    }
    if !plugin.isEmpty { result["exec.cluster-config"] = extension_?.members?["extension"]?.json }
    return result
  }

  indirect enum Value: Decodable {
    case null
    case bool(Bool)
    case number(Int)
    case text(String)
    case items([Value])
    case members([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .bool(flag)
      } else if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let items = try? container.decode([Value].self) {
        self = .items(items)
      } else {
        self = .members(try container.decode([String: Value].self))
      }
    }

    var text: String? {
      switch self {
      case .text(let text): return text
      case .bool(let flag): return flag ? "true" : "false"
      default: return nil
      }
    }

    var items: [Value]? {
      guard case .items(let items) = self else { return nil }
      return items
    }

    var members: [String: Value]? {
      guard case .members(let members) = self else { return nil }
      return members
    }

    var texts: [String]? { items?.compactMap(\.text) }

    var pemLabel: String? {
      text.flatMap { Data(base64Encoded: $0) }.map { label(ofPEM: Array($0)) }
    }

    /// Compact, members by name.
    var json: String {
      switch self {
      case .null: return "null"
      case .bool(let flag): return flag ? "true" : "false"
      case .number(let number): return String(number)
      case .text(let text): return "\"\(text)\""
      case .items(let items): return "[" + items.map(\.json).joined(separator: ",") + "]"
      case .members(let members):
        let pairs = members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1.json)" }
        return "{" + pairs.joined(separator: ",") + "}"
      }
    }
  }
}
