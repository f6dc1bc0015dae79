import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

@Suite("A policy's rehearsal")
struct RehearsalTests {
  private static let old = "k8s.gcr.io/pause:3.1"

  private static func finding(
    _ kind: String, _ name: String, image: String = old, apiVersion: String = "apps/v1",
    namespace: String = "shop", team: String? = nil, role: ContainerRole = .container,
    origin: UseOrigin = .template, exposure: Exposure = .pulls, managedBy: String? = nil
  ) -> Finding {
    let identity = WorkloadIdentity(
      apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
    return Finding(
      kind: .registry,
      use: ImageUse(
        workload: identity, activity: .active(desired: 1), path: "spec.containers[0].image",
        container: "app", role: role, image: ImageText.parse(image), pullPolicy: .ifNotPresent,
        origin: origin),
      workload: Workload(
        identity: identity, activity: .active(desired: 1), managedBy: managedBy),
      team: team, rule: "k8s-gcr-io", fate: .frozen, exposure: exposure, risk: .medium)
  }

  private static let findings = [
    finding("Deployment", "web", team: "one"),
    finding("Deployment", "clean", image: "registry.k8s.io/pause:3.9"),
    finding("Deployment", "web", image: "quay.io/coreos/flannel:v0.14.0", team: "one"),
    finding("Pod", "static", apiVersion: "v1", managedBy: "the kubelet: edit the file"),
    finding("Workflow", "flow", apiVersion: "argoproj.io/v1alpha1", namespace: "ci"),
    finding("Deployment", "mesh", role: .sidecar, origin: .injected),
    finding("ConfigMap", "kubeadm-config", apiVersion: "v1", role: .configuration),
    finding("Deployment", "past", exposure: .history),
  ]

  private func rehearse(
    _ engine: PolicyEngine = .validatingAdmissionPolicy, _ action: PolicyAction = .deny,
    includesOwned: Bool = false
  ) throws -> Rehearsal {
    let table = try VerdictTable.read()
    let cluster = ClusterReport(
      contexts: ["prod"], server: "https://x", serverVersion: "v1.36.2", findings: Self.findings)
    let report = Report(
      toolVersion: "0", scannedAt: 0, asOf: try table.day(),
      catalogue: CatalogueStamp(version: "1", date: try table.day(), sha256: ""),
      clusters: [cluster])
    return Rehearsal(
      report, meaning: try table.meaning(),
      options: PolicyOptions(engine: engine, action: action, includesOwned: includesOwned))
  }

  private func effects(_ rehearsal: Rehearsal) -> [String] {
    rehearsal.clusters[0].rows.map { "\($0.use.workload.name) \($0.effect.rawValue)" }
  }

  @Test("Judges what the policy sees, and says why it does not see the rest")
  func effects() throws {
    let denied = try rehearse()
    #expect(
      effects(denied) == [
        "web denied", "web denied", "static not-judged", "flow denied", "mesh not-judged",
        "kubeadm-config not-judged",
      ])
    #expect(
      denied.clusters[0].rows.map(\.circumstance) == [
        "when it is created anew", "when it is created anew",
        "a static Pod, which its node runs", "when it makes Pods or workloads",
        "injected into the Pods of an object that is judged without it",
        "only named; what is made of it is judged then",
      ])
    #expect(denied.clusters[0].past == 1)
    let owned = try rehearse(includesOwned: true)
    #expect(owned.clusters[0].rows.filter { $0.effect == .denied }.count == 4)
    #expect(try effects(rehearse(.kyverno, .warn))[0] == "web warned")
    #expect(try effects(rehearse(.gatekeeper, .audit))[0] == "web audited")
  }

  @Test("A rewriting policy changes what a machine may change")
  func rewriting() throws {
    let rehearsal = try rehearse(.mutatingAdmissionPolicy, .rewrite)
    #expect(
      effects(rehearsal) == [
        "web rewritten", "web kept", "static not-judged", "flow rewritten", "mesh rewritten",
        "kubeadm-config not-judged",
      ])
    #expect(rehearsal.clusters[0].rows[0].replacement == "registry.k8s.io/pause:3.1")
  }

  @Test("Sums up by namespace and team; a workload counts once")
  func groups() throws {
    let groups = try rehearse().clusters[0].groups
    #expect(groups.map { "\($0.namespace) \($0.team ?? "-")" } == ["ci -", "shop -", "shop one"])
    #expect(groups.map(\.workloads) == [[.denied: 1], [.notJudged: 3], [.denied: 1]])
  }

  @Test("The page fits the terminal, the document holds everything", arguments: [nil, 40, 120])
  func page(width: Int?) throws {
    let rehearsal = try rehearse()
    let text = RehearsalPage(rehearsal, width: width).text
    #expect(text.contains("Deployment/web"))
    #expect(text.contains("registry.k8s.io/pause:3.1"))
    #expect(text.hasPrefix("REHEARSAL deny by"))
    let json = String(decoding: rehearsal.json.serialized(), as: UTF8.self)
    #expect(json.contains(#""kind": "PolicyRehearsal""#))
    #expect(json.contains(#""effect": "not-judged""#))
  }
}
