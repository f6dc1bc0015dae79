/// Where an entry was written.
package struct KubeconfigOrigin: Hashable, Sendable {
  package let file: String
  package let line: Int
  package let column: Int
}

/// A cluster as its file names it; paths are absolute.
package struct KubeconfigCluster: Hashable, Sendable {
  package var name: String
  package var origin: KubeconfigOrigin
  /// May hold a password, as ``ServerAddress/userInfo`` does.
  package var server = Secret("")
  package var tlsServerName = ""
  package var insecureSkipTLSVerify = false
  package var certificateAuthority = ""
  package var certificateAuthorityData: [UInt8] = []
  /// May hold a password.
  package var proxyURL = Secret("")
  package var disableCompression = false
  /// The extension `client.authentication.k8s.io/exec`, as JSON.
  package var execExtension: Secret<String>?
}

/// A user as its file names it; paths are absolute.
package struct KubeconfigUser: Hashable, Sendable {
  package var name: String
  package var origin: KubeconfigOrigin
  package var clientCertificate = ""
  package var clientCertificateData: [UInt8] = []
  package var clientKey = ""
  package var clientKeyData = Secret<[UInt8]>([])
  package var token = Secret("")
  package var tokenFile = ""
  package var username = ""
  package var password = Secret("")
  package var impersonate = ""
  package var impersonateUID = ""
  package var impersonateGroups: [String] = []
  package var impersonateUserExtra: [String: [String]] = [:]
  package var authProvider: AuthProvider?
  package var exec: ExecConfig?
}

package struct KubeconfigContext: Hashable, Sendable {
  package var name: String
  package var cluster = ""
  package var user = ""
  package var namespace = ""
}

/// The legacy `auth-provider` of a user (`gcp`, `azure`, `oidc`).
package struct AuthProvider: Hashable, Sendable {
  package var name: String
  package var config: Secret<[String: String]>

  package init(name: String, config: Secret<[String: String]>) {
    self.name = name
    self.config = config
  }
}

/// How to run a credential plugin
/// (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/).
package struct ExecConfig: Hashable, Sendable {
  package enum InteractiveMode: String, Hashable, Sendable {
    case never = "Never"
    case ifAvailable = "IfAvailable"
    case always = "Always"
  }

  package struct Variable: Hashable, Sendable {
    package let name: String
    package let value: Secret<String>

    package init(name: String, value: Secret<String>) {
      self.name = name
      self.value = value
    }
  }

  /// `client.authentication.k8s.io/v1` or `…/v1beta1` after
  /// ``Kubeconfig/resolve(context:overrides:)``.
  package var apiVersion = ""
  /// A bare name, to be found in `PATH`, or a path, which is absolute.
  package var command = ""
  package var arguments = Secret<[String]>([])
  /// Added to the own environment, in this order.
  package var environment: [Variable] = []
  /// Control characters are written out, as client-go does.
  package var installHint = ""
  package var provideClusterInfo = false
  /// nil if the file says nothing and the version has no default, an error once it is used.
  package var interactiveMode: InteractiveMode?
  /// `spec.cluster.config` of `KUBERNETES_EXEC_INFO`, as JSON: the cluster's extension
  /// `client.authentication.k8s.io/exec`.
  package var clusterConfig: Secret<String>?

  package init() {}
}
