import Foundation
import Testing

@testable import Reports

@Suite struct PrometheusTests {
  /// Sample lines as `name{labels}` → value, read by the grammar of the exposition format.
  private static let script = #"""
    import json, re, sys
    label = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"'
    sample = re.compile(r'([a-z_]+)\{((?:' + label + r',?)*)\} (-?\d+)')
    typed, values = set(), {}
    for line in open(sys.argv[1], encoding='utf-8', newline='\n').read().split('\n')[:-1]:
        if line.startswith('# TYPE '):
            typed.add(line.split(' ')[2])
        elif not line.startswith('# HELP '):
            match = sample.fullmatch(line)
            assert match and match[1] in typed, line
            key = match[1] + '{' + ','.join(
                k + '=' + re.sub(r'\\(.)', lambda m: {'n': '\n'}.get(m[1], m[1]), v)
                for k, v in re.findall(label, match[2])) + '}'
            assert key not in values, key
            values[key] = int(match[5])
    json.dump(values, sys.stdout)
    """#

  private func values(_ report: Report) throws -> [String: Int] {
    let read = try Programs.python(Self.script, reading: render(report, as: .prometheus))
    return try #require(read as? [String: Int])
  }

  @Test(arguments: TableTests.reports) func everyLineIsASample(_ report: Report) throws {
    let values = try values(report)
    let readable = report.clusters.filter { $0.failure == nil }
    let namespaces = readable.reduce(0) { $0 + $1.namespaces.count }
    // Bounded by clusters and namespaces alone.
    #expect(
      values.count == 5 * report.clusters.count + 9 * namespaces + (35 + 3 + 3) * readable.count)
  }

  @Test func numbers() throws {
    let values = try values(SampleReports.mixed)
    let cluster = "cluster=prod-eu"
    #expect(values["gcr_report_scan_success{\(cluster)}"] == 1)
    #expect(values["gcr_report_scan_timestamp_seconds{\(cluster)}"] == 1_795_248_549)
    #expect(values["gcr_report_catalogue_age_seconds{\(cluster)}"] == 86_400)
    func workloads(_ namespace: String, _ risk: String) -> Int? {
      values["gcr_report_workloads{\(cluster),namespace=\(namespace),risk=\(risk)}"]
    }
    #expect(workloads("istio-system", "critical") == 1)
    #expect(workloads("istio-system", "high") == 1)
    #expect(workloads("istio-system", "clean") == 12)
    #expect(workloads("shop", "low") == 2)
    #expect(workloads("shop", "clean") == 1_202)
    #expect(workloads("web", "info") == 1)
    #expect(
      values["gcr_report_findings{\(cluster),exposure=failing,fate=retiring}"] == 1)
    #expect(values["gcr_report_findings{\(cluster),exposure=pulls,fate=gone}"] == 0)
    #expect(values["gcr_report_coverage_gaps{\(cluster),state=forbidden}"] == 3)
    #expect(values["gcr_report_coverage_gaps{\(cluster),state=failed}"] == 1)
    #expect(
      values["gcr_report_namespace_incomplete{\(cluster),namespace=team-a}"] == 1)
    #expect(
      values["gcr_report_namespace_incomplete{\(cluster),namespace=shop}"] == 0)
  }

  /// Every kubeadm calls its clusters the same: their numbers must not be added up.
  @Test func clustersOfOneNameStayApart() throws {
    var first = ClusterReport.make(contexts: ["kubernetes-admin@kubernetes"])
    first.clusterUID = "1"
    let second = ClusterReport.make(
      contexts: ["kubernetes-admin@kubernetes"], failure: "it is down")
    let values = try values(Report.make(clusters: [first, second]))
    let name = "gcr_report_scan_success{cluster=kubernetes-admin@kubernetes"
    #expect(values["\(name) (1, https://10.0.0.1:6443)}"] == 1)
    #expect(values["\(name) (https://10.0.0.1:6443)}"] == 0)
  }

  @Test func aClusterThatWasNotReadHasNoNumbersOfIt() throws {
    let values = try values(SampleReports.sweep)
    #expect(values["gcr_report_scan_success{cluster=prod-us}"] == 0)
    #expect(!values.keys.contains { $0.contains("workloads{cluster=prod-us") })
  }
}

/// Debian's promtool, which `make test-real` installs.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct PromtoolRealToolsTests {
  @Test(arguments: TableTests.reports) func checkMetricsIsContent(_ report: Report) throws {
    let output = try Programs.run(
      ["promtool", "check", "metrics"], reading: render(report, as: .prometheus), asInput: true)
    #expect(String(decoding: output, as: UTF8.self) == "")
  }
}
