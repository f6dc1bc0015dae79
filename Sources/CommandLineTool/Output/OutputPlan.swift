import Reports

/// Which formats go where: what `-o`, `--output-file` and `--columns` say together.
struct OutputPlan: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    case standardOutput
    case file(FileNameTemplate)
  }

  struct Entry: Hashable, Sendable {
    let format: OutputFormat
    let place: Place
  }

  /// In the order typed.
  let entries: [Entry]
  /// Of csv; nil: all.
  let columns: [String]?
  /// How many files of each dated output stay; 0: all.
  let keep: Int

  init(_ arguments: ParsedArguments) throws(OutputPlanError) {
    var targets = arguments[Flags.output.targets]
    if let file = arguments[Flags.output.file] {
      guard targets.count == 1 else { throw .fileForSeveralOutputs(file) }
      if let other = targets[0].file { throw .twoFiles(other, file) }
      targets[0].file = file
    }
    var entries: [Entry] = []
    for target in targets {
      // As everywhere on a command line, - is standard output.
      let file = target.file == "-" ? nil : target.file
      let place: Place =
        if let file { .file(try FileNameTemplate(file)) } else { .standardOutput }
      if let other = entries.first(where: { $0.place == place }) {
        guard let file else {
          throw .twoToStandardOutput(other.format, target.format)
        }
        throw .twoToOneFile(other.format, target.format, file: file)
      }
      entries.append(Entry(format: target.format, place: place))
    }
    let columns = arguments[Flags.output.columns]
    // What is set rather than typed waits for the day when a format has use for it.
    if arguments.isTyped(Flags.output.columns), !columns.isEmpty,
      !entries.contains(where: { $0.format == .csv })
    {
      throw .columnsWithoutCSV
    }
    if arguments.isTyped(Flags.output.by), let dimension = arguments[Flags.output.by],
      !entries.contains(where: \.format.canGroup),
      let format = entries.first?.format
    {
      throw .groupingWithoutTable(dimension, format)
    }
    keep = arguments[Flags.output.keep]
    if keep > 0 { try Self.checkRotation(entries, isTyped: arguments.isTyped(Flags.output.keep)) }
    self.entries = entries
    self.columns = columns.isEmpty ? nil : columns
  }

  private static func checkRotation(
    _ entries: [Entry], isTyped: Bool
  ) throws(OutputPlanError) {
    var hasDated = false
    for case .file(let template) in entries.map(\.place) {
      if template.hasDatedFolder { throw .datedFolder(template.text) }
      hasDated = hasDated || template.isDated
    }
    if !hasDated && isTyped { throw .nothingToRotate }
  }
}

/// Outputs that contradict each other; the exit status is 2.
enum OutputPlanError: Error, Hashable {
  case twoToStandardOutput(OutputFormat, OutputFormat)
  case twoToOneFile(OutputFormat, OutputFormat, file: String)
  /// `--output-file` beside several `-o`.
  case fileForSeveralOutputs(String)
  /// `-o FORMAT=FILE` and `--output-file`.
  case twoFiles(String, String)
  case unknownPlaceholder(String, file: String)
  case columnsWithoutCSV
  /// `--keep`, and every file is written anew each time.
  case nothingToRotate
  /// `--keep`, and a folder for each day.
  case datedFolder(String)
  /// `--by`, and no format that groups.
  case groupingWithoutTable(GroupDimension, OutputFormat)
}

func describe(_ error: OutputPlanError) -> String {
  switch error {
  case .twoToStandardOutput(let first, let second):
    return "\"\(first.rawValue)\" and \"\(second.rawValue)\" both go to standard output; give one"
      + " a file: -o \(second.rawValue)=FILE"
  case .twoToOneFile(let first, let second, let file):
    return "\"\(first.rawValue)\" and \"\(second.rawValue)\" both go to \"\(file)\"; give each a"
      + " file of its own"
  case .fileForSeveralOutputs(let file):
    return "\"--output-file \(file)\" needs exactly one -o; give each output its file with"
      + " -o FORMAT=FILE"
  case .twoFiles(let first, let second):
    return "the output has two files, \"\(first)\" and \"\(second)\"; expected -o FORMAT=FILE or"
      + " --output-file, not both"
  case .unknownPlaceholder(let placeholder, let file):
    return "unknown placeholder \"\(placeholder)\" in file name \"\(file)\"; expected %d (date),"
      + " %t (time), %c (context) or %% for a percent sign"
  case .columnsWithoutCSV:
    return "\"--columns\" chooses columns of csv, and no output is csv; add -o csv"
  case .nothingToRotate:
    return "\"--keep\" counts files with a date in their name, and no output has one; add"
      + " -o FORMAT=FILE with %d in FILE"
  case .datedFolder(let file):
    return "\"--keep\" removes files, never folders, and \"\(file)\" names a folder by date; give"
      + " the file the date"
  case .groupingWithoutTable(let dimension, let format):
    let able = WordList.either(OutputFormat.allCases.filter(\.canGroup).map(\.rawValue))
    return
      "\"--by \(dimension.rawValue)\" groups \(able), and \"\(format.rawValue)\" always holds every"
      + " finding; leave out --by, or add -o table"
  }
}
