/// One cluster, and as whom to speak to it: all that a connection needs.
package struct ClusterTarget: Hashable, Sendable {
  /// What proves that the server is the right one.
  package enum Trust: Hashable, Sendable {
    /// These certificates alone; `origin` says in words where they were found.
    case certificates(pem: [UInt8], origin: String)
    /// The certificates that the system trusts.
    case system
    /// Nothing: asked for by the kubeconfig or a flag.
    case insecure
  }

  /// nil without a context: `--server` alone, or in a pod.
  package var contextName: String?
  package var clusterName: String?
  package var userName: String?
  package var server: ServerAddress
  /// Of the flag or the context; nil if neither names one.
  package var namespace: String?
  package var trust: Trust
  /// Expected in the server's certificate instead of the host's name.
  package var tlsServerName: String?
  /// `proxy-url`; nil leaves the choice to the environment.
  package var proxy: ProxyAddress?
  package var disableCompression: Bool
  /// Spoken to from inside, with the pod's service account.
  package var isInCluster: Bool
  package var credentials: UserCredentials
  package var impersonation: Impersonation?
  /// What a person should know about this target.
  package var warnings: [KubeconfigWarning]

  package init(
    contextName: String? = nil, clusterName: String? = nil, userName: String? = nil,
    server: ServerAddress, namespace: String? = nil, trust: Trust = .system,
    tlsServerName: String? = nil, proxy: ProxyAddress? = nil, disableCompression: Bool = false,
    isInCluster: Bool = false, credentials: UserCredentials = UserCredentials(),
    impersonation: Impersonation? = nil, warnings: [KubeconfigWarning] = []
  ) {
    self.contextName = contextName
    self.clusterName = clusterName
    self.userName = userName
    self.server = server
    self.namespace = namespace
    self.trust = trust
    self.tlsServerName = tlsServerName
    self.proxy = proxy
    self.disableCompression = disableCompression
    self.isInCluster = isInCluster
    self.credentials = credentials
    self.impersonation = impersonation
    self.warnings = warnings
  }
}

extension ClusterTarget.Trust: CustomStringConvertible {
  package var description: String {
    switch self {
    case .certificates(let pem, let origin): return "\(pem.count) bytes of \(origin)"
    case .system: return "the system's certificates"
    case .insecure: return "insecure"
    }
  }
}

/// `Impersonate-*` headers.
package struct Impersonation: Hashable, Sendable {
  package var user: String
  package var uid: String?
  package var groups: [String]
  package var extra: [String: [String]]

  package init(
    user: String, uid: String? = nil, groups: [String] = [], extra: [String: [String]] = [:]
  ) {
    self.user = user
    self.uid = uid
    self.groups = groups
    self.extra = extra
  }
}
