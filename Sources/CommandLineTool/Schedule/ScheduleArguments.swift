import Inventory
import RegistryCatalogue
import Scheduling

/// What the scan inside the cluster is called with.
struct ScheduleArguments {
  let words: [String]

  init(_ arguments: ParsedArguments, _ values: ScheduleValues, _ files: ScheduleFiles) {
    let folder = ScheduledScan.reportFolder
    let output = Flags.output
    let dated = "\(folder)/\(values.name)-%dT%t"
    var words = [
      Self.word(output.targets, "csv=\(dated).csv"),
      Self.word(output.targets, "json=\(dated).json"),
      Self.word(output.targets, "prometheus=\(folder)/\(values.name).prom"),
      Self.word(output.lock, "\(folder)/.\(values.name).lock"),
      Self.word(Flags.sweep.clusterTimeout, "\(ScheduledScan.scanMinutes)m"),
      Self.word(Flags.general.logForm, LogForm.json.rawValue),
      Self.word(Flags.scanning.cacheDirectory, "\(ScheduledScan.scratchFolder)/cache"),
    ]
    if values.keep > 0 { words.append(Self.word(output.keep, "\(values.keep)")) }
    words += Self.passed(arguments)
    if let path = files.path(of: ScheduleFiles.rulesName) {
      words.append(Self.word(Flags.report.rules, path))
    }
    if let path = files.path(of: ScheduleFiles.exceptionsName) {
      words.append(Self.word(Flags.report.exceptions, path))
    }
    self.words = words
  }

  /// The flags of a scan that mean the same to it inside the cluster.
  private static func passed(_ arguments: ParsedArguments) -> [String] {
    var words: [String] = []
    let switches = [
      Flags.selection.helm, Flags.scanning.configMaps, Flags.scanning.noCustomResources,
      Flags.report.allImages, Flags.status.requireComplete,
    ]
    words += switches.filter { arguments[$0] }.map(\.definition.spelling)
    for flag in [Flags.scanning.kinds, Flags.scanning.excludedKinds] {
      let names = arguments[flag]
      if !names.isEmpty { words.append(word(flag, names.joined(separator: ","))) }
    }
    let excluded = arguments[Flags.filter.excludedNamespaces]
    if !excluded.isEmpty {
      words.append(
        word(Flags.filter.excludedNamespaces, excluded.map(\.text).joined(separator: ",")))
    }
    for flag in [Flags.report.teamLabel, Flags.report.clusterName] {
      if let text = arguments[flag] { words.append(word(flag, text)) }
    }
    if arguments.isGiven(Flags.scanning.maximumNamespaces) {
      let limit = Flags.scanning.maximumNamespaces
      words.append(word(limit, "\(arguments[limit])"))
    }
    let extras = arguments[Flags.report.include].map(\.rawValue).sorted()
    if !extras.isEmpty {
      words.append(word(Flags.report.include, extras.joined(separator: ",")))
    }
    if let level = arguments[Flags.status.failOn] {
      words.append(word(Flags.status.failOn, level.rawValue))
    }
    return words
  }

  /// `--flag=value`: one word, whatever the value begins with.
  private static func word<Value>(_ flag: Flag<Value>, _ value: String) -> String {
    "\(flag.definition.spelling)=\(value)"
  }
}
