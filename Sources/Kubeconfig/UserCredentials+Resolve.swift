internal import Foundation

extension KubeconfigUser {
  var subject: String { name.isEmpty ? "the user" : "user \(quoted(name))" }

  func error(_ problem: String) -> KubeconfigError {
    .invalid(subject: subject, file: origin.file.isEmpty ? nil : origin.file, problem: problem)
  }

  var hasCredentials: Bool {
    !token.revealed.isEmpty || !tokenFile.isEmpty || !username.isEmpty
      || !password.revealed.isEmpty || !clientCertificate.isEmpty
      || !clientCertificateData.isEmpty || exec != nil || authProvider != nil
  }

  mutating func override(
    impersonate user: String, uid: String, groups: [String], extra: [String: [String]]
  ) {
    if !user.isEmpty { impersonate = user }
    if !uid.isEmpty { impersonateUID = uid }
    if !groups.isEmpty { impersonateGroups = groups }
    impersonateUserExtra.merge(extra) { _, new in new }
  }

  /// validation.go: uid, groups and extra go with a user only.
  func impersonation() throws(KubeconfigError) -> Impersonation? {
    guard !impersonate.isEmpty else {
      guard impersonateUID.isEmpty, impersonateGroups.isEmpty, impersonateUserExtra.isEmpty else {
        throw error("requesting uid, groups or user-extra without impersonating a user; give --as")
      }
      return nil
    }
    return Impersonation(
      user: impersonate, uid: impersonateUID.isEmpty ? nil : impersonateUID,
      groups: impersonateGroups, extra: impersonateUserExtra)
  }
}

extension UserCredentials {
  /// validation.go, `validateAuthInfo`; client_config.go, `getUserIdentificationPartialConfig`.
  init(
    _ user: KubeconfigUser, files: any KubeconfigFiles, warnings: inout [KubeconfigWarning]
  ) throws(KubeconfigError) {
    let hasBasic = !user.username.isEmpty || !user.password.revealed.isEmpty
    let hasToken = !user.token.revealed.isEmpty || !user.tokenFile.isEmpty
    guard !hasBasic || !hasToken else {
      throw user.error("more than one authentication method: a token and a password; remove one")
    }
    guard user.exec == nil || user.authProvider == nil else {
      throw user.error("both exec and auth-provider; remove one")
    }
    if hasBasic { basic = Basic(username: user.username, password: user.password) }
    if !user.token.revealed.isEmpty {
      guard user.token.revealed.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw user.error("the token holds a line break or another control character")
      }
      token = user.token
    }
    tokenFile = user.tokenFile.isEmpty ? nil : user.tokenFile
    clientCertificate = try Self.certificate(of: user, files: files, warnings: &warnings)
    // A token file that is the only credential must be readable at once.
    if tokenFile != nil, token == nil { _ = try bearerToken(files: files) }
    authProvider = user.authProvider
    if let plugin = user.exec {
      try Self.validate(plugin, of: user)
      let isIdle = hasBasic || hasToken || clientCertificate != nil
      exec = isIdle ? nil : plugin
    }
  }

  /// Go's HTTP client sends a URL's name and password where nothing else authorises.
  mutating func take(userInfo: Secret<String>) {
    guard basic == nil, token == nil, tokenFile == nil, exec == nil, authProvider == nil else {
      return
    }
    let parts = userInfo.revealed.split(separator: ":", maxSplits: 1).map {
      $0.removingPercentEncoding ?? String($0)
    }
    basic = Basic(
      username: parts.first ?? "", password: Secret(parts.count > 1 ? parts[1] : ""))
  }

  private static func certificate(
    of user: KubeconfigUser, files: any KubeconfigFiles, warnings: inout [KubeconfigWarning]
  ) throws(KubeconfigError) -> ClientCertificate? {
    let hasData = !user.clientCertificateData.isEmpty
    guard hasData || !user.clientCertificate.isEmpty else { return nil }
    let hasKeyData = !user.clientKeyData.revealed.isEmpty
    guard hasKeyData || !user.clientKey.isEmpty else {
      throw user.error("a client certificate without key; give client-key or client-key-data")
    }
    if hasData, !user.clientCertificate.isEmpty {
      warnings.append(
        .dataBeforeFile(
          subject: user.subject, dataField: "client-certificate-data",
          fileField: "client-certificate"))
    }
    if hasKeyData, !user.clientKey.isEmpty {
      warnings.append(
        .dataBeforeFile(
          subject: user.subject, dataField: "client-key-data", fileField: "client-key"))
    }
    let certificate = PEMSource(
      field: "client-certificate", subject: user.subject, data: user.clientCertificateData,
      path: user.clientCertificate)
    let key = PEMSource(
      field: "client-key", subject: user.subject, data: user.clientKeyData.revealed,
      path: user.clientKey)
    return ClientCertificate(
      certificatePEM: try certificate.read(files, marker: "-----BEGIN CERTIFICATE-----"),
      keyPEM: Secret(try key.read(files, marker: "PRIVATE KEY-----")), origin: certificate.origin)
  }

  private static func validate(
    _ plugin: ExecConfig, of user: KubeconfigUser
  ) throws(KubeconfigError) {
    let group = "client.authentication.k8s.io/"
    switch plugin.apiVersion {
    case group + "v1", group + "v1beta1": break
    case "": throw user.error("exec has no apiVersion; expected \"\(group)v1\"")
    case group + "v1alpha1":
      // Removed in Kubernetes 1.24.
      throw user.error(
        "exec asks for \"\(group)v1alpha1\", which kubectl 1.24 dropped; "
          + "upgrade the plugin and write \"\(group)v1beta1\"")
    default:
      throw user.error("exec has an unknown apiVersion; expected \"\(group)v1\"")
    }
    guard !plugin.command.isEmpty else { throw user.error("exec has no command") }
    guard !plugin.environment.contains(where: { $0.name.isEmpty }) else {
      throw user.error("exec has an env entry without name")
    }
    guard plugin.interactiveMode != nil else {
      throw user.error(
        "exec has no interactiveMode, which \"\(group)v1\" requires; "
          + "expected \"Never\", \"IfAvailable\" or \"Always\"")
    }
  }
}
