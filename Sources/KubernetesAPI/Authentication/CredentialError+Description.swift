import Glibc

extension CredentialError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .plugin(let command, .notFound(let hint)) where hint.isEmpty && command.contains("/"):
      return """
        credential plugin "\(command)" is no file that can be executed; install it, or correct \
        its path in the kubeconfig
        """
    case .plugin(let command, let problem):
      return "credential plugin \"\(command)\" \(problem.predicate)"
    case .authProviderReplaced(let user, let provider, let plugin, let command):
      return """
        user "\(user)" uses the auth provider "\(provider)", which kubectl no longer has; \
        install \(plugin) and run "\(command)"
        """
    case .authProviderUnknown(let user, let provider):
      return """
        user "\(user)" uses the unknown auth provider "\(provider)", expected "oidc"; \
        configure an exec credential plugin instead
        """
    case .oidcTokenMissing(let user):
      return "user \"\(user)\" has no OIDC id-token; \(Self.oidcLogin)"
    case .oidcTokenUnreadable(let user):
      return """
        the OIDC id-token of user "\(user)" is not a JSON web token with an expiry; \
        \(Self.oidcLogin)
        """
    case .oidcTokenExpired(let user, let since, let canBeRefreshed):
      let next =
        canBeRefreshed
        ? "run \"kubectl version\", which refreshes it, or \(Self.oidcLogin)" : Self.oidcLogin
      return """
        the OIDC id-token of user "\(user)" expired at \(RFC3339.text(of: since)); \(next)
        """
    case .unusableHeaderValue(let name):
      return "the value for \"\(name)\" contains a control character; remove it"
    }
  }

  private static let oidcLogin =
    "sign in again with kubelogin (\"kubectl oidc-login\") or your provider's own command"

  static func words(for code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }

  static func words(for time: Duration) -> String {
    let seconds = time / .seconds(1)
    return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(Int(seconds * 1000)) ms"
  }
}

extension CredentialError.PluginProblem {
  /// The rest of a sentence that begins with the plugin's name.
  fileprivate var predicate: String {
    switch self {
    case .unsupportedAPIVersion(let version):
      """
      is configured for apiVersion "\(version)", expected \
      "client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"; \
      update the plugin and have it write the kubeconfig anew
      """
    case .interactiveModeMissing:
      """
      has no interactiveMode, which client.authentication.k8s.io/v1 requires; \
      set "exec.interactiveMode" to "Never", "IfAvailable" or "Always"
      """
    case .denied:
      """
      is not allowed by the credentialPluginPolicy of your kuberc; \
      add it to credentialPluginAllowlist there
      """
    case .terminalNeeded(let reason):
      "needs a terminal to ask you, but \(reason); run it from a terminal"
    case .notFound(let hint) where hint.isEmpty:
      """
      is not installed: PATH (without the current folder) holds no such executable; \
      install it or write its full path into the kubeconfig
      """
    case .notFound(let hint):
      "is not installed; its kubeconfig says: \(hint)"
    case .notStarted(let code):
      "could not be started: \(CredentialError.words(for: code)); run it by hand to see why"
    case .failed(let status):
      "failed with exit status \(status); its messages went to standard error"
    case .signalled(let signal):
      "was ended by signal \(signal); run it by hand to see why"
    case .statusLost(let code):
      "ended in an unknown way: \(CredentialError.words(for: code)); try again"
    case .timedOut(let limit):
      """
      gave no answer within \(CredentialError.words(for: limit)) and was ended; \
      run it by hand to see what it waits for
      """
    default: answerPredicate
    }
  }

  private var answerPredicate: String {
    switch self {
    case .outputTooLarge(let limit):
      "printed more than \(limit) bytes and was ended; \(Self.expectation)"
    case .outputEmpty:
      "printed nothing on standard output; \(Self.expectation)"
    case .outputNotJSON:
      "printed something that is not JSON; \(Self.expectation)"
    case .outputOfWrongKind:
      "printed an object that is not an ExecCredential; \(Self.expectation)"
    case .outputOfWrongVersion(let found, let expected):
      """
      answered with apiVersion \(found.map { "\"\($0)\"" } ?? "of another kind"), \
      expected "\(expected)"; set "exec.apiVersion" in the kubeconfig to what the plugin speaks
      """
    case .outputFieldInvalid(let field):
      "answered with an invalid field \"\(field)\"; \(Self.expectation)"
    case .outputWithoutStatus:
      "answered without a status; \(Self.expectation)"
    case .outputWithoutCredential:
      "answered with neither a token nor a client certificate; sign in again with its own tool"
    case .certificateWithoutKey:
      "answered with a client certificate but no key; update the plugin"
    case .keyWithoutCertificate:
      "answered with a client key but no certificate; update the plugin"
    case .certificateNotPEM:
      "answered with a client certificate or key that is not PEM; update the plugin"
    case .tokenUnusable:
      "answered with a token that contains a control character; update the plugin"
    default: "failed; run it by hand to see why"
    }
  }

  private static let expectation =
    "expected one ExecCredential object; run it by hand to see what it prints"
}
