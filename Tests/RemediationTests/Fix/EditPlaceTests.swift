import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

@Suite struct EditPlaceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let finding: Finding
    let place: EditPlace
  }

  private static func managed(_ words: String) -> Finding { .make(managedBy: words) }

  static let cases: [Case] = [
    Case(testDescription: "Deployment", finding: .make(), place: .object),
    Case(
      testDescription: "Pod", finding: .make("v1 shop/Pod/web", path: "spec.containers[0].image"),
      place: .object),
    Case(
      testDescription: "a Pod's environment",
      finding: .make(
        "v1 shop/Pod/web", path: "spec.containers[0].env[0].value", role: .environment),
      place: .recreation),
    Case(
      testDescription: "a Deployment's environment",
      finding: .make(path: "spec.template.spec.containers[0].env[0].value", role: .environment),
      place: .object),
    Case(
      testDescription: "PodTemplate",
      finding: .make("v1 shop/PodTemplate/web", path: "template.spec.containers[0].image"),
      place: .object),
    Case(testDescription: "Job", finding: .make("batch/v1 shop/Job/once"), place: .recreation),
    Case(
      testDescription: "CronJob of an old server", finding: .make("batch/v1beta1 shop/CronJob/n"),
      place: .object),
    Case(
      testDescription: "a CronJob's running Job",
      finding: .make("batch/v1 shop/CronJob/n", origin: .dependent("Job/n-1")),
      place: .rollout(of: "Job/n-1")),
    Case(
      testDescription: "an old ReplicaSet that runs",
      finding: .make(origin: .dependent("ReplicaSet/web-1")),
      place: .rollout(of: "ReplicaSet/web-1")),
    Case(
      testDescription: "injected", finding: .make(container: "istio-proxy", origin: .injected),
      place: .injector("istio-proxy")),
    Case(
      testDescription: "injected beside Helm",
      finding: .make(container: "x", origin: .injected, managedBy: "Helm release \"web\""),
      place: .injector("x")),
    Case(
      testDescription: "drifted", finding: .make(origin: .drifted(from: "a:1")),
      place: .drift("a:1")),
    Case(
      testDescription: "debugging", finding: .make(role: .ephemeral, origin: .podsOnly),
      place: .recreation),
    Case(
      testDescription: "Pods of an owner that was not read",
      finding: .make("x.io/v1 shop/Thing/a", origin: .podsOnly, wasRead: false), place: .unreadOwner
    ),
    Case(
      testDescription: "a dependent of an owner that was not read",
      finding: .make("x.io/v1 shop/Thing/a", origin: .dependent("StatefulSet/a"), wasRead: false),
      place: .unreadOwner),
    Case(
      testDescription: "made by an operator",
      finding: .make("x.io/v1 shop/Thing/a", origin: .dependent("StatefulSet/a")),
      place: .controller(of: "StatefulSet/a")),
    Case(
      testDescription: "Helm", finding: managed("Helm release \"web\""),
      place: .manager(Manager("Helm release \"web\""))),
    Case(
      testDescription: "Flux", finding: managed("Flux Kustomization \"a/b\""),
      place: .manager(Manager("Flux Kustomization \"a/b\""))),
    Case(
      testDescription: "a Helm release itself",
      finding: .make(
        "helm.sh/v1 shop/Release/web", path: "hook: Job/x spec.template.spec.containers[0].image",
        managedBy: "Helm release \"shop/web\""),
      place: .manager(Manager("Helm release \"shop/web\""))),
    Case(
      testDescription: "a static pod",
      finding: .make(
        "v1 kube-system/Pod/etcd-n1",
        managedBy: "the kubelet: edit the static pod file on node \"n1\", not the API object"),
      place: .nodeFile(node: "n1")),
    Case(
      testDescription: "ClusterServiceVersion",
      finding: .make("operators.coreos.com/v1alpha1 ops/ClusterServiceVersion/x.v1"),
      place: .manager(
        Manager("OLM ClusterServiceVersion \"ops/x.v1\""))),
    Case(
      testDescription: "kubeadm",
      finding: .make(
        "v1 kube-system/ConfigMap/kubeadm-config",
        path: "data.ClusterConfiguration.imageRepository",
        role: .configuration), place: .kubeadm),
    Case(
      testDescription: "another ConfigMap",
      finding: .make("v1 shop/ConfigMap/c", path: "data.config:3", role: .configuration),
      place: .configMap),
    Case(
      testDescription: "a custom resource's own field",
      finding: .make("monitoring.coreos.com/v1 obs/Prometheus/main", path: "spec.image"),
      place: .object),
    Case(
      testDescription: "several fields of one",
      finding: .make("x.io/v1 obs/Thing/main", path: "spec.image.repository", confidence: .schema),
      place: .parts),
    Case(
      testDescription: "an entry of kustomize",
      finding: .make(
        "kustomize.toolkit.fluxcd.io/v1 flux/Kustomization/apps", path: "spec.images[0].newName"),
      place: .parts),
    Case(
      testDescription: "an override of kustomize",
      finding: .make(
        "argoproj.io/v1alpha1 argocd/Application/site", path: "spec.source.kustomize.images[0]"),
      place: .parts),
    Case(
      testDescription: "an image with its tag beside it",
      finding: .make(
        "x.io/v1 obs/Thing/main", path: "spec.sidecarImage",
        notes: [UseNotes.joined], confidence: .schema),
      place: .parts),
    Case(
      testDescription: "a guess",
      finding: .make("x.io/v1 obs/Thing/main", path: "spec.image", confidence: .shape),
      place: .guess),
    Case(
      testDescription: "a run",
      finding: .make("tekton.dev/v1 ci/TaskRun/r", path: "spec.taskSpec.steps[0].image"),
      place: .run),
    Case(
      testDescription: "the sandbox",
      finding: .make(
        "v1 Node/n1", path: "status.nodeInfo.containerRuntimeVersion", role: .sandbox),
      place: .sandbox),
    Case(
      testDescription: "a name that is none", finding: .make("apps/v1 shop/Deployment/-x; rm"),
      place: .untypable),
    Case(
      testDescription: "a namespace that is none", finding: .make("apps/v1 --all/Deployment/x"),
      place: .untypable),
    Case(
      testDescription: "a path that is none", finding: .make(path: "spec..image"),
      place: .untypable),
  ]

  @Test(arguments: cases)
  func place(_ example: Case) {
    #expect(EditPlace(example.finding) == example.place)
  }

  @Test(arguments: [
    (Finding.make(), true),
    (.make(isMechanical: false), false),
    (.make(to: nil), false),
    (.make(to: "not a reference:"), false),
    // Whatever the report says, another tag or digest is another image.
    (.make(to: "registry.k8s.io/web:1.1"), false),
    (.make(to: "registry.k8s.io/web"), false),
    (.make(image: "k8s.gcr.io/web:1@\(Samples.digest)", to: "registry.k8s.io/web:1"), false),
    (
      .make(
        image: "k8s.gcr.io/web:1@\(Samples.digest)", to: "registry.k8s.io/web:1@\(Samples.digest)"),
      true
    ),
    (.make(image: "k8s.gcr.io/web", to: "registry.k8s.io/web"), true),
    (
      .make(
        image: "k8s.gcr.io/x", to: "registry.k8s.io",
        notes: ["a repository prefix, judged by k8s.gcr.io/x:1"]), true
    ),
  ])
  func mechanical(finding: Finding, isMechanical: Bool) {
    #expect(ImageChange.isMechanical(finding) == isMechanical)
  }

  /// Every finding that counts stands in exactly one list.
  @Test func everythingIsSomewhere() throws {
    let report = try Samples.everything()
    let fixes = try #require(FixPlan(report).clusters.first)
    let live = fixes.live.flatMap(\.changes).map(\.finding)
    let all =
      live + fixes.sources.flatMap(\.findings) + fixes.successors + fixes.open + fixes.aside
    let counted = report.clusters[0].findings.filter { !$0.isHistory }
    #expect(all.count == counted.count)
    #expect(Set(all) == Set(counted))
    #expect(fixes.historyCount == 1)
    #expect(live.allSatisfy { $0.workload.managedBy == nil && $0.isReplacementMechanical })
  }

  @Test func orderIsByFailureThenRiskThenReach() throws {
    let plan = try Samples.plan(
      .make("apps/v1 a/DaemonSet/d"), .make("apps/v1 a/StatefulSet/s"),
      .make("apps/v1 a/Deployment/b"),
      .make("batch/v1 a/CronJob/c"), .make("x.io/v1 a/Thing/t", path: "spec.image"),
      .make("apps/v1 kube-system/Deployment/k"), .make("apps/v1 a/Deployment/r", risk: .critical),
      .make("apps/v1 z/DaemonSet/f", risk: .low, exposure: .failing))
    #expect(
      plan.clusters[0].live.map(\.identity.name) == ["f", "r", "t", "c", "b", "s", "k", "d"])
  }
}
