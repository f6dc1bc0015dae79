import Inventory
import RegistryCatalogue

/// The sums of a whole report that its head tells; history is left out of every number.
struct ReportFigures: Hashable, Sendable {
  let workloads: Int
  /// Workloads with a finding of low or worse; each counts once.
  let atRisk: Int
  /// Of these, those that cannot start now.
  let failing: Int
  /// Workloads by their worst finding.
  let byRisk: [Risk: Int]
  /// Findings with an exception that holds.
  let waived: Int
  /// Workloads of which all that would count is mitigated, or was left out by a filter.
  let mitigated: Int
  let filtered: Int

  init(_ report: Report) {
    var worst: [WorkloadPlace: Risk] = [:]
    var failing: Set<WorkloadPlace> = []
    for (number, cluster) in report.clusters.enumerated() {
      for finding in cluster.findings where finding.counts && finding.risk > .clean {
        let place = WorkloadPlace(cluster: number, workload: finding.use.workload)
        worst[place] = max(worst[place] ?? .clean, finding.risk)
        if finding.exposure == .failing && finding.risk >= .low { failing.insert(place) }
      }
    }
    workloads = max(report.clusters.reduce(0) { $0 + $1.workloadCount }, worst.count)
    atRisk = worst.values.count { $0 >= .low }
    byRisk = worst.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    self.failing = failing.count
    waived = report.waivedFindings
    let namespaces = report.clusters.flatMap(\.namespaces)
    mitigated = namespaces.reduce(0) { $0 + $1.mitigated }
    filtered = namespaces.reduce(0) { $0 + $1.filtered }
  }

  /// Workloads without any finding.
  var untouched: Int {
    max(0, workloads - byRisk.values.reduce(0, +) - mitigated - filtered)
  }
}
