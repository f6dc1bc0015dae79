import Testing

@testable import Inventory

@Suite("Managed by") struct ManagedByTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var labels: [String: String] = [:]
    var annotations: [String: String] = [:]
    var owner: OwnerReference?
    let expected: String?

    var testDescription: String { expected ?? "nothing of \(labels) \(annotations)" }
  }

  private static let helm = [
    "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "shop",
  ]

  static let cases: [Case] = [
    Case(expected: nil),
    Case(annotations: helm, expected: "Helm release \"shop/web\""),
    Case(annotations: ["meta.helm.sh/release-name": "web"], expected: "Helm release \"web\""),
    Case(
      labels: ["app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/instance": "web"],
      expected: "Helm release \"web\""),
    Case(labels: ["app.kubernetes.io/managed-by": "Helm"], expected: nil),
    Case(labels: ["app.kubernetes.io/instance": "web"], expected: nil),
    Case(
      labels: [
        "kustomize.toolkit.fluxcd.io/name": "apps",
        "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
      ], annotations: helm, expected: "Flux Kustomization \"flux-system/apps\""),
    Case(
      labels: [
        "helm.toolkit.fluxcd.io/name": "web", "helm.toolkit.fluxcd.io/namespace": "shop",
      ], annotations: helm, expected: "Flux HelmRelease \"shop/web\""),
    Case(
      annotations: helm.merging(
        ["argocd.argoproj.io/tracking-id": "site:apps/Deployment:shop/web"]) { $1 },
      expected: "Argo CD Application \"site\""),
    Case(
      annotations: ["argocd.argoproj.io/tracking-id": ":apps/Deployment:shop/web"],
      expected: nil),
    Case(
      labels: ["argocd.argoproj.io/instance": "site"],
      expected: "Argo CD Application \"site\""),
    Case(
      labels: [
        "olm.owner": "op.v1", "olm.owner.kind": "ClusterServiceVersion",
        "olm.owner.namespace": "operators",
      ], expected: "OLM ClusterServiceVersion \"operators/op.v1\""),
    Case(labels: ["olm.owner": "op.v1", "olm.owner.kind": "Other"], expected: nil),
    Case(
      annotations: ["kubernetes.io/config.mirror": "x"], owner: .make("Node", "n1"),
      expected: "the kubelet: edit the static pod file on node \"n1\", not the API object"),
    Case(
      annotations: ["kubernetes.io/config.mirror": ""],
      expected: "the kubelet: edit the static pod file on its node, not the API object"),
    Case(
      labels: ["app.kubernetes.io/managed-by": "kustomize-v5.4.1"],
      expected: "Kustomize: edit the files that kustomize builds, not the object"),
    Case(
      labels: ["app.kubernetes.io/managed-by": "kustomize-unknown"],
      annotations: [
        "config.kubernetes.io/origin":
          "path: base/web.yaml\nref: v1\nrepo: https://git.example/apps\n"
      ],
      expected: "Kustomize (https://git.example/apps base/web.yaml): edit the files that kustomize"
        + " builds, not the object"),
    // Empty marks name nothing.
    Case(
      labels: ["kustomize.toolkit.fluxcd.io/name": "", "argocd.argoproj.io/instance": ""],
      annotations: ["meta.helm.sh/release-name": "", "argocd.argoproj.io/tracking-id": ""],
      expected: nil),
  ]

  @Test("marks", arguments: cases)
  func marks(_ example: Case) {
    #expect(
      ManagedBy.describe(
        .make(
          "web", owner: example.owner, labels: example.labels, annotations: example.annotations))
        == example.expected)
  }
}
