import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

/// Reports and plans for these tests, judged by the embedded catalogue as of 2026-11-21.
enum MirrorSamples {
  static let day = CalendarDate("2026-11-21") ?? CalendarDate(secondsSince1970: 0)

  static func catalogue() throws -> Catalogue { try Catalogue.embedded }

  /// As a scan would find it: one Deployment for each image.
  static func findings(_ images: [String]) throws -> [Finding] {
    let catalogue = try catalogue()
    return images.enumerated().map { number, text in
      let image = ImageText.parse(text)
      let identity = WorkloadIdentity(
        apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web-\(number)")
      let use = ImageUse(
        workload: identity, activity: .active(desired: 1),
        path: "spec.template.spec.containers[0].image", container: "app", role: .container,
        image: image, pullPolicy: .ifNotPresent)
      let judgement = image.reference.map { catalogue.judge($0, asOf: day) }
      let fate = judgement?.fate ?? .ok
      let isCatalogued = judgement?.rule != nil && fate != .ok && fate != .limited
      return Finding(
        kind: image.reference == nil ? .placeholder : isCatalogued ? .registry : .clean, use: use,
        workload: Workload(identity: identity, uid: "", activity: .active(desired: 1)),
        rule: judgement?.rule?.id, fate: fate, certainty: judgement?.certainty,
        exposure: .pulls, risk: isCatalogued ? .medium : .clean,
        reasons: ["\(fate.rawValue)"], replacement: judgement?.replacement?.text,
        isReplacementMechanical: judgement?.replacement?.isMechanical ?? false)
    }
  }

  static func report(
    _ images: [String], nodes: [NodeReport]? = [], everything: Bool = false
  ) throws -> Report {
    let findings = try findings(images)
    return Report(
      toolVersion: "0", scannedAt: 1_795_248_549, asOf: day,
      catalogue: CatalogueStamp(version: "2026.11.20", date: day, sha256: "0"),
      includesCleanImages: everything,
      clusters: [
        ClusterReport(
          contexts: ["prod-eu"], server: "https://10.0.0.1:6443", findings: findings, nodes: nodes)
      ])
  }

  static func plan(
    _ images: [String], nodes: [NodeReport]? = [], to target: String? = nil,
    _ change: (inout MirrorPlan.Options) throws -> Void = { _ in }
  ) throws -> MirrorPlan {
    var options = MirrorPlan.Options()
    options.target = try target.map { try MirrorTarget($0) }
    try change(&options)
    return MirrorPlan(
      try report(images, nodes: nodes, everything: options.everything), catalogue: try catalogue(),
      options: options)
  }

  static let digest = "sha256:" + String(repeating: "ab12", count: 16)

  /// One of each fate and way.
  static let images = [
    "k8s.gcr.io/pause:3.9",
    "k8s.gcr.io/dns/k8s-dns-node-cache@\(digest)",
    "gcr.io/google_containers/busybox:1.24",
    "gcr.io/google_containers/pause:3.2@\(digest)",
    "gcr.io/istio-release/pilot:1.29.1",
    "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v0.40.2",
    "gcr.io/cadvisor/cadvisor:v0.47.2",
    "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1",
    "gcr.io/cf-build-service-public/kpack/controller:1",
    "bitnami/postgresql:15.4.0",
    "nginx:1.25",
    "registry.corp.example/mirror/k8s.gcr.io/pause:3.9",
    "auto",
  ]

  static let nodes = [
    node("plain-1", "containerd://1.7.22"), node("plain-2", "containerd://1.6.8"),
    node("old", "containerd://1.4.3"), node("two", "containerd://2.0.1"),
    node("colon", "containerd://2.2.0"), node("newest", "containerd://2.3.1"),
    node("crio", "cri-o://1.31.1"), node("docker", "docker://20.10.7"),
    node("k3s", "containerd://1.7.22-k3s1", kubelet: "v1.31.2+k3s1"),
    node("rke2", "containerd://1.7.22-k3s1", kubelet: "v1.31.2+rke2r1"),
    node("talos", "containerd://2.0.2", system: "Talos (v1.9.1)"),
    node("rocket", "containerd://1.7.22+bottlerocket", system: "Bottlerocket OS 1.26.2"),
    node(
      "gke", "containerd://1.7.22", kubelet: "v1.31.2-gke.1000",
      pool: ("cloud.google.com/gke-nodepool", "default")),
    node(
      "eks", "containerd://1.7.23", kubelet: "v1.31.2-eks-7f9249a", system: "Amazon Linux 2023.6",
      pool: ("eks.amazonaws.com/nodegroup", "spot")),
    node("aks", "containerd://1.7.22-1", pool: ("kubernetes.azure.com/agentpool", "pool1")),
    node("kops", "containerd://1.7.22", pool: ("kops.k8s.io/instancegroup", "nodes")),
    node("ocp", "cri-o://1.30.6", system: "Red Hat Enterprise Linux CoreOS 417.94"),
    node("win", "containerd://1.7.22", platform: "windows/amd64"),
    node("mute", ""),
  ]

  static func node(
    _ name: String, _ runtime: String, kubelet: String = "v1.31.2",
    system: String = "Debian GNU/Linux 12 (bookworm)", platform: String = "linux/amd64",
    pool: (String, String)? = nil
  ) -> NodeReport {
    NodeReport(
      name: name, runtime: runtime, kubeletVersion: kubelet, platform: platform, osImage: system,
      pool: pool.map { NodePoolLabel(label: $0.0, name: $0.1) })
  }
}
