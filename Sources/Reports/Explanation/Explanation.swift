import ImageReferences
package import Inventory
package import RegistryCatalogue

/// All that is known of one workload's images, for `explain`.
package struct Explanation: Sendable {
  /// One use with what stands behind its verdict.
  package struct Part: Sendable {
    package let finding: Finding
    /// Nil for texts that are no reference.
    package let judgement: Judgement?
    /// Nodes whose lists name the image, sorted; nil when nodes were not read or do not count.
    package let holders: [String]?
  }

  package let report: Report
  package let cluster: ClusterReport
  package let workload: Workload
  /// In the report's order, history and clean uses included.
  package let parts: [Part]

  /// - Parameters:
  ///   - nodes: nil when nodes were not read.
  package init(
    of workload: Workload, in cluster: ClusterReport, of report: Report, catalogue: Catalogue,
    nodes: NodeCensus?
  ) {
    self.report = report
    self.cluster = cluster
    self.workload = workload
    let findings = cluster.findings.filter { $0.use.workload == workload.identity }
    parts = findings.map { finding in
      let reference = finding.use.image.reference
      return Part(
        finding: finding,
        judgement: reference.map { catalogue.judge($0, asOf: report.asOf) },
        holders: report.isAsOfAnotherDay
          ? nil : reference.flatMap { image in nodes.map { $0.holders(of: image) } })
    }
  }
}
