import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

/// Commands that a report proposes do what they say when they are pasted.
@Suite struct NextStepsTests {
  private static let target: TargetFlags = {
    var target = TargetFlags(
      connection: [
        .init(name: "--kubeconfig", value: "/tmp/my config"),
        .init(name: "--context", value: "prod"),
      ], namespaces: ["a", "b"])
    target.rules = [.init(name: "--rules", value: "own.yaml")]
    target.judging = [.init(name: "--as-of", value: "2027-01-01")] + target.rules
    target.judging += [.init(name: "--include", value: "history"), .init(name: "--helm")]
    return target
  }()

  private static let connection = "--kubeconfig '/tmp/my config' --context prod"
  private static let judging = "--as-of 2027-01-01 --rules own.yaml --include history --helm"

  /// A selection by every flag that has one, beside the namespaces that a command names itself.
  private static let filter: ReportFilter = {
    var filter = ReportFilter()
    filter.namespaces = [Glob("istio-*")]
    filter.excludedNamespaces = [Glob("web")]
    filter.teams = [Glob("platform")]
    filter.risk = .low
    filter.rules = [Glob("gcr-*"), Glob("k8s-gcr-io")]
    filter.onlyLegacy = true
    return filter
  }()

  private func text(_ report: Report, _ format: OutputFormat) -> String {
    String(decoding: render(report, as: format, options: .init()), as: UTF8.self)
  }

  @Test func ofADocument() {
    var report = SampleReports.mixed
    report.target = Self.target
    report.filter = Self.filter
    #expect(
      NextSteps(report: report).ofDocument() == [
        "kubectl gcr-report -n istio-system \(Self.connection) --team platform --risk low"
          + " --rule 'gcr-*,k8s-gcr-io' --only-legacy \(Self.judging) -o wide",
        "kubectl gcr-report explain istio-system/Deployment/istiod \(Self.connection)"
          + " \(Self.judging)",
        "kubectl gcr-report rules gcr-io-istio-release --rules own.yaml",
        "kubectl gcr-report fix -n istio-system \(Self.connection) --team platform --risk low"
          + " --rule 'gcr-*,k8s-gcr-io' --only-legacy --as-of 2027-01-01 --rules own.yaml --helm",
        "kubectl gcr-report access \(Self.connection) -n a -n b --helm",
      ])
  }

  /// Of one cluster as of many, in every format for people.
  @Test(arguments: [OutputFormat.table, .wide, .markdown, .html])
  func everyFormatReachesTheClusterAgain(_ format: OutputFormat) {
    var report = SampleReports.mixed
    report.target = TargetFlags(connection: [.init(name: "--context", value: "prod")])
    let page = text(report, format)
    let proposes = format == .table ? " -n istio-system" : " explain istio-system/Deployment/istiod"
    #expect(page.contains("kubectl gcr-report\(proposes) --context prod"))
    #expect(page.contains("kubectl gcr-report access --context prod"))
  }

  @Test func ofASweepEachClusterByItsOwnContext() {
    var report = DocumentSamples.tenClusters
    report.target = TargetFlags(connection: [.init(name: "--kubeconfig", value: "k")])
    let commands = NextSteps(report: report).ofDocument()
    #expect(
      commands.first == "kubectl gcr-report -n ci --kubeconfig k --context prod-eu-0 -o wide")
    #expect(commands.last == "kubectl gcr-report access --kubeconfig k --context prod-ap-2")
    #expect(commands.count == 4)
  }

  @Test func ofTheSample() {
    var report = SampleReports.mixed
    report.isSample = true
    report.target = TargetFlags(namespaces: ["istio-system"])
    report.filter = Self.filter
    #expect(
      NextSteps(report: report).ofDocument() == [
        "kubectl gcr-report demo -n istio-system --exclude-namespaces web --team platform"
          + " --risk low --rule 'gcr-*,k8s-gcr-io' --only-legacy -o wide",
        "kubectl gcr-report rules gcr-io-istio-release",
      ])
  }

  /// What cannot be typed is not proposed; a rule's story needs no cluster.
  @Test func namesThatCannotBeTyped() {
    var report = SampleReports.mixed
    report.target = TargetFlags(connection: [.init(name: "--context", value: "a\nb")])
    #expect(
      NextSteps(report: report).ofDocument() == [
        "kubectl gcr-report rules gcr-io-istio-release"
      ])
  }

  /// A file is in no cluster that could be asked.
  @Test func ofFiles() {
    var report = SampleReports.mixed
    report.clusters[0].files = FileTally(paths: ["."], read: 1, binary: 0, mentionsInComments: 0)
    report.clusters[0].coverage = []
    #expect(
      NextSteps(report: report).ofDocument() == [
        "kubectl gcr-report rules gcr-io-istio-release"
      ])
  }
}
