import History
import RegistryCatalogue
import Reports

/// `history diff`
struct HistoryDiff {
  private let invocation: Invocation
  private let store: HistoryStore

  init(_ invocation: Invocation, _ store: HistoryStore) {
    self.invocation = invocation
    self.store = store
  }

  /// Without names the last two scans are meant.
  func run(former: String?, later: String?) throws -> ExitStatus {
    let options = try ReportOutputs(invocation).options(isFile: false)
    let before: (name: String, report: Report)
    let after: (name: String, report: Report)
    if let former, let later {
      before = try report(former)
      after = try report(later)
    } else {
      let (first, second) = try store.lastTwo()
      before = try report("\(first)")
      after = try report("\(second)")
    }
    let diff = ReportDiff(
      from: before.report, to: after.report, judge: DiffJudge(try Catalogue.embedded()))
    try invocation.environment.standardOutput.write(
      DiffRenderer.render(diff, from: before.name, to: after.name, options: options))
    return invocation.arguments[Flags.status.failOnNew] && diff.hasNew ? .findings : .done
  }

  /// A number is a scan; a file of such a name is reached as `./7`.
  private func report(_ text: String) throws -> (name: String, report: Report) {
    if let scan = Int(text) {
      let report = try store.report(of: scan)
      return ("scan \(scan) of \(TrendPage.time(report.scannedAt))", report)
    }
    let diagnostics = invocation.diagnostics
    let inputs = try ReportFiles(invocation.environment).read([text]) { diagnostics.warning($0) }
    guard inputs.count == 1 else {
      throw ReportFileError(
        name: text,
        reason: "it holds \(inputs.count) reports, and one is compared; join them with merge")
    }
    return ("\"\(text)\" of \(TrendPage.time(inputs[0].report.scannedAt))", inputs[0].report)
  }
}
