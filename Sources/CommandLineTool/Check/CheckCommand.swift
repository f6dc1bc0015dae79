import Foundation
import ImageReferences
import Kubeconfig
import KubernetesAPI
import RegistryCatalogue
import RegistryProbes
import Reports

/// `check`: what the registries themselves say.
enum CheckCommand {
  static let command = Command(
    name: .check,
    group: .act,
    isEveryday: true,
    summary: "Ask registries for images and their replacements",
    details: [
      "Ask the registry of each image, and that of its replacement, whether the image is there,"
        + " whether both are the same (by digest), and whether it runs on the cluster's platforms."
        + " Nothing is pulled.",
      "exists: the registry has it. gone: the registry says that there is no such image. private:"
        + " gone or private, for it does not tell which. unknown: it gave no answer that says"
        + " anything. Credentials come from Docker's config.json and its helpers.",
      "The exit status is 3 when an image or its replacement is gone, private, not for a platform,"
        + " or when a replacement that should be the same image is another one.",
    ],
    positional: .init(
      placeholder: "IMAGE", help: "An image, or - for a list on standard input, one a line",
      isRepeatable: true),
    examples: [
      .init(
        comment: "Ask about one image and what the catalogue puts in its place",
        line: "kubectl gcr-report check k8s.gcr.io/pause:3.2"),
      .init(
        comment: "Ask about everything that a scan found",
        line: "kubectl gcr-report -o json | kubectl gcr-report check --from -"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let subjects = try CheckSubjects(invocation).read()
    let report = try await CheckReport(
      asking: subjects, probe: probe(invocation))
    let output = invocation.environment.standardOutput
    switch invocation.arguments[Flags.check.form] {
    case .json: try output.write(String(decoding: CheckJSON.document(report), as: UTF8.self))
    case .table:
      let terminal = invocation.environment.terminal
      let options = RenderOptions(
        width: terminal.layoutWidth, isTerminal: terminal.isOutputTerminal)
      try output.write(CheckPage(report: report).text(options))
    }
    var facts = ExitFacts()
    facts.hasFindings = report.rows.contains(where: \.isFinding)
    facts.hasGap = report.rows.contains(where: \.isGap)
    facts.hasError = !report.rows.isEmpty && report.rows.allSatisfy(\.isUnanswered)
    facts.requiresComplete = invocation.arguments[Flags.status.requireComplete]
    facts.exitsZero = invocation.arguments[Flags.status.exitZero]
    return ExitStatus.decide(facts)
  }

  private static func probe(_ invocation: Invocation) -> RegistryProbe {
    let environment = invocation.environment
    let arguments = invocation.arguments
    let diagnostics = invocation.diagnostics
    return RegistryProbe(
      options: ProbeOptions(
        userAgent: Version.userAgent,
        plainHTTP: Set(arguments[Flags.check.plainHTTP].map { $0.lowercased() }),
        timeout: arguments[Flags.connection.requestTimeout] ?? .seconds(30),
        environment: environment.variables,
        trace: { method, url, status in
          diagnostics.trace(level: 1, "\(method) \(url) \(status.map(String.init) ?? "failed")")
        }),
      credentials: CredentialKeeper(
        environment: environment.variables, home: environment.homeDirectory,
        gate: CredentialProcessGate()))
  }
}
