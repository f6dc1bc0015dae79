import History
import Reports

/// `history`: recorded scans, what changed between them, and where it goes.
enum HistoryCommand {
  /// More bars than that are no picture in a terminal.
  private static let longestPlot = 30

  static let command = Command(
    name: .history,
    group: .time,
    summary: "List recorded scans, compare them, show the trend",
    details: [
      "Look at what scan --record stored on this machine; no cluster is asked. Without ACTION, list"
        + " the scans, the newest last.",
      "show ID prints a report again, in any format. prune removes old scans: all but the newest of"
        + " each cluster (--keep N), those before a day (--older-than DAYS), or both. trend draws"
        + " how the findings of each cluster and team came and went, and marks scans that were worse"
        + " than the one before; -o html and json have it all.",
      "diff compares the last two scans of the same clusters, or two that are named by their number"
        + " or as JSON reports: what appeared, got worse, got better or was fixed, and whether the"
        + " cluster, the catalogue or the date did it. What the later report could not read is no"
        + " longer readable, which is not fixed; what the former one could not read is readable now,"
        + " and counts as new. -o json and markdown have it too.",
    ],
    positional: .init(
      placeholder: "ACTION",
      help: "list, show ID, prune, diff [FORMER LATER] or trend", isRepeatable: true,
      completion: .words(HistoryAction.names)),
    examples: [
      .init(comment: "List what was recorded", line: "kubectl gcr-report history"),
      .init(
        comment: "Fail a pipeline when something is new since the last scan but one",
        line: "kubectl gcr-report history diff --fail-on-new"),
      .init(
        comment: "Compare two reports that were saved elsewhere",
        line: "kubectl gcr-report history diff monday.json tuesday.json"),
      .init(
        comment: "Burn-down charts for a browser",
        line: "kubectl gcr-report history trend -o html=trend.html"),
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
    case .show(let scan):
      return try ReportOutputs(invocation).write(store.report(of: scan)) ? .done : .error
    case .prune: return try prune(store, invocation)
    case .diff(let former, let later):
      return try HistoryDiff(invocation, store).run(former: former, later: later)
    case .trend: return try trend(store, invocation)
    }
  }

  private static func list(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let scans = try scans(store, invocation)
    return try HistoryOutputs(invocation).write { _ in .scans(scans) } ? .done : .error
  }

  private static func trend(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let scans = try scans(store, invocation)
    return try HistoryOutputs(invocation).write { format in
      .trend(Trend(scans, limit: format == .table ? longestPlot : nil))
    } ? .done : .error
  }

  private static func scans(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> [RecordedScan] {
    let scans = try store.scans()
    if scans.isEmpty { invocation.diagnostics.note("the history holds no scan") }
    return scans
  }

  private static func prune(
    _ store: HistoryStore, _ invocation: Invocation
  ) throws -> ExitStatus {
    let arguments = invocation.arguments
    let pruning = try store.prune(
      before: arguments[Flags.history.olderThan].map {
        invocation.environment.now() - Int64($0) * 86_400
      },
      keeping: arguments[Flags.history.keep])
    var text = "Removed \(CountWords.text(pruning.removed.count, "scan"))"
    if !pruning.removed.isEmpty {
      let shown = pruning.removed.prefix(8).map(String.init).joined(separator: ", ")
      let more = pruning.removed.count > 8 ? " and \(pruning.removed.count - 8) more" : ""
      text += " (\(shown)\(more))"
    }
    text += "; \(CountWords.text(pruning.left, "scan")) left."
    if pruning.bytesBefore != pruning.bytesAfter {
      text +=
        " The file has \(kilobytes(pruning.bytesAfter)) instead of"
        + " \(kilobytes(pruning.bytesBefore))."
    }
    try invocation.environment.standardOutput.write(text + "\n")
    return .done
  }

  private static func kilobytes(_ bytes: Int) -> String {
    "\(CountWords.grouped((bytes + 999) / 1_000)) kB"
  }
}
