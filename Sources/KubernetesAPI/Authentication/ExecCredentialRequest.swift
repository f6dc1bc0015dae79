import Foundation
import Kubeconfig
import YAMLDocuments

/// The question that a plugin finds in `KUBERNETES_EXEC_INFO`: an `ExecCredential` without status.
///
/// Keys, their order and what is left out when empty are those of client-go
/// (`pkg/apis/clientauthentication/v1/types.go`).
struct ExecCredentialRequest {
  static let variable = "KUBERNETES_EXEC_INFO"

  var apiVersion: ExecPlugin.APIVersion
  var isInteractive: Bool
  var cluster: ExecPlugin.Cluster?

  var json: String {
    var spec: [String] = []
    if let cluster { spec.append("\"cluster\":\(Self.json(of: cluster))") }
    spec.append("\"interactive\":\(isInteractive)")
    return """
      {"kind":"ExecCredential","apiVersion":"\(apiVersion.rawValue)","spec":{\
      \(spec.joined(separator: ","))}}
      """
  }

  private static func json(of cluster: ExecPlugin.Cluster) -> String {
    var fields = ["\"server\":\(YAMLNode.jsonString(cluster.server))"]
    if !cluster.tlsServerName.isEmpty {
      fields.append("\"tls-server-name\":\(YAMLNode.jsonString(cluster.tlsServerName))")
    }
    if cluster.insecureSkipTLSVerify { fields.append("\"insecure-skip-tls-verify\":true") }
    if !cluster.certificateAuthorityData.isEmpty {
      let data = Data(cluster.certificateAuthorityData).base64EncodedString()
      fields.append("\"certificate-authority-data\":\"\(data)\"")
    }
    if !cluster.proxyURL.revealed.isEmpty {
      fields.append("\"proxy-url\":\(YAMLNode.jsonString(cluster.proxyURL.revealed))")
    }
    if cluster.disableCompression { fields.append("\"disable-compression\":true") }
    if let configuration = cluster.configuration {
      fields.append("\"config\":\(configuration.revealed)")
    }
    return "{\(fields.joined(separator: ","))}"
  }
}
