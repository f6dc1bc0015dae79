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

  /// Without names the last two scans of the same clusters are meant.
  func run(former: String?, later: String?) throws -> ExitStatus {
    let outputs = try HistoryOutputs(invocation)
    let (before, after) = try pair(former, later)
    let diff = ReportDiff(
      from: before.report, as: before.side, to: after.report, as: after.side,
      judge: DiffJudge(try Catalogue.embedded))
    var facts = ExitFacts()
    facts.hasError = !outputs.write { _ in .diff(diff) }
    if invocation.arguments[Flags.status.failOnNew] {
      facts.hasFindings = diff.hasNew
      facts.isClusterUnread = diff.lostCluster
    }
    return ExitStatus.decide(facts)
  }

  private typealias Input = (report: Report, side: ReportDiff.Side)

  private func pair(_ former: String?, _ later: String?) throws -> (Input, Input) {
    if let former, let later { return (try input(former), try input(later)) }
    let scans = try store.scans()
    guard let (before, after) = scans.lastTwo() else {
      throw HistoryError.tooFew(scans.count, path: store.path)
    }
    return (try recorded(before.id), try recorded(after.id))
  }

  /// A number is a scan; a file of such a name is reached as `./7`.
  private func input(_ text: String) throws -> Input {
    if let scan = Int(text) { return try recorded(scan) }
    let diagnostics = invocation.diagnostics
    let inputs = try ReportFiles(invocation.environment).read([text]) { diagnostics.warning($0) }
    guard inputs.count == 1 else {
      throw ReportFileError(
        name: text,
        reason: "it holds \(inputs.count) reports, and one is compared; join them with merge")
    }
    return (inputs[0].report, ReportDiff.Side(inputs[0].report, name: "\"\(text)\""))
  }

  private func recorded(_ scan: Int) throws -> Input {
    let report = try store.report(of: scan)
    return (report, ReportDiff.Side(report, name: "scan \(scan)", scan: scan))
  }
}
