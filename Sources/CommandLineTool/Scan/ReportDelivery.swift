import Inventory
import RegistryCatalogue
import Reports

/// What becomes of a report, wherever it came from: said, written, turned into a status.
struct ReportDelivery {
  private let invocation: Invocation
  let outputs: ReportOutputs
  let baseline: BaselineSource?
  /// Nil without `--record`.
  let recorder: ReportRecorder?

  /// Reads the flags and the baseline, so that what is wrong with them, or with the history, ends
  /// the run before any request.
  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    outputs = try ReportOutputs(invocation)
    baseline = try BaselineSource(invocation)
    recorder = try ReportRecorder(invocation)
  }

  /// - Parameter stream: has written its output already.
  func deliver(
    _ report: Report, facts: ExitFacts, stream: SweepStream? = nil
  ) -> ExitStatus {
    var facts = facts
    if !outputs.write(report, except: stream) { facts.hasError = true }
    if let recorder, !recorder.record(report) { facts.hasError = true }
    return conclude(report, facts: facts)
  }

  /// Of a cluster that could not be read: says why, and leaves that in files and history. Standard
  /// output stays empty, so that nobody takes what stands there for an answer.
  func fail(_ report: Report, _ diagnostics: Diagnostics, _ error: any Error) -> ExitStatus {
    diagnostics.error(describe(error))
    // What could not be written is said; the status is the same.
    _ = outputs.writeFiles(report)
    _ = recorder?.record(report)
    return .error
  }

  /// Says what is new since the baseline; for who writes no report.
  func conclude(_ report: Report, facts: ExitFacts) -> ExitStatus {
    if let baseline { baseline.report(on: report, invocation.diagnostics) }
    return ExitStatus.decide(facts)
  }

  /// What the report means for the exit status.
  func facts(of report: Report) -> ExitFacts {
    let arguments = invocation.arguments
    var facts = ExitFacts()
    if let level = arguments[Flags.status.failOn] {
      facts.hasFindings = report.clusters.contains { cluster in
        cluster.findings.contains { finding in
          finding.mayFail && finding.risk >= level
            && baseline?.baseline.holds(finding, of: cluster) != true
        }
      }
    }
    facts.hasGap = report.clusters.contains { $0.coverage.contains(where: \.isGap) }
    facts.isClusterUnread = report.clusters.contains { $0.failure != nil }
    facts.hasError = report.isUnread
    facts.requiresComplete = arguments[Flags.status.requireComplete]
    facts.exitsZero = arguments[Flags.status.exitZero]
    return facts
  }
}
