/// Which flags of `policy` go together: none is taken and then ignored.
struct PolicyUsage {
  private let arguments: ParsedArguments
  private let table: FlagTable

  init(_ arguments: ParsedArguments) {
    self.arguments = arguments
    table = FlagTable(groups: Flags.groups, commands: [.policy])
  }

  func check() throws(UsageError) {
    let flags = Flags.policy
    let rehearses = arguments[flags.rehearse]
    if rehearses, arguments[Flags.source.outputDirectory] != nil {
      throw .contradiction(
        flags.rehearse.definition.spelling, Flags.source.outputDirectory.definition.spelling)
    }
    if arguments[Flags.source.outputDirectory] != nil, arguments.isTyped(flags.action) {
      // The folder holds every step.
      throw .contradiction(
        Flags.source.outputDirectory.definition.spelling, flags.action.definition.spelling)
    }
    guard !rehearses else { return }
    if let flag = flagOfRehearsals { throw .needsOther(flag, [flags.rehearse.definition.spelling]) }
  }

  /// The first flag typed that a policy on its own could not obey.
  private var flagOfRehearsals: String? {
    let connects = arguments[Flags.policy.engine] == nil
    let definition = table.entries.map(\.definition).first { definition in
      guard arguments.isTyped(named: definition.name) else { return false }
      switch definition.category {
      case .selection: return definition.name != Flags.filter.rules.definition.name
      case .report: return !Self.ofPolicies.contains(definition.name)
      case .scanning: return !Self.ofConnections.contains(definition.name) || !connects
      case .status: return true
      case .connection: return !connects
      case .source: return definition.name == Flags.source.from.definition.name && !connects
      case .policy: return definition.name == Flags.policy.form.definition.name
      default: return false
      }
    }
    return definition?.spelling
  }

  private static let ofPolicies: Set = [
    Flags.report.rules.definition.name, Flags.report.asOf.definition.name,
  ]
  private static let ofConnections: Set = [Flags.scanning.parallelCredentials.definition.name]
}
