import Inventory
import RegistryCatalogue

/// The sums of a whole report that its head tells; history is left out of every number.
struct ReportFigures: Hashable, Sendable {
  private struct Place: Hashable {
    let cluster: Int
    let workload: WorkloadIdentity
  }

  let workloads: Int
  /// Workloads with a finding of low or worse; each counts once.
  let atRisk: Int
  /// Of these, those that cannot start now.
  let failing: Int
  /// Workloads by their worst finding.
  let byRisk: [Risk: Int]
  let findings: Int
  /// Findings with an exception that holds.
  let waived: Int

  init(_ report: Report) {
    var worst: [Place: Risk] = [:]
    var failing: Set<Place> = []
    var findings = 0
    var waived = 0
    for (number, cluster) in report.clusters.enumerated() {
      for finding in cluster.findings where finding.counts && finding.risk > .clean {
        let place = Place(cluster: number, workload: finding.use.workload)
        worst[place] = max(worst[place] ?? .clean, finding.risk)
        if finding.exposure == .failing && finding.risk >= .low { failing.insert(place) }
        findings += 1
        if finding.waivedUntil != nil { waived += 1 }
      }
    }
    workloads = max(report.clusters.reduce(0) { $0 + $1.workloadCount }, worst.count)
    atRisk = worst.values.count { $0 >= .low }
    byRisk = worst.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    self.failing = failing.count
    self.findings = findings
    self.waived = waived
  }

  /// Workloads without any finding.
  var untouched: Int { workloads - byRisk.values.reduce(0, +) }
}
