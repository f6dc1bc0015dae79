import Kubeconfig
import KubernetesAPI
import Scanning

/// `access`: what this user may read, and the role that is missing; before any scan.
enum AccessCommand {
  static let command = Command(
    name: .access,
    group: .look,
    isEveryday: true,
    summary: "Tell what you may read, and what a scan would miss",
    details: [
      "Ask the server which of the lists that a scan reads are allowed to you, and print what the"
        + " report will not know for want of the others, with the smallest role that closes the"
        + " gap, for somebody who may grant it.",
      "Only the two reviews of one's own rights are asked, what the server publishes about its"
        + " kinds, and the list of namespaces, which names the revisions of Istio too.",
    ],
    examples: [
      .init(
        comment: "What a scan of the current context would miss",
        line: "kubectl gcr-report access"),
      .init(
        comment: "What a scan of two namespaces would miss",
        line: "kubectl gcr-report access -n team-a -n team-b"),
      .init(
        comment: "The missing role as a file, to hand to an administrator",
        line: "kubectl gcr-report access --role > role.yaml"),
      .init(
        comment: "What a service account would miss",
        line: "kubectl gcr-report access --as system:serviceaccount:ops:bot"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let cluster = try ClusterAccess(invocation)
    let target = try cluster.target()
    let client = cluster.client(for: target)
    let survey = AccessSurvey(invocation, client: client, target: target)
    let report = try await client.whileOpen { try await survey.ask() }
    let totals = client.log.current
    invocation.diagnostics.trace(
      level: 1, "\(totals.requests) requests, \(totals.retries) retries, \(totals.bytes) bytes")
    let role = AccessRole(grants: report.missing, subject: .init(target))
    let page = AccessPage(
      report: report, role: role, width: invocation.environment.terminal.pageWidth)
    try invocation.environment.standardOutput.write(
      invocation.arguments[Flags.output.role] ? role.yaml() : page.text())
    return .done
  }
}
