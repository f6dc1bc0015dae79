package import Kubeconfig

/// The credentials of one cluster target, valid at the moment they are asked for.
///
/// Nothing is read and no plugin runs before the first question.
package actor CredentialProvider {
  private let sources: ExecCredentialSources
  private var plan: Result<AuthenticationPlan, CredentialError>

  /// - Parameter sources: the plugins of the whole program, shared by all providers.
  package init(for target: ClusterTarget, sources: ExecCredentialSources) {
    self.sources = sources
    do {
      plan = .success(try AuthenticationPlan(for: target))
    } catch {
      plan = .failure(error)
    }
  }

  /// What to send with a request that starts now.
  ///
  /// - Throws: `CredentialError`, `KubeconfigError` for a token file, or `CancellationError` when
  ///   the task was cancelled.
  package func credentials() async throws -> RequestCredentials {
    let plan = try plan.get()
    switch plan.method {
    case .none:
      return try plan.credentials()
    case .fixed(let authorization):
      return try plan.credentials(authorization: authorization.revealed)
    case .tokenFile(var file):
      defer { keep(file) }
      return try plan.credentials(
        bearer: file.currentToken(now: sources.now(), files: sources.files),
        generation: file.generation)
    case .legacyProvider(let provider):
      return try plan.credentials(bearer: provider.token(now: sources.now()))
    case .plugin(let plugin):
      return try plan.credentials(await sources.source(for: plugin).credentials())
    }
  }

  /// Other credentials than those that the server answered with 401; nil when there are none to
  /// be had, and the refusal stands.
  ///
  /// A plugin runs again once, however many requests were refused together; a token file is read
  /// again at once.
  package func refreshAfterUnauthorized(
    _ used: RequestCredentials
  ) async throws -> RequestCredentials? {
    let plan = try plan.get()
    switch plan.method {
    case .none, .fixed, .legacyProvider:
      return nil
    case .tokenFile(var file):
      defer { keep(file) }
      let token = try file.readToken(now: sources.now(), files: sources.files)
      guard file.generation != used.generation else { return nil }
      return try plan.credentials(bearer: token, generation: file.generation)
    case .plugin(let plugin):
      let source = await sources.source(for: plugin)
      guard let issue = try await source.credentials(afterRefusalOf: used.generation) else {
        return nil
      }
      return try plan.credentials(issue)
    }
  }

  private func keep(_ file: TokenFile) {
    guard case .success(var plan) = plan else { return }
    plan.method = .tokenFile(file)
    self.plan = .success(plan)
  }
}

extension AuthenticationPlan {
  fileprivate func credentials(
    _ issue: ExecCredentialSource.Issue
  ) throws(CredentialError) -> RequestCredentials {
    try credentials(
      authorization: issue.answer.token.map { "Bearer \($0.revealed)" },
      certificate: issue.answer.clientCertificate, generation: issue.generation)
  }

  fileprivate func credentials(
    bearer token: String, generation: Int = 0
  ) throws(CredentialError) -> RequestCredentials {
    try credentials(authorization: "Bearer \(token)", generation: generation)
  }

  fileprivate func credentials(
    authorization: String? = nil, certificate: UserCredentials.ClientCertificate? = nil,
    generation: Int = 0
  ) throws(CredentialError) -> RequestCredentials {
    guard authorization.map(HeaderValue.isAllowed) ?? true else {
      throw .unusableHeaderValue(of: "Authorization")
    }
    return RequestCredentials(
      authorization: authorization, clientCertificate: certificate ?? clientCertificate,
      impersonationHeaders: impersonationHeaders, generation: generation)
  }
}
