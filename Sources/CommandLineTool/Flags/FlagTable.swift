/// Every flag of the program, in the order that help shows them.
///
/// Parsing, help and the README's reference all read this one table.
struct FlagTable: Sendable {
  struct Entry: Sendable {
    let definition: FlagDefinition
    let flag: any ReadableFlag
  }

  let entries: [Entry]

  /// The flags that act on at least one of `commands`; the rest are as unknown as a typo.
  init(groups: [any FlagGroup] = Flags.groups, commands: Set<CommandName>) {
    entries = groups.flatMap(Self.entries(of:)).filter {
      !$0.definition.commands.isDisjoint(with: commands)
    }
  }

  /// Several commands may each have a flag of this name, of the same arity (a test sees to it).
  func entries(named name: String) -> [Entry] {
    entries.filter { $0.definition.name == name }
  }

  func entry(named name: String, for command: CommandName) -> Entry? {
    entries.first { $0.definition.name == name && $0.definition.commands.contains(command) }
  }

  func entry(short: Character) -> Entry? {
    entries.first { $0.definition.short == short }
  }

  func definitions(for command: CommandName) -> [FlagDefinition] {
    entries.map(\.definition).filter { $0.commands.contains(command) }
  }

  private static func entries(of group: any FlagGroup) -> [Entry] {
    let kind = type(of: group)
    return group.flags.map { flag in
      var definition = flag.definition
      definition.category = kind.category
      if definition.commands.isEmpty {
        definition.commands = kind.commands
      }
      return Entry(definition: definition, flag: flag)
    }
  }
}

/// The declared flags, by group: `Flags.scanning.chunkSize`.
enum Flags {
  static let selection = SelectionFlags()
  static let filter = FilterFlags()
  static let files = FilesFlags()
  static let source = SourceFlags()
  static let fix = FixFlags()
  static let check = CheckFlags()
  static let policy = PolicyFlags()
  static let mirror = MirrorFlags()
  static let output = OutputFlags()
  static let report = ReportFlags()
  static let status = StatusFlags()
  static let scanning = ScanningFlags()
  static let sweep = SweepFlags()
  static let history = HistoryFlags()
  static let schedule = ScheduleFlags()
  static let connection = ConnectionFlags()
  static let general = GeneralFlags()

  static let groups: [any FlagGroup] = [
    selection, filter, files, source, fix, mirror, policy, check, output, report, status,
    scanning, sweep, history, schedule, connection, general,
  ]
}
