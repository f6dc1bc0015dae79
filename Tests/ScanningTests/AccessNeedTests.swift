import KubernetesAPI
import Testing

@testable import Scanning

/// Which rights a scan needs, and which are missing.
@Suite struct AccessNeedTests {
  private static let everyKind =
    [
      "pods", "replicasets.apps", "jobs.batch", "deployments.apps", "statefulsets.apps",
      "daemonsets.apps", "cronjobs.batch", "replicationcontrollers", "podtemplates", "nodes",
      "horizontalpodautoscalers.autoscaling", "events",
    ] + configMaps + ["namespaces", "namespaces/kube-system"]

  private static let configMaps = [
    "config-defaults", "config-deployment", "inferenceservice-config", "istio-sidecar-injector",
    "kubeadm-config", "linkerd-config", "workflow-controller-configmap",
  ].map { "configmaps/\($0)" }

  private func served(_ group: String, _ version: String, _ name: String) -> APIResource {
    APIResource(group: group, version: version, name: name, kind: "Kind")
  }

  @Test func withoutDiscoveryEveryBuiltInKindIsNeeded() {
    #expect(AccessNeed.all(ScanOptions(), discovery: nil).map(\.name) == Self.everyKind)
  }

  @Test func everyScannedResourceIsAmongThem() {
    let names = Set(AccessNeed.all(ScanOptions(), discovery: nil).map(\.name))
    #expect(names.isSuperset(of: ScannedResource.all.map(\.qualifiedName)))
  }

  @Test func whatIsNotServedIsNotNeeded() {
    let discovery = Discovery(
      resources: [
        served("", "v1", "pods"), served("batch", "v1beta1", "cronjobs"),
        served("apps", "v1beta1", "deployments"), served("keda.sh", "v1alpha1", "scaledobjects"),
      ], staleGroups: ["apps/v2", "batch/v1"])
    let needs = AccessNeed.all(ScanOptions(), discovery: discovery)
    // Jobs are of a group whose server does not answer: it may still have them.
    #expect(
      needs.map(\.name) == [
        "pods", "jobs.batch", "cronjobs.batch", "nodes", "scaledobjects.keda.sh", "events",
      ] + Self.configMaps + ["namespaces", "namespaces/kube-system"])
  }

  /// Istio's revisions have injectors of their own, which a scan asks for.
  @Test func injectorsOfRevisionsAreNeeded() {
    let needs = AccessNeed.all(ScanOptions(), discovery: nil, revisions: ["1-29", "1-30"])
    let names = needs.map(\.name).filter { $0.contains("istio") }
    #expect(
      names
        == ["", "-1-29", "-1-30"].map { "configmaps/istio-sidecar-injector\($0)" })
  }

  @Test func namedNamespacesNeedNoListOfNamespaces() {
    let options = ScanOptions(namespaces: ["a", "kube-system"])
    let needs = AccessNeed.all(options, discovery: nil)
    #expect(
      needs.map(\.name)
        == Self.everyKind.dropLast(2 + Self.configMaps.count)
        + ["configmaps/kubeadm-config", "namespaces/a", "namespaces/kube-system"])
    #expect(
      needs.filter { !$0.isReadByNamespace }.map(\.name)
        == ["nodes", "configmaps/kubeadm-config", "namespaces/a", "namespaces/kube-system"])
  }

  @Test func theIdentityIsAskedForInItsNamespace() throws {
    let need = try #require(AccessNeed.all(ScanOptions(), discovery: nil).last)
    #expect(
      need.question
        == AccessQuestion(
          verb: "get", group: "", resource: "namespaces", namespace: "kube-system",
          name: "kube-system"))
  }

  private struct GapCase: CustomTestStringConvertible {
    var clusterWide: Bool?
    var namespaces: NamespaceAnswers?
    var isGap: Bool
    var testDescription: String { "\(String(describing: clusterWide)) \(isGap)" }
  }

  private static let gapCases = [
    GapCase(clusterWide: true, namespaces: nil, isGap: false),
    GapCase(clusterWide: false, namespaces: nil, isGap: true),
    GapCase(clusterWide: nil, namespaces: nil, isGap: true),
    GapCase(clusterWide: false, namespaces: .init(allowed: ["a"]), isGap: false),
    GapCase(clusterWide: nil, namespaces: .init(allowed: ["a"]), isGap: false),
    GapCase(
      clusterWide: false, namespaces: .init(allowed: ["a"], isComplete: false), isGap: true),
    GapCase(clusterWide: false, namespaces: .init(allowed: ["a"], refused: ["b"]), isGap: true),
    GapCase(clusterWide: false, namespaces: .init(allowed: ["a"], unknown: ["b"]), isGap: true),
    GapCase(clusterWide: false, namespaces: .init(allowed: ["a"], leftOut: ["b"]), isGap: true),
  ]

  @Test(arguments: gapCases)
  private func gaps(_ each: GapCase) {
    let pods = AccessNeed(
      .pods, APIResource(group: "", version: "v1", name: "pods", kind: "Pod"),
      isReadByNamespace: true)
    let entry = AccessReport.Entry(
      need: pods, clusterWide: each.clusterWide, namespaces: each.namespaces)
    #expect(entry.isGap == each.isGap)
    let report = AccessReport(entries: [entry])
    #expect(
      report.missing == (each.isGap ? [AccessGrant(group: "", resource: "pods")] : []))
  }

  @Test func whatNamedNamespacesLackIsGrantedThereAlone() {
    let pods = AccessNeed(
      .pods, APIResource(group: "", version: "v1", name: "pods", kind: "Pod"),
      isReadByNamespace: true)
    let nodes = AccessNeed(.nodes, EvidenceReader.nodeResource)
    let namespace = AccessNeed(
      .namedNamespace, NamespaceList.resource, verb: "get", objectName: "b")
    let report = AccessReport(
      entries: [
        .init(
          need: pods, clusterWide: false,
          namespaces: .init(allowed: ["a"], refused: ["c"], unknown: ["b"])),
        .init(need: nodes, clusterWide: nil), .init(need: namespace, clusterWide: false),
      ], namespaces: ["a", "b", "c"])
    #expect(
      report.missing == [
        AccessGrant(group: "", resource: "nodes"),
        AccessGrant(namespace: "b", group: "", resource: "pods"),
        AccessGrant(
          namespace: "b", group: "", resource: "namespaces", verb: "get", objectName: "b"),
        AccessGrant(namespace: "c", group: "", resource: "pods"),
      ])
  }
}
