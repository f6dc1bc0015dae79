import History
import Reports

/// `--record`: stores the report in the history.
struct ReportRecorder {
  private let store: HistoryStore
  private let diagnostics: Diagnostics

  /// Nil without the flag. The history is made or checked at once, so that a wrong one ends the run
  /// before any request.
  init?(_ invocation: Invocation) throws {
    guard let target = invocation.arguments[Flags.history.record] else { return nil }
    var given: String?
    if case .file(let file) = target { given = file }
    store = HistoryStore(
      path: try HistoryLocation.path(
        given: given, flag: "\"--record=FILE\"", invocation.environment))
    diagnostics = invocation.diagnostics
    try store.prepare()
  }

  /// False when it could not be stored, which is said.
  func record(_ report: Report) -> Bool {
    do {
      let scan = try store.record(report)
      diagnostics.note("recorded as scan \(scan) in \(store.path)")
      return true
    } catch {
      diagnostics.error(describe(error))
      return false
    }
  }
}
