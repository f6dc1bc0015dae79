extension Kubeconfig {
  /// The target of a context: `context`, else `current-context`; flags go before the files.
  ///
  /// client-go's `DirectClientConfig.ClientConfig` and `DeferredLoadingClientConfig`
  /// (tools/clientcmd/client_config.go, merged_client_builder.go), with three departures, each
  /// where kubectl would go on with something nobody meant: no `http://localhost:8080` as the
  /// last resort, `--token` is not outdone by the kubeconfig's `tokenFile`, and `--token` or
  /// `--username` replaces the other kind in the kubeconfig.
  package func resolve(
    context: String? = nil, overrides: KubeconfigOverrides = KubeconfigOverrides()
  ) throws(KubeconfigError) -> ClusterTarget {
    let asked = context.flatMap { $0.isEmpty ? nil : $0 }
    let contextName = asked ?? currentContext
    var chosen: KubeconfigContext?
    if !contextName.isEmpty {
      chosen = self.context(named: contextName)
      guard chosen != nil else {
        throw .unknownContext(name: contextName, isCurrent: asked == nil, known: contextNames)
      }
    }
    if chosen == nil, overrides.server.isEmpty, overrides.cluster.isEmpty {
      if let target = try inClusterTarget(overrides) { return target }
      if files.isEmpty { throw .nothingConfigured(missing: missingFiles) }
      throw .noCurrentContext(files: files, known: contextNames)
    }

    var warnings: [KubeconfigWarning] = []
    let cluster = try mergedCluster(chosen, overrides)
    let user = try mergedUser(chosen, overrides, warnings: &warnings)
    let server = try address(of: cluster)
    let impersonation = try user.impersonation()
    var credentials = UserCredentials()
    var trust = ClusterTarget.Trust.system
    if server.isSecure {
      credentials = try UserCredentials(user, files: sources.files, warnings: &warnings)
      trust = try self.trust(in: cluster, warnings: &warnings)
      if let userInfo = server.userInfo { credentials.take(userInfo: userInfo) }
    } else if user.hasCredentials {
      // client_config.go: "only try to read the auth information if we are secure".
      warnings.append(.credentialsNotSent(server: server.text))
    }
    credentials.exec?.clusterConfig = cluster.execExtension
    let namespace = overrides.namespace.isEmpty ? chosen?.namespace ?? "" : overrides.namespace
    return ClusterTarget(
      contextName: chosen?.name, clusterName: cluster.name.isEmpty ? nil : cluster.name,
      userName: user.name.isEmpty ? nil : user.name, server: server,
      namespace: namespace.isEmpty ? nil : namespace, trust: trust,
      tlsServerName: cluster.tlsServerName.isEmpty ? nil : cluster.tlsServerName,
      proxy: try proxy(of: cluster), disableCompression: cluster.disableCompression,
      isInCluster: false, credentials: credentials, impersonation: impersonation,
      warnings: warnings)
  }

  private static let flags = KubeconfigOrigin(file: "", line: 0, column: 0)

  /// client_config.go, `getCluster`.
  private func mergedCluster(
    _ context: KubeconfigContext?, _ overrides: KubeconfigOverrides
  ) throws(KubeconfigError) -> KubeconfigCluster {
    let name = overrides.cluster.isEmpty ? context?.cluster ?? "" : overrides.cluster
    var cluster = KubeconfigCluster(name: name, origin: Self.flags)
    if let found = self.cluster(named: name) {
      cluster = found
    } else if !overrides.cluster.isEmpty || overrides.server.isEmpty {
      throw .unknownCluster(
        name: name, context: overrides.cluster.isEmpty ? context?.name : nil,
        known: clusters.map(\.name))
    }
    if !overrides.server.isEmpty { cluster.server = Secret(overrides.server) }
    if !overrides.tlsServerName.isEmpty || !overrides.server.isEmpty {
      cluster.tlsServerName = overrides.tlsServerName
    }
    if overrides.insecureSkipTLSVerify || !overrides.certificateAuthority.isEmpty {
      cluster.insecureSkipTLSVerify = overrides.insecureSkipTLSVerify
      cluster.certificateAuthority = flagPath(overrides.certificateAuthority)
      cluster.certificateAuthorityData = []
    }
    if !overrides.proxyURL.revealed.isEmpty { cluster.proxyURL = overrides.proxyURL }
    if overrides.disableCompression { cluster.disableCompression = true }
    return cluster
  }

  /// client_config.go, `getAuthInfo`.
  private func mergedUser(
    _ context: KubeconfigContext?, _ overrides: KubeconfigOverrides,
    warnings: inout [KubeconfigWarning]
  ) throws(KubeconfigError) -> KubeconfigUser {
    let name = overrides.user.isEmpty ? context?.user ?? "" : overrides.user
    var user = KubeconfigUser(name: name, origin: Self.flags)
    if let found = self.user(named: name) {
      user = found
    } else if !overrides.user.isEmpty {
      throw .unknownUser(name: name, known: users.map(\.name))
    } else if let context, !name.isEmpty {
      warnings.append(.unknownUser(name: name, context: context.name))
    }
    if !overrides.clientCertificate.isEmpty {
      user.clientCertificate = flagPath(overrides.clientCertificate)
      user.clientCertificateData = []
    }
    if !overrides.clientKey.isEmpty {
      user.clientKey = flagPath(overrides.clientKey)
      user.clientKeyData = Secret([])
    }
    let hasBasic = !overrides.username.isEmpty || !overrides.password.revealed.isEmpty
    if !overrides.token.revealed.isEmpty {
      user.token = overrides.token
      user.tokenFile = ""
      if !hasBasic { (user.username, user.password) = ("", Secret("")) }
    } else if hasBasic {
      (user.token, user.tokenFile) = (Secret(""), "")
    }
    if !overrides.username.isEmpty { user.username = overrides.username }
    if !overrides.password.revealed.isEmpty { user.password = overrides.password }
    user.override(
      impersonate: overrides.asUser, uid: overrides.asUID, groups: overrides.asGroups,
      extra: overrides.asUserExtra)
    return user
  }

  private func flagPath(_ path: String) -> String {
    path.isEmpty ? "" : sources.absolute(path)
  }

  private func address(of cluster: KubeconfigCluster) throws(KubeconfigError) -> ServerAddress {
    guard !cluster.server.revealed.isEmpty else {
      throw cluster.error("no server; expected an address like https://host:6443")
    }
    guard let server = ServerAddress(cluster.server.revealed) else {
      throw cluster.error("server is no http or https address; expected one like https://host:6443")
    }
    return server
  }

  private func proxy(of cluster: KubeconfigCluster) throws(KubeconfigError) -> ProxyAddress? {
    guard !cluster.proxyURL.revealed.isEmpty else { return nil }
    guard let proxy = ProxyAddress(cluster.proxyURL.revealed) else {
      throw cluster.error("proxy-url is no http, https or socks5 address")
    }
    return proxy
  }

  /// transport.go, `TLSConfigFor`; validation.go, `validateClusterInfo`.
  private func trust(
    in cluster: KubeconfigCluster, warnings: inout [KubeconfigWarning]
  ) throws(KubeconfigError) -> ClusterTarget.Trust {
    let hasData = !cluster.certificateAuthorityData.isEmpty
    let hasFile = !cluster.certificateAuthority.isEmpty
    if cluster.insecureSkipTLSVerify {
      guard !hasData, !hasFile else {
        throw cluster.error(
          "specifying a root certificates file with the insecure flag is not allowed; "
            + "remove insecure-skip-tls-verify")
      }
      return .insecure
    }
    guard hasData || hasFile else { return .system }
    if hasData, hasFile {
      warnings.append(
        .dataBeforeFile(
          subject: cluster.subject, dataField: "certificate-authority-data",
          fileField: "certificate-authority"))
    }
    let material = PEMSource(
      field: "certificate-authority", subject: cluster.subject,
      data: cluster.certificateAuthorityData, path: cluster.certificateAuthority)
    let pem = try material.read(sources.files, marker: "-----BEGIN CERTIFICATE-----")
    return .certificates(pem: pem, origin: material.origin)
  }
}

extension KubeconfigCluster {
  fileprivate var subject: String { name.isEmpty ? "the cluster" : "cluster \(quoted(name))" }

  fileprivate func error(_ problem: String) -> KubeconfigError {
    .invalid(subject: subject, file: origin.file.isEmpty ? nil : origin.file, problem: problem)
  }
}
