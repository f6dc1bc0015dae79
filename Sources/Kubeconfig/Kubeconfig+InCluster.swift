extension Kubeconfig {
  private static let folder = "/var/run/secrets/kubernetes.io/serviceaccount"

  /// The pod's own cluster, or nil outside of pods.
  ///
  /// client-go's `rest.InClusterConfig` and `inClusterClientConfig`: used where neither a context
  /// nor a flag names a cluster. `--token`, `--certificate-authority` and `--as` go before.
  func inClusterTarget(
    _ overrides: KubeconfigOverrides
  ) throws(KubeconfigError) -> ClusterTarget? {
    let environment = sources.environment
    guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
      let port = environment["KUBERNETES_SERVICE_PORT"], !port.isEmpty,
      content(of: "token") != nil
    else { return nil }
    let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    guard let server = ServerAddress("https://" + authority) else {
      throw .invalid(
        subject: "this pod's environment", file: nil,
        problem: "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address")
    }
    var user = KubeconfigUser(
      name: "", origin: KubeconfigOrigin(file: Self.folder, line: 0, column: 0))
    user.override(
      impersonate: overrides.asUser, uid: overrides.asUID, groups: overrides.asGroups,
      extra: overrides.asUserExtra)
    var credentials = UserCredentials()
    if overrides.token.revealed.isEmpty {
      credentials.tokenFile = Self.folder + "/token"
    } else {
      credentials.token = overrides.token
    }
    return ClusterTarget(
      contextName: nil, clusterName: nil, userName: nil, server: server,
      namespace: overrides.namespace.isEmpty ? ownNamespace : overrides.namespace,
      trust: try inClusterTrust(overrides),
      tlsServerName: overrides.tlsServerName.isEmpty ? nil : overrides.tlsServerName,
      proxy: nil, disableCompression: overrides.disableCompression, isInCluster: true,
      credentials: credentials, impersonation: try user.impersonation(), warnings: [])
  }

  private func inClusterTrust(
    _ overrides: KubeconfigOverrides
  ) throws(KubeconfigError) -> ClusterTarget.Trust {
    let hasFlag = !overrides.certificateAuthority.isEmpty
    if overrides.insecureSkipTLSVerify, !hasFlag { return .insecure }
    // client-go goes on with the system's certificates if a pod has no ca.crt.
    guard hasFlag || content(of: "ca.crt") != nil else { return .system }
    let path =
      hasFlag ? sources.absolute(overrides.certificateAuthority) : Self.folder + "/ca.crt"
    let material = PEMSource(
      field: "certificate-authority", subject: "this pod's cluster", data: [], path: path)
    return .certificates(
      pem: try material.read(sources.files, marker: "-----BEGIN CERTIFICATE-----"),
      origin: material.origin)
  }

  /// `POD_NAMESPACE` by the downward API, else the service account's.
  private var ownNamespace: String? {
    if let name = sources.environment["POD_NAMESPACE"], !name.isEmpty { return name }
    let words = content(of: "namespace").map {
      String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    }
    return words?.first.map { String($0) }
  }

  /// nil where there is none; pods without service account are no error.
  private func content(of name: String) -> [UInt8]? {
    do {
      return try sources.files.read(Self.folder + "/" + name)
    } catch {
      return nil
    }
  }
}
