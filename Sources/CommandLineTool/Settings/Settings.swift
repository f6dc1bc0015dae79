/// The defaults that the environment and the config file give to flags, before anything is typed.
struct Settings: Sendable {
  /// The config file, whether it is there or not; nil when none is wanted or there is no home.
  let path: String?
  let isFileThere: Bool
  /// By flag name: what is in force.
  let values: [String: Setting]

  /// Reads both sources. Every value is checked, also of flags that the command lacks.
  static func load(
    _ arguments: ParsedArguments, environment: Environment, table: FlagTable
  ) throws -> Settings {
    let variables = try EnvironmentSettings.read(environment.variables, table: table)
    let (path, isRequired) = location(arguments, variables: variables, environment: environment)
    var contents: [Setting]?
    if let path {
      contents = try SettingsFile(
        path: path, table: table, homeDirectory: environment.homeDirectory
      ).read()
      if contents == nil, isRequired {
        throw SettingError(
          place: .file(path, line: nil, column: nil), problem: .unreadable("no such file"))
      }
    }
    let all = Dictionary(
      ((contents ?? []) + variables).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    return Settings(
      path: path, isFileThere: contents != nil,
      values: all.filter { name, setting in
        !isDisplaced(name, strength: setting.origin.strength) { all[$0]?.origin.strength }
      })
  }

  /// The arguments with a value for each flag of the command that was not typed but is set.
  func applied(
    to arguments: ParsedArguments, table: FlagTable
  ) throws(SettingError) -> ParsedArguments {
    var result = arguments
    for (name, setting) in values where arguments.values[name] == nil {
      guard let entry = table.entry(named: name, for: arguments.command),
        entry.definition.settingScope != .nowhere,
        !Self.isDisplaced(
          name, strength: setting.origin.strength,
          by: { arguments.values[$0].map { _ in SettingOrigin.strengthOfArguments } })
      else { continue }
      do {
        result.values[name] = try entry.flag.value(of: setting.texts)
        result.origins[name] = setting.origin
      } catch {
        // Checked when it was read; two flags of one name might differ in what they take.
        throw Self.failure(setting, error, isSecret: entry.definition.isSecret)
      }
    }
    return result
  }

  // MARK: Parts

  private static func location(
    _ arguments: ParsedArguments, variables: [Setting], environment: Environment
  ) -> (path: String?, isRequired: Bool) {
    func variable<Value>(_ flag: Flag<Value>) -> String? {
      variables.first { $0.name == flag.definition.name }?.texts.last
    }
    let (file, none) = (Flags.general.configFile, Flags.general.noConfigFile)
    if arguments[none] { return (nil, false) }
    if let path = arguments[file] { return (environment.absolute(path), true) }
    if !arguments.isGiven(none), let text = variable(none), isTrue(text, of: none) {
      return (nil, false)
    }
    if let path = variable(file) { return (environment.absolute(path), true) }
    return (standardPath(environment), false)
  }

  private static func isTrue(_ text: String, of flag: Flag<Bool>) -> Bool {
    do {
      return try flag.read([text])
    } catch {
      // Another value was refused when the variables were read.
      return false
    }
  }

  /// XDG Base Directory Specification 0.8: an unset, empty or relative variable does not count.
  private static func standardPath(_ environment: Environment) -> String? {
    if let folder = environment.variables["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/gcr-report/config.yaml"
    }
    return environment.homeDirectory.map { $0 + "/.config/gcr-report/config.yaml" }
  }

  /// Flags that answer the same question: a stronger answer by one takes the weaker one of the
  /// other away. (`--all-namespaces` overrides `--namespace` by itself, whatever their strength.)
  private static let rivals: [String: [String]] = [
    Flags.selection.allNamespaces.definition.name: [Flags.selection.namespaces.definition.name],
    Flags.connection.kubeconfig.definition.name: [
      Flags.connection.kubeconfigDirectory.definition.name
    ],
    Flags.connection.kubeconfigDirectory.definition.name: [
      Flags.connection.kubeconfig.definition.name
    ],
    Flags.output.file.definition.name: [Flags.output.targets.definition.name],
    Flags.connection.context.definition.name: [
      Flags.sweep.contexts.definition.name, Flags.sweep.contextsExpression.definition.name,
      Flags.sweep.allContexts.definition.name,
    ],
  ]

  private static func isDisplaced(
    _ name: String, strength: Int, by strengthOf: (String) -> Int?
  ) -> Bool {
    rivals[name, default: []].contains { strengthOf($0) ?? -1 > strength }
  }

  private static func failure(
    _ setting: Setting, _ error: InvalidFlagValue, isSecret: Bool
  ) -> SettingError {
    let problem = SettingError.Problem.invalid(
      value: isSecret ? nil : error.value, expected: error.expected)
    switch setting.origin {
    case .environment(let name):
      return SettingError(place: .variable(name), problem: problem)
    case .file(let path, let line):
      return SettingError(
        place: .file(path, line: line, column: 1), field: setting.name, problem: problem)
    }
  }
}
