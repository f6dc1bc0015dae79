import Inventory
import RegistryCatalogue

/// `-o prometheus`: the text exposition format 0.0.4, ready for node_exporter's textfile collector.
///
/// Gauges only, no time stamps, which that collector refuses. The number of series is bounded by
/// clusters and namespaces: no label names a workload or an image, and every series of a cluster
/// is there whatever the scan finds, so that a number falls to 0 instead of vanishing. Each carries
/// the cluster, so that the files of several clusters go into one folder.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
enum PrometheusRenderer {
  static func render(_ report: Report) -> String {
    var metrics = Metrics()
    for (cluster, name) in zip(report.clusters, report.distinctNames) {
      metrics.add(cluster, called: name, of: report)
    }
    return metrics.all.map(\.text).joined()
  }
}

/// Every metric, filled cluster by cluster.
private struct Metrics {
  private var info = MetricFamily(
    "gcr_report_info", "Versions of program, catalogue and server; always 1.")
  private var success = MetricFamily(
    "gcr_report_scan_success", "Whether the cluster could be read at all, 1 or 0.")
  private var scanned = MetricFamily(
    "gcr_report_scan_timestamp_seconds", "When the scan began, in seconds since 1970.")
  private var judged = MetricFamily(
    "gcr_report_as_of_timestamp_seconds",
    "The day by whose registries the scan judged, in seconds since 1970.")
  private var age = MetricFamily(
    "gcr_report_catalogue_age_seconds", "Age of the catalogue of registries on that day.")
  private var workloads = MetricFamily(
    "gcr_report_workloads",
    "Workloads by their worst risk, or why it does not show; a lower bound where"
      + " gcr_report_namespace_incomplete is 1.")
  private var incomplete = MetricFamily(
    "gcr_report_namespace_incomplete",
    "Whether a kind that holds images could not be read in the namespace, 1 or 0.")
  private var findings = MetricFamily(
    "gcr_report_findings", "Findings by the fate of the registry and what the next start does.")
  private var waived = MetricFamily(
    "gcr_report_waived_findings", "Findings that an exception covers, by its kind.")
  private var filtered = MetricFamily(
    "gcr_report_filtered_findings",
    "Findings that the filter, given as flags, keeps out of the other numbers.")
  private var gaps = MetricFamily(
    "gcr_report_coverage_gaps", "What was asked for and not read, by outcome.")

  private static let secondsPerDay = 86_400

  /// In the order of the output.
  var all: [MetricFamily] {
    [info, success, scanned, judged, age, workloads, incomplete, findings, waived, filtered, gaps]
  }

  /// Of a cluster that could not be read only what is known of the scan itself.
  mutating func add(_ cluster: ClusterReport, called name: String, of report: Report) {
    let name = [("cluster", name)]
    addScan(of: cluster, report.stamp(of: cluster), name)
    guard cluster.failure == nil else { return }
    addNamespaces(of: cluster, name)
    addFindings(of: cluster, name)
    filtered.add(name + [("filter", report.filter.words)], cluster.filteredFindings)
    for state in CoverageEntry.State.allCases
    where CoverageEntry(resource: "", state: state).isGap {
      gaps.add(name + [("state", state.rawValue)], cluster.coverage.count { $0.state == state })
    }
  }

  private mutating func addScan(
    of cluster: ClusterReport, _ scan: ScanStamp, _ name: [(String, String)]
  ) {
    info.add(
      name + [
        ("catalogue_version", scan.catalogue.version),
        ("cluster_uid", cluster.clusterUID ?? ""),
        ("server_version", cluster.serverVersion ?? ""),
        ("version", scan.toolVersion),
      ], 1)
    success.add(name, cluster.failure == nil ? 1 : 0)
    scanned.add(name, Int(scan.scannedAt))
    judged.add(name, scan.asOf.daysSince1970 * Self.secondsPerDay)
    age.add(name, scan.catalogue.age(on: scan.asOf) * Self.secondsPerDay)
  }

  private mutating func addNamespaces(of cluster: ClusterReport, _ name: [(String, String)]) {
    let worst = Self.worstRisks(cluster)
    for namespace in cluster.namespaces {
      let labels = name + [("namespace", namespace.name)]
      let risks = worst[namespace.name] ?? [:]
      let other = risks.values.reduce(namespace.filtered + namespace.mitigated, +)
      for risk in Risk.allCases {
        workloads.add(
          labels + [("risk", risk.rawValue)],
          risk == .clean ? max(0, namespace.workloads - other) : risks[risk] ?? 0)
      }
      workloads.add(labels + [("risk", "filtered")], namespace.filtered)
      workloads.add(labels + [("risk", "mitigated")], namespace.mitigated)
      incomplete.add(labels, namespace.isPartlyUnknown ? 1 : 0)
    }
  }

  private mutating func addFindings(of cluster: ClusterReport, _ name: [(String, String)]) {
    for kind in Waiver.Kind.allCases {
      waived.add(
        name + [("kind", kind.rawValue)],
        cluster.waivedFindings.count { $0.waiver?.kind == kind })
    }
    let counting = cluster.findings.filter { !$0.isHistory && $0.kind != .clean }
    for fate in Fate.allCases {
      for exposure in Exposure.allCases where exposure != .history {
        findings.add(
          name + [("exposure", exposure.rawValue), ("fate", fate.rawValue)],
          counting.count { $0.fate == fate && $0.exposure == exposure })
      }
    }
  }

  /// Per namespace: how many workloads have this as their worst risk; history left out.
  private static func worstRisks(_ cluster: ClusterReport) -> [String: [Risk: Int]] {
    var worst: [WorkloadIdentity: Risk] = [:]
    for finding in cluster.findings where finding.counts && finding.risk > .clean {
      worst[finding.use.workload] = max(worst[finding.use.workload] ?? .clean, finding.risk)
    }
    return worst.reduce(into: [:]) { $0[$1.key.namespace, default: [:]][$1.value, default: 0] += 1 }
  }
}

/// One metric with its help and all its samples.
private struct MetricFamily {
  let name: String
  let help: String
  /// By their labels as written: two samples of the same labels would make the whole file invalid.
  private var values: [String: Int] = [:]
  private var order: [String] = []

  init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
  }

  mutating func add(_ labels: [(String, String)], _ value: Int) {
    let text = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    if values[text] == nil { order.append(text) }
    values[text, default: 0] += value
  }

  var text: String {
    if order.isEmpty { return "" }
    let samples = order.map { "\(name){\($0)} \(values[$0] ?? 0)\n" }.joined()
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(samples)"
  }

  /// Backslash, double quote and line feed are escaped in label values; what acts on a terminal
  /// is made visible before.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.sanitized(text).unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
