/// Defaults for flags from the environment: `GCR_REPORT_FAIL_ON` stands for `--fail-on`.
enum EnvironmentSettings {
  static let prefix = "GCR_REPORT_"

  /// `GCR_REPORT_FAIL_ON` for `fail-on`.
  static func variable(for flag: String) -> String {
    prefix + flag.uppercased().split(separator: "-").joined(separator: "_")
  }

  /// One setting for each variable that is set and not empty. A flag that collects values takes one
  /// from each line, or as the flag itself parts them.
  static func read(
    _ variables: [String: String], table: FlagTable
  ) throws(SettingError) -> [Setting] {
    var settings: [Setting] = []
    let known = Dictionary(
      table.entries.map { (variable(for: $0.definition.name), $0.definition.name) },
      uniquingKeysWith: { first, _ in first })
    // In order, so that of several mistakes it is always the same that is reported.
    for (variable, value) in variables.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix(prefix) && !value.isEmpty && !isOfService(variable) {
      guard let name = known[variable] else {
        let typed = variable.dropFirst(prefix.count).lowercased()
        let nearest = Suggestion.nearest(
          to: typed.split(separator: "_").joined(separator: "-"), among: known.values.sorted())
        throw SettingError(
          place: .variable(variable),
          problem: .unknown(suggestion: nearest.map(Self.variable)))
      }
      guard let entry = table.settableEntry(named: name) else {
        throw SettingError(place: .variable(variable), problem: .notASetting)
      }
      let collects = entry.definition.repetition != .lastWins
      let texts =
        collects
        ? value.split(whereSeparator: \.isNewline).map(String.init) : [value]
      do {
        _ = try entry.flag.value(of: texts)
      } catch {
        throw SettingError(
          place: .variable(variable),
          problem: .invalid(
            value: entry.definition.isSecret ? nil : error.value, expected: error.expected))
      }
      settings.append(Setting(name: name, texts: texts, origin: .environment(variable)))
    }
    return settings
  }

  /// What the kubelet sets in every container beside a Service named `gcr-report`
  /// (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
  private static func isOfService(_ variable: String) -> Bool {
    let rest = variable.dropFirst(prefix.count)
    return ["SERVICE_HOST", "SERVICE_PORT", "PORT"].contains(rest)
      || rest.hasPrefix("SERVICE_PORT_") || rest.hasPrefix("PORT_")
  }
}

extension FlagTable {
  /// The flag of this name that may be set outside the arguments.
  func settableEntry(named name: String) -> Entry? {
    entries(named: name).first { $0.definition.settingScope != .nowhere }
  }
}
