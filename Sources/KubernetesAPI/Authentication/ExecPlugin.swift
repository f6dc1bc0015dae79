import Kubeconfig

/// A credential plugin and all that decides its answer.
///
/// <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>
/// Two equal values give the same credentials, so they share one process.
struct ExecPlugin: Sendable, Hashable {
  enum APIVersion: String, Sendable, Hashable {
    case v1 = "client.authentication.k8s.io/v1"
    case v1beta1 = "client.authentication.k8s.io/v1beta1"
  }

  /// What the plugin is told about the cluster when `provideClusterInfo` asks for it.
  struct Cluster: Sendable, Hashable {
    var server: String
    var tlsServerName = ""
    var insecureSkipTLSVerify = false
    var certificateAuthorityData: [UInt8] = []
    /// May hold a password.
    var proxyURL = Secret("")
    var disableCompression = false
    /// JSON text.
    var configuration: Secret<String>?
  }

  let apiVersion: APIVersion
  let interactiveMode: ExecConfig.InteractiveMode
  let cluster: Cluster?
  private let config: ExecConfig

  var command: String { config.command }
  var arguments: [String] { config.arguments.revealed }
  var variables: [ExecConfig.Variable] { config.environment }
  var installHint: String { config.installHint }

  init(_ config: ExecConfig, for target: ClusterTarget) throws(CredentialError) {
    guard let version = APIVersion(rawValue: config.apiVersion) else {
      throw .plugin(command: config.command, .unsupportedAPIVersion(config.apiVersion))
    }
    switch (config.interactiveMode, version) {
    case (let mode?, _): interactiveMode = mode
    // Defaulted by clientcmd's conversion; v1 has no default.
    case (nil, .v1beta1): interactiveMode = .ifAvailable
    case (nil, .v1): throw .plugin(command: config.command, .interactiveModeMissing)
    }
    apiVersion = version
    cluster = config.provideClusterInfo ? Cluster(target, config.clusterConfig) : nil
    var config = config
    // What the plugin is not told cannot make two plugins different.
    config.clusterConfig = nil
    self.config = config
  }
}

extension ExecPlugin.Cluster {
  /// client-go, `rest/exec.go`, `ConfigToExecCluster`.
  init(_ target: ClusterTarget, _ configuration: Secret<String>?) {
    server = target.server.text
    tlsServerName = target.tlsServerName ?? ""
    switch target.trust {
    case .certificates(let pem, _): certificateAuthorityData = pem
    case .system: break
    case .insecure: insecureSkipTLSVerify = true
    }
    proxyURL = target.proxy?.url ?? Secret("")
    disableCompression = target.disableCompression
    self.configuration = configuration
  }
}
