import CurlTransport
import Foundation
import Kubeconfig
import KubernetesAPI

/// From flags, environment and kubeconfig to a client of one API server.
struct ClusterAccess {
  private let invocation: Invocation
  private let sources: KubeconfigSources
  private let kubeconfig: Kubeconfig
  private let credentialSources: ExecCredentialSources

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    sources = try KubeconfigSources(invocation)
    kubeconfig = try KubeconfigLoader(sources: sources).load()
    let (policy, warnings) = try CredentialPluginPolicy.load(sources: sources)
    for warning in kubeconfig.warnings + warnings {
      invocation.diagnostics.warning(warning.description)
    }
    credentialSources = ExecCredentialSources(
      surroundings: Self.surroundings(invocation, policy: policy))
  }

  /// Of every context, in the order of the files.
  var contextNames: [String] {
    kubeconfig.contextNames
  }

  /// Nil when the files name none.
  var currentContext: String? {
    kubeconfig.currentContext.isEmpty ? nil : kubeconfig.currentContext
  }

  /// The target of `--context`, else of the current context.
  func target() throws -> ClusterTarget {
    let target = try kubeconfig.resolve(
      context: invocation.arguments[Flags.connection.context],
      overrides: KubeconfigOverrides(invocation.arguments))
    warn(of: target, invocation.diagnostics)
    return target
  }

  /// The target of a context, or why there is none.
  func target(of context: String) throws(UsageError) -> Result<ClusterTarget, KubeconfigError> {
    let overrides = try KubeconfigOverrides(invocation.arguments)
    do {
      let target = try kubeconfig.resolve(context: context, overrides: overrides)
      warn(of: target, invocation.diagnostics.about(context))
      return .success(target)
    } catch {
      return .failure(error)
    }
  }

  private func warn(of target: ClusterTarget, _ diagnostics: Diagnostics) {
    for warning in target.warnings { diagnostics.warning(warning.description) }
    if case .insecure = target.trust {
      diagnostics.warning(
        "the certificate of \"\(target.server)\" is not verified: anybody on the way can read and"
          + " change what is said")
    }
  }

  /// - Parameter context: named in the log of requests, where there are several.
  func client(for target: ClusterTarget, context: String? = nil) -> APIClient {
    let environment = invocation.environment
    let trace = RequestTrace(invocation.diagnostics.about(context))
    let proxy =
      target.proxy.map { Proxy.url($0.url.revealed) }
      ?? ProxyRules(environment: environment.variables).proxy(for: target.server.url)
    return APIClient(
      target: target,
      credentials: CredentialProvider(for: target, sources: credentialSources), proxy: proxy,
      options: .init(
        userAgent: Version.userAgent,
        requestTimeout: invocation.arguments[Flags.connection.requestTimeout],
        now: environment.now),
      log: RequestLog(listener: { trace.note($0) }, progress: progress(of: target)))
  }

  private func progress(of target: ClusterTarget) -> (@Sendable (ListProgress) -> Void)? {
    guard let progress = invocation.progress else { return nil }
    let name = target.displayName
    return { progress.note($0, of: name) }
  }

  private static func surroundings(
    _ invocation: Invocation, policy: CredentialPluginPolicy
  ) -> CredentialSurroundings {
    let environment = invocation.environment
    let diagnostics = invocation.diagnostics
    return CredentialSurroundings(
      environment: environment.variables,
      terminal: environment.terminal.isInputTerminal
        ? .available : .unavailable(because: "standard input is not a terminal"),
      gate: CredentialProcessGate(
        limit: invocation.arguments[Flags.scanning.parallelCredentials]),
      isAllowed: { policy.allows(command: $0) },
      reportLine: { command, line in diagnostics.relay("\(command): \(line)") },
      now: { Date(timeIntervalSince1970: Double(environment.now())) })
  }
}

extension KubeconfigSources {
  init(_ invocation: Invocation) throws(UsageError) {
    let (file, directory) = (
      Flags.connection.kubeconfig, Flags.connection.kubeconfigDirectory
    )
    let environment = invocation.environment
    let selection: Selection
    switch (invocation.arguments[file], invocation.arguments[directory]) {
    case (nil, nil): selection = .automatic
    case (let path?, nil): selection = .file(path)
    case (nil, let path?): selection = .directory(path)
    case (_?, _?):
      throw .contradiction(file.definition.spelling, directory.definition.spelling)
    }
    self.init(
      selection: selection, environment: environment.variables,
      homeDirectory: environment.homeDirectory, workingDirectory: environment.currentDirectory)
  }
}

extension KubeconfigOverrides {
  fileprivate init(_ arguments: ParsedArguments) throws(UsageError) {
    self.init()
    let flags = Flags.connection
    cluster = arguments[flags.cluster] ?? ""
    user = arguments[flags.user] ?? ""
    server = arguments[flags.server] ?? ""
    tlsServerName = arguments[flags.tlsServerName] ?? ""
    insecureSkipTLSVerify = arguments[flags.insecureSkipTLSVerify]
    certificateAuthority = arguments[flags.certificateAuthority] ?? ""
    clientCertificate = arguments[flags.clientCertificate] ?? ""
    clientKey = arguments[flags.clientKey] ?? ""
    token = Secret(arguments[flags.token] ?? "")
    username = arguments[flags.username] ?? ""
    password = Secret(arguments[flags.password] ?? "")
    asUser = arguments[flags.impersonatedUser] ?? ""
    asUID = arguments[flags.impersonatedUID] ?? ""
    asGroups = arguments[flags.impersonatedGroups]
    asUserExtra = try Self.extra(arguments[flags.impersonatedExtra])
    disableCompression = arguments[flags.disableCompression]
  }

  /// `KEY=VALUE`, repeatable; one key may have several values.
  private static func extra(_ pairs: [String]) throws(UsageError) -> [String: [String]] {
    var extra: [String: [String]] = [:]
    for pair in pairs {
      guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else {
        throw UsageError.invalidValue(
          flag: Flags.connection.impersonatedExtra.definition.spelling, value: pair,
          expected: "KEY=VALUE")
      }
      extra[String(pair[..<sign]), default: []].append(
        String(pair[pair.index(after: sign)...]))
    }
    return extra
  }
}
