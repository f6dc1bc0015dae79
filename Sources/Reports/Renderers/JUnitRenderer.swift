import ImageReferences
import Inventory
import RegistryCatalogue

/// `-o junit`: a test suite for each namespace, a test case for each finding.
///
/// A finding at or above the failure level fails; waived ones are skipped, others pass.
/// What was not read is skipped, never passed: a namespace with nothing but gaps has no passing
/// case. A cluster that could not be read is an error. Elements and attributes are those of
/// https://github.com/testmoapp/junitxml, which Jenkins, GitLab and GitHub actions agree on.
enum JUnitRenderer {
  static func render(_ report: Report, failingFrom level: Risk) -> String {
    let suites = report.clusters.flatMap { Self.suites($0, of: report, level) }
    let time = Timestamp.text(secondsSince1970: report.scannedAt)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
    text += attribute("name", "kubectl gcr-report") + counts(suites.flatMap(\.cases))
    text += attribute("timestamp", time) + ">\n"
    for suite in suites {
      text += "  <testsuite" + attribute("name", suite.name) + counts(suite.cases)
      text += attribute("timestamp", time) + ">\n"
      for test in suite.cases { text += element(test, suite) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private struct Suite {
    let name: String
    let cases: [Case]
  }

  private struct Case {
    enum Outcome {
      case passed
      case skipped(String)
      case failed(message: String, type: String, details: String)
      case broken(String)
    }

    let name: String
    let outcome: Outcome
  }

  private static func suites(
    _ cluster: ClusterReport, of report: Report, _ level: Risk
  ) -> [Suite] {
    let name = cluster.contexts.joined(separator: ", ")
    if let failure = cluster.failure {
      return [Suite(name: name, cases: [Case(name: "cluster", outcome: .broken(failure))])]
    }
    if cluster.files != nil { return fileSuites(cluster, of: report, level) }
    let findings = Dictionary(
      grouping: cluster.findings.filter { report.shows($0) }, by: { $0.use.workload.namespace })
    let gaps = Dictionary(
      grouping: cluster.coverage.filter(\.isGap).sorted(), by: \.namespace)
    var suites = cluster.namespaces.map { namespace in
      var cases = (findings[namespace.name] ?? []).map { test($0, level) }
      if !namespace.name.isEmpty { cases += (gaps[namespace.name] ?? []).map(test) }
      if namespace.isPartlyUnknown, namespace.name.isEmpty || gaps[namespace.name] == nil {
        cases.append(
          Case(
            name: "coverage", outcome: .skipped("not everything that holds images was read here")))
      }
      if cases.isEmpty {
        cases = [
          namespace.isFiltered
            ? Case(name: "filter", outcome: .skipped("its findings are filtered"))
            : Case(name: "no finding", outcome: .passed)
        ]
      }
      return Suite(name: "\(name) / \(PlaceWords.namespace(namespace.name))", cases: cases)
    }
    if let clusterWide = gaps[""] {
      suites.append(Suite(name: "\(name) / not read", cases: clusterWide.map(test)))
    }
    if let filtered = report.filterInWords(cluster) {
      let test = Case(name: "filter", outcome: .skipped(filtered))
      suites.append(Suite(name: "\(name) / filtered", cases: [test]))
    }
    return suites
  }

  /// A suite for each file; one that could not be read is skipped, never passed.
  private static func fileSuites(
    _ cluster: ClusterReport, of report: Report, _ level: Risk
  ) -> [Suite] {
    let findings = Dictionary(
      grouping: cluster.findings.filter { report.shows($0) }, by: { $0.use.place?.file ?? "" })
    let gaps = Dictionary(grouping: cluster.coverage.filter(\.isGap).sorted(), by: \.resource)
    let suites = Set(findings.keys).union(gaps.keys).sorted().map { file in
      Suite(
        name: file,
        cases: (findings[file] ?? []).map { test($0, level) }
          + (gaps[file] ?? []).map { entry in
            Case(name: "readable", outcome: .skipped(entry.unreadable))
          })
    }
    guard suites.isEmpty else { return suites }
    return [
      Suite(
        name: cluster.contexts.joined(separator: ", "),
        cases: [Case(name: "no finding", outcome: .passed)])
    ]
  }

  private static func test(_ finding: Finding, _ level: Risk) -> Case {
    let line = finding.use.place.map { "line \($0.line): " } ?? ""
    let name = line + "\(FindingWords.place(finding)): \(finding.use.image.text)"
    if let waiver = finding.waiver, !finding.isHistory {
      return Case(name: name, outcome: .skipped("\(finding.risk.rawValue), \(waiver.words)"))
    }
    guard finding.mayFail, finding.kind != .clean, finding.risk >= level else {
      return Case(name: name, outcome: .passed)
    }
    let details =
      [
        FindingWords.sentence(finding), "rule: \(finding.rule ?? finding.kind.rawValue)",
        "exposure: \(finding.exposure.rawValue)", "path: \(finding.use.path)",
      ] + (finding.use.place.map { ["file: \($0.words)"] } ?? [])
    return Case(
      name: name,
      outcome: .failed(
        message: "\(finding.risk.rawValue): \(FindingWords.details(finding))",
        type: finding.risk.rawValue,
        details: details.map(TerminalText.sanitized).joined(separator: "\n")))
  }

  private static func test(_ entry: CoverageEntry) -> Case {
    Case(name: entry.resource, outcome: .skipped("not read: \(FindingWords.gap(entry))"))
  }

  // MARK: XML

  private static func element(_ test: Case, _ suite: Suite) -> String {
    let start =
      "    <testcase" + attribute("classname", suite.name) + attribute("name", test.name)
    let body: String
    switch test.outcome {
    case .passed: return start + "/>\n"
    case .skipped(let reason): body = "<skipped" + attribute("message", reason) + "/>"
    case .broken(let reason):
      body = "<error" + attribute("message", reason) + attribute("type", "unreadable") + "/>"
    case .failed(let message, let type, let details):
      body =
        "<failure" + attribute("message", message) + attribute("type", type) + ">"
        + MarkupText.escaped(details) + "</failure>"
    }
    return start + ">\n      \(body)\n    </testcase>\n"
  }

  private static func counts(_ cases: [Case]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for test in cases {
      switch test.outcome {
      case .passed: break
      case .skipped: skipped += 1
      case .failed: failures += 1
      case .broken: errors += 1
      }
    }
    return attribute("tests", "\(cases.count)") + attribute("failures", "\(failures)")
      + attribute("errors", "\(errors)") + attribute("skipped", "\(skipped)")
  }

  private static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(MarkupText.escaped(TerminalText.sanitized(value)))\""
  }
}
