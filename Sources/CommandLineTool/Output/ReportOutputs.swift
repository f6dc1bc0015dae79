import RegistryCatalogue
import Reports

/// Renders a report in every format that was asked for and puts each where it belongs.
struct ReportOutputs {
  private let invocation: Invocation
  let plan: OutputPlan
  /// Whether what failed is the reading of clusters, rather than that of the reports of others.
  private let isOfScan: Bool

  /// Reads the flags, so that outputs that contradict each other end the run before any request.
  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    plan = try OutputPlan(invocation.arguments)
    isOfScan = invocation.arguments.command == .scan
  }

  /// Nil when nothing on standard output can be written cluster by cluster.
  func stream() throws(UsageError) -> SweepStream? {
    try SweepStream(plan, invocation, options(isFile: false))
  }

  /// Files first, then standard output. False when one could not be written, which is said; the
  /// others are written all the same. What `stream` wrote is left to it.
  func write(_ report: Report, except stream: SweepStream? = nil) -> Bool {
    if plan.entries.contains(where: { $0.format == .name }) { sayGaps(of: report) }
    if let filtered = report.filterInWords,
      plan.entries.contains(where: { !Self.formatsThatCount.contains($0.format) })
    {
      invocation.diagnostics.note(filtered)
    }
    let output = plan.entries.filter {
      $0.place == .standardOutput && stream?.writes($0) != true
    }
    return write(report, to: files + output)
  }

  /// The same without standard output.
  func writeFiles(_ report: Report) -> Bool {
    write(report, to: files)
  }

  private var files: [OutputPlan.Entry] {
    plan.entries.filter { $0.place != .standardOutput }
  }

  private func write(_ report: Report, to entries: [OutputPlan.Entry]) -> Bool {
    var isWhole = true
    for entry in entries {
      do {
        try write(report, entry)
      } catch {
        isWhole = false
        invocation.diagnostics.error(describe(error))
      }
    }
    return isWhole
  }

  /// Formats with a place for how much a filter left out; of the others it is said on standard
  /// error.
  private static let formatsThatCount: Set<OutputFormat> = [
    .table, .wide, .json, .yaml, .sarif, .junit, .prometheus, .github, .markdown, .html,
  ]

  private func write(_ report: Report, _ entry: OutputPlan.Entry) throws(OutputError) {
    switch entry.place {
    case .standardOutput:
      let output = invocation.environment.standardOutput
      try renderPieces(report, as: entry.format, options: options(isFile: false)) {
        (piece) throws(OutputError) in
        try output.write(piece)
      }
    case .file(let template):
      guard template.namesContext else {
        try write(report, as: entry.format, to: template, context: "")
        return
      }
      // A file for each cluster.
      var taken: Set<String> = []
      for cluster in report.clusters {
        let name = cluster.displayName
        var context = name
        // Two names may be one as parts of a file name.
        while !taken.insert(FileNameTemplate.safe(context)).inserted {
          context = "\(taken.count)-\(name)"
        }
        var part = report
        part.clusters = [cluster]
        try write(part, as: entry.format, to: template, context: context)
      }
    }
  }

  private func write(
    _ report: Report, as format: OutputFormat, to template: FileNameTemplate, context: String
  ) throws(OutputError) {
    let isUnread = isOfScan && report.isUnread
    if isUnread {
      let (name, path) = place(template, time: report.scannedAt, context: context)
      switch UnreadReport(format, path: path) {
      case .written: break
      case .kept:
        invocation.diagnostics.warning(
          "\"\(name)\" stays as it was: the new report holds nothing that was read")
        return
      case .leftOut:
        invocation.diagnostics.warning(
          "\"\(name)\" is not written: an empty list would say that there is nothing to find")
        return
      }
    }
    try write(
      render(report, as: format, options: options(isFile: true)), to: template,
      time: report.scannedAt, context: context, removesOld: !isUnread)
  }

  /// - Parameters:
  ///   - time: of the scan, in seconds since 1970-01-01T00:00:00Z.
  ///   - removesOld: obeys `--keep`.
  func write(
    _ bytes: [UInt8], to template: FileNameTemplate, time: Int64, context: String,
    removesOld: Bool = true
  ) throws(OutputError) {
    let (name, path) = place(template, time: time, context: context)
    try AtomicFile.write(bytes, to: path, name: name)
    if removesOld { rotate(template, context: context, written: path) }
  }

  /// The name as it stands in messages, and the whole path.
  private func place(
    _ template: FileNameTemplate, time: Int64, context: String
  ) -> (name: String, path: String) {
    let name = template.name(time: time, context: context)
    return (name, invocation.environment.absolute(name))
  }

  /// Removes what `--keep` leaves no room for; what cannot be removed is said and no error.
  private func rotate(_ template: FileNameTemplate, context: String, written path: String) {
    guard plan.keep > 0, template.isDated, let slash = path.lastIndex(of: "/") else { return }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    let rotation = OutputRotation(template: template, context: context, keep: plan.keep)
    let (removed, failed) = rotation.prune(
      folder: folder, current: String(path[path.index(after: slash)...]))
    let diagnostics = invocation.diagnostics
    for name in removed { diagnostics.trace(level: 1, "removed \(folder)/\(name)") }
    for failure in failed {
      diagnostics.warning("cannot remove \"\(failure.file)\" (--keep): \(failure.words)")
    }
  }

  func options(isFile: Bool) -> RenderOptions {
    let terminal = invocation.environment.terminal
    let arguments = invocation.arguments
    return RenderOptions(
      width: terminal.layoutWidth,
      color: isFile ? arguments[Flags.output.color] == .always : invocation.usesColor,
      noHeaders: arguments[Flags.output.noHeaders],
      isTerminal: !isFile && terminal.isOutputTerminal,
      columns: plan.columns,
      failureLevel: arguments[Flags.status.failOn] ?? .low,
      dimension: arguments[Flags.output.by])
  }

  /// A bare list has no place for what was not read.
  private func sayGaps(of report: Report) {
    for cluster in report.clusters {
      let diagnostics =
        report.clusters.count > 1
        ? invocation.diagnostics.about(cluster.title)
        : cluster.files == nil
          ? invocation.diagnostics.aboutOnly(cluster.title) : invocation.diagnostics
      for gap in cluster.gapsInWords { diagnostics.warning("not read: \(gap)") }
    }
  }
}
