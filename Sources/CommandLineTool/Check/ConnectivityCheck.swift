import ImageReferences
import RegistryProbes
import Reports

/// `check --connectivity`: the way of a pull from this machine, or Pods that go it from the nodes.
struct ConnectivityCheck {
  /// An image that has been there since 2022; the digest is that of registry.k8s.io's own tests.
  static let usualImage =
    "registry.k8s.io/pause:3.9"
    + "@sha256:7031c1b283388d2c2e09b57badb803c05ebed362dc88d84b480cc47f72a21097"

  let invocation: Invocation

  func run() async throws -> ExitStatus {
    let arguments = invocation.arguments
    guard !arguments[Flags.check.forNodes] else { return try await printPods() }
    let subjects = CheckSubjects(invocation)
    try subjects.refuseFlagsOfReports(beside: Flags.check.connectivity.definition.spelling)
    let names = arguments.positionals
    let references = try subjects.references(names.isEmpty ? [Self.usualImage] : names)
    let isOfKubernetes = references.contains {
      [KubernetesBackend.registry, "k8s.gcr.io"].contains($0.registry)
    }
    let report = try await ConnectivityReport(
      of: references, backends: isOfKubernetes ? KubernetesBackend.all : [],
      probe: RegistryInquiry.probe(invocation) { options in
        options.wantsIssuers = true
        if !arguments.isGiven(Flags.connection.requestTimeout) { options.timeout = .seconds(15) }
        options.attempts = 2
      })
    let output = invocation.environment.standardOutput
    switch arguments[Flags.check.form] {
    case .json:
      try output.write(ConnectivityJSON.document(report))
    case .table:
      try output.write(
        ConnectivityPage(report: report).text(RenderOptions(invocation.environment.terminal)))
    }
    var facts = ExitFacts()
    facts.hasFindings = !report.isOpen
    facts.exitsZero = arguments[Flags.status.exitZero]
    return ExitStatus.decide(facts)
  }

  private func printPods() async throws -> ExitStatus {
    let arguments = invocation.arguments
    let flag = Flags.check.forNodes.definition.spelling
    if !arguments.positionals.isEmpty { throw UsageError.contradiction(flag, "IMAGE") }
    if arguments.isGiven(Flags.check.form) {
      throw UsageError.contradiction(flag, Flags.check.form.definition.spelling)
    }
    let input = try ReportInput(invocation)
    let report = try await input.report()
    var facts = input.facts(of: report)
    facts.exitsZero = arguments[Flags.status.exitZero]
    let pods = ConnectivityPods(clusters: report.clusters)
    if pods.hasUnreadNodes {
      invocation.diagnostics.warning(
        "the nodes were not read, so that one Pod stands for all of them: it runs where the scheduler"
          + " puts it")
    }
    try invocation.environment.standardOutput.write(pods.text())
    return ExitStatus.decide(facts)
  }
}
