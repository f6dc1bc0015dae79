import Inventory
import Kubeconfig
import Reports

/// The file of `--exceptions`, and what is said of it.
struct ExceptionsSource {
  private let exceptions: Exceptions

  /// Nil without the flag.
  init?(_ invocation: Invocation) throws(ExceptionsError) {
    guard let path = invocation.arguments[Flags.report.exceptions] else { return nil }
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles().read(path)
    } catch {
      throw .unreadable(path: path, reason: error.inWords)
    }
    exceptions = try ExceptionsReader(path: path).read(bytes)
  }

  /// The report with its waivers; entries that have ended or match nothing are warned of.
  func applied(
    to report: Report, filter: ReportFilter, _ diagnostics: Diagnostics
  ) -> Report {
    let (marked, complaints) = exceptions.applied(to: report, within: filter.namespaces)
    for complaint in complaints { diagnostics.warning(words(for: complaint)) }
    return marked
  }

  private func words(for complaint: Exceptions.Complaint) -> String {
    switch complaint {
    case .expired(let line, let day):
      "exceptions file \"\(exceptions.path)\", line \(line): it expired on \(day); what it covers"
        + " counts again"
    case .unmatched(let line):
      "exceptions file \"\(exceptions.path)\", line \(line): it matches no finding; remove it, or"
        + " check its patterns"
    case .failing(let line, let workload):
      "exceptions file \"\(exceptions.path)\", line \(line): it calls mitigated what cannot be pulled"
        + " now: \(workload); that is at risk all the same"
    }
  }
}
