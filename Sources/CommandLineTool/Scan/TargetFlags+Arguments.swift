import RegistryCatalogue
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
    judging = Self.judging(arguments)
    rules = judging.filter { $0.name == Flags.report.rules.definition.spelling }
    let sweep = Flags.sweep
    isSweep =
      arguments[sweep.allContexts] || !arguments[sweep.contexts].isEmpty
      || arguments[sweep.contextsExpression] != nil
  }

  /// What is set elsewhere holds for the next command by itself.
  private static func judging(_ arguments: ParsedArguments) -> [Given] {
    var given: [Given] = []
    func add<Value>(_ flag: Flag<Value>, _ text: (Value) -> String?) {
      guard arguments.isTyped(flag) else { return }
      if let value = text(arguments[flag]) {
        given.append(Given(name: flag.definition.spelling, value: value))
      }
    }
    let flags = Flags.report
    add(flags.asOf) { $0?.description }
    for flag in [flags.rules, flags.exceptions, flags.teamLabel] { add(flag) { $0 } }
    add(flags.include) { $0.isEmpty ? nil : $0.map(\.rawValue).sorted().joined(separator: ",") }
    for flag in [Flags.selection.helm, Flags.scanning.configMaps] where arguments.isTyped(flag) {
      if arguments[flag] { given.append(Given(name: flag.definition.spelling)) }
    }
    return given
  }
}
