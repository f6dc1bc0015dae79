import Reports

extension TargetFlags {
  /// Tokens and passwords are left out: no report shows a secret.
  init(_ arguments: ParsedArguments) {
    let flags = Flags.connection
    let texts: [Flag<String?>] = [
      flags.kubeconfig, flags.kubeconfigDirectory, flags.context, flags.cluster, flags.user,
      flags.server, flags.certificateAuthority, flags.clientCertificate, flags.clientKey,
      flags.tlsServerName, flags.impersonatedUser, flags.impersonatedUID,
    ]
    var connection = texts.compactMap { flag in
      arguments[flag].map { TargetFlags.Given(name: flag.definition.spelling, value: $0) }
    }
    for group in arguments[flags.impersonatedGroups] {
      connection.append(
        .init(name: flags.impersonatedGroups.definition.spelling, value: group))
    }
    let isWhole = arguments[Flags.selection.allNamespaces]
    self.init(
      connection: connection, namespaces: isWhole ? [] : arguments[Flags.selection.namespaces])
    let sweep = Flags.sweep
    isSweep =
      arguments[sweep.allContexts] || !arguments[sweep.contexts].isEmpty
      || arguments[sweep.contextsExpression] != nil
  }
}
