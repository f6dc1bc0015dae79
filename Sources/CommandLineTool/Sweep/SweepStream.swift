import Reports

/// Prints clusters on standard output as they become final, where the format allows: rows of csv,
/// and with `--stream` one JSON report a line.
///
/// Every row, and every line, is handed to the system in one piece, so that what stands in the
/// output is whole whatever happens to this process later.
struct SweepStream {
  private let writer: OutputWriter
  private let entry: OutputPlan.Entry
  private let options: RenderOptions

  /// Nil when standard output has no such format.
  init?(_ plan: OutputPlan, _ invocation: Invocation, _ options: RenderOptions) throws(UsageError) {
    let asked = invocation.arguments[Flags.sweep.stream]
    let entry = plan.entries.first { $0.place == .standardOutput }
    switch entry?.format {
    case .csv?: break
    case .json? where asked: break
    default:
      guard asked else { return nil }
      throw .needsOther(
        Flags.sweep.stream.definition.spelling, ["-o json", "-o csv"])
    }
    guard let entry else { return nil }
    self.entry = entry
    self.options = options
    writer = invocation.environment.standardOutput
  }

  func writes(_ other: OutputPlan.Entry) -> Bool {
    other == entry
  }

  /// The column headings.
  func begin(_ empty: Report) throws(OutputError) {
    guard entry.format == .csv else { return }
    try writer.write(render(empty, as: .csv, options: options))
  }

  /// One report of one cluster.
  func write(_ report: Report) throws(OutputError) {
    guard entry.format == .csv else {
      try writer.write(jsonLine(report))
      return
    }
    var rows = options
    rows.noHeaders = true
    // No write is larger than a pipe takes in one piece (pipe(7), PIPE_BUF) unless a row is.
    var batch: [UInt8] = []
    for row in csvRows(report, options: rows) {
      if !batch.isEmpty, batch.count + row.utf8.count > 4_096 {
        try writer.write(batch)
        batch.removeAll(keepingCapacity: true)
      }
      batch += row.utf8
    }
    if !batch.isEmpty { try writer.write(batch) }
  }
}
