import History
import RegistryCatalogue
import Reports

/// `history`: recorded scans, what changed between them, and where it goes.
enum HistoryCommand {
  static let command = Command(
    name: .history,
    group: .time,
    summary: "List recorded scans, compare them, show the trend",
    details: [
      "Look at what scan --record stored on this machine; no cluster is asked. Without ACTION, list"
        + " the scans, the newest last.",
      "show ID prints a report again, in any format. prune --keep N or --older-than DAYS removes old"
        + " scans. trend draws how the findings of each cluster and team came and went, and marks"
        + " scans that were worse than the one before.",
      "diff compares the last two scans, or two that are named by their number or as JSON reports:"
        + " what appeared, got worse, got better or was fixed, and whether the cluster, the catalogue"
        + " or the date did it. What the later report could not read is no longer readable, which is"
        + " not fixed; what the former one could not read is readable now, and counts as new.",
    ],
    positional: .init(
      placeholder: "ACTION",
      help: "list, show ID, prune, diff [FORMER LATER] or trend", isRepeatable: true,
      completion: .words(["list", "show", "prune", "diff", "trend"])),
    examples: [
      .init(comment: "List what was recorded", line: "kubectl gcr-report history"),
      .init(
        comment: "Fail a pipeline when something is new since the last scan but one",
        line: "kubectl gcr-report history diff --fail-on-new"),
      .init(
        comment: "Compare two reports that were saved elsewhere",
        line: "kubectl gcr-report history diff monday.json tuesday.json"),
      .init(
        comment: "Keep the scans of the last 90 days",
        line: "kubectl gcr-report history prune --older-than 90d"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let arguments = invocation.arguments
    let action = try HistoryAction(arguments.positionals)
    try action.check(arguments)
    let store = HistoryStore(
      path: try HistoryLocation.path(
        given: arguments[Flags.history.file], flag: "\"--file\"", invocation.environment))
    switch action {
    case .list: return try list(store, invocation)
    case .show(let scan): return try show(scan, store, invocation)
    case .prune: return try prune(store, invocation)
    case .diff(let former, let later):
      return try HistoryDiff(invocation, store).run(former: former, later: later)
    case .trend: return try trend(store, invocation)
    }
  }

  private static func list(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let scans = try store.scans()
    guard !scans.isEmpty else {
      invocation.diagnostics.note("the history holds no scan")
      return .done
    }
    let rows = scans.map { scan in
      let unread = scan.clusters.count { !$0.isRead }
      let partial = scan.clusters.count { $0.isRead && $0.gaps > 0 }
      var remarks: [String] = []
      if unread > 0 { remarks.append("\(unread) not read") }
      if partial > 0 { remarks.append("\(partial) partly read") }
      if !scan.filter.isEmpty { remarks.append(scan.filter) }
      let names = scan.clusters.map(\.name)
      let shown = names.prefix(3).joined(separator: ", ")
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      return ["\(scan.id)", TrendPage.time(scan.scannedAt)]
        + Trend.risks.map { "\(scan.findings($0))" }
        + [remarks.isEmpty ? "-" : remarks.joined(separator: ", "), shown + more]
    }
    let lines = PlainTable.lines(
      ["ID", "TIME (UTC)", "CRITICAL", "HIGH", "MEDIUM", "LOW", "REMARKS", "CLUSTERS"], rows,
      options: try ReportOutputs(invocation).options(isFile: false))
    try invocation.environment.standardOutput.write(lines.joined(separator: "\n") + "\n")
    return .done
  }

  private static func show(
    _ scan: Int, _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let outputs = try ReportOutputs(invocation)
    return outputs.write(try store.report(of: scan)) ? .done : .error
  }

  private static func prune(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let count = invocation.arguments[Flags.history.keep]
    let days = invocation.arguments[Flags.history.olderThan]
    guard count != nil || days != nil else {
      throw UsageError.missingArgument(
        command: .history, expected: "--keep N or --older-than DAYS beside \"prune\"")
    }
    var removed = 0
    if let days {
      removed += try store.prune(before: invocation.environment.now() - Int64(days) * 86_400)
    }
    if let count { removed += try store.prune(keeping: count) }
    invocation.diagnostics.note("removed \(removed) \(removed == 1 ? "scan" : "scans")")
    return .done
  }

  private static func trend(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let trend = Trend(try store.scans())
    if trend.filteredOut > 0 {
      invocation.diagnostics.note(
        "\(trend.filteredOut) scans with another filter than the newest one are left out")
    }
    guard !trend.series.isEmpty else {
      invocation.diagnostics.note("the history holds no scan")
      return .done
    }
    let page = TrendPage(width: invocation.environment.terminal.layoutWidth)
    try invocation.environment.standardOutput.write(page.text(trend))
    return .done
  }
}
