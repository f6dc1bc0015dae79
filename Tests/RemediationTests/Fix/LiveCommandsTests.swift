import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

@Suite struct LiveCommandsTests {
  private func commands(_ findings: Finding...) throws -> LiveCommands {
    let plan = FixPlan(try Samples.report(Samples.cluster(findings)))
    let fixes = try #require(plan.clusters.first)
    return LiveCommands(fix: try #require(fixes.live.first), target: fixes.target)
  }

  private static let kubectl = "kubectl --context prod -n shop"

  @Test(
    arguments: [
      (
        [Finding.make()],
        "\(kubectl) set image deployment/web app=registry.k8s.io/web:1.0"
      ),
      (
        [
          .make(
            "batch/v1 shop/CronJob/n",
            path: "spec.jobTemplate.spec.template.spec.containers[0].image")
        ],
        "\(kubectl) set image cronjob/n app=registry.k8s.io/web:1.0"
      ),
      (
        [.make("v1 shop/Pod/p", path: "spec.containers[0].image")],
        "\(kubectl) set image pod/p app=registry.k8s.io/web:1.0"
      ),
      (
        [
          .make(),
          .make(
            path: "spec.template.spec.initContainers[0].image", container: "init",
            role: .initContainer),
        ],
        "\(kubectl) set image deployment/web app=registry.k8s.io/web:1.0"
          + " init=registry.k8s.io/web:1.0"
      ),
      // `set image` does not know the kind, the field, or takes the name for every container.
      (
        [.make("v1 shop/PodTemplate/p", path: "template.spec.containers[0].image")],
        "\(kubectl) patch podtemplate/p --type=json -p '["
          + #"{"op":"test","path":"/template/spec/containers/0/name","value":"app"},"#
          + #"{"op":"test","path":"/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},"#
          + #"{"op":"replace","path":"/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"}"#
          + "]'"
      ),
      (
        [.make("x.io/v1beta1 shop/Thing/t", path: #"spec["a.b"].image"#)],
        "\(kubectl) patch Thing.v1beta1.x.io/t --type=json -p '["
          + #"{"op":"test","path":"/spec/a.b/image","value":"k8s.gcr.io/web:1.0"},"#
          + #"{"op":"replace","path":"/spec/a.b/image","value":"registry.k8s.io/web:1.0"}]'"#
      ),
      (
        [.make(container: "*")],
        "\(kubectl) patch deployment/web --type=json -p '["
          + #"{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},"#
          + #"{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"}]'"#
      ),
      (
        [
          .make(
            path: "spec.template.spec.containers[0].args[1]", role: .argument,
            notes: ["in the argument --o'image"])
        ],
        "\(kubectl) patch deployment/web --type=json -p '["
          + #"{"op":"test","path":"/spec/template/spec/containers/0/args/1","value":"--o'\''image=k8s.gcr.io/web:1.0"},"#
          + #"{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--o'\''image=registry.k8s.io/web:1.0"}]'"#
      ),
    ] as [([Finding], String)])
  func shortest(findings: [Finding], command: String) throws {
    let plan = FixPlan(try Samples.report(Samples.cluster(findings)))
    let fixes = try #require(plan.clusters.first)
    let live = try #require(fixes.live.first)
    #expect(LiveCommands(fix: live, target: fixes.target).shortest() == [command])
  }

  @Test func theInverse() throws {
    let commands = try commands(.make())
    #expect(
      commands.shortest(isInverse: true) == [
        "\(Self.kubectl) set image deployment/web app=k8s.gcr.io/web:1.0"
      ])
    #expect(commands.watch == "\(Self.kubectl) rollout status deployment/web")
    #expect(
      commands.document(isInverse: true).contains(
        #""op": "test",\#n    "path": "/spec/template/spec/containers/0/image",\#n    "value": "registry"#
      ))
  }

  /// A mixture is one patch: two commands would be two rollouts.
  @Test func aMixtureIsOnePatch() throws {
    let commands = try commands(
      .make(),
      .make(
        path: "spec.template.spec.volumes[0].image.reference", container: "img", role: .imageVolume)
    )
    #expect(commands.shortest().count == 1)
    #expect(commands.shortest() == commands.patches())
  }

  // MARK: The cluster

  @Test(arguments: [
    ([TargetFlags.Given](), ["prod"], " --context prod", " --kube-context prod"),
    ([], ["a b'c"], #" --context 'a b'\''c'"#, #" --kube-context 'a b'\''c'"#),
    (
      [.init(name: "--kubeconfig", value: "k/c"), .init(name: "--context", value: "x")], ["prod"],
      " --kubeconfig k/c --context prod", " --kubeconfig k/c --kube-context prod"
    ),
    (
      [.init(name: "--kubeconfig-dir", value: "dir")], ["eu.yaml:prod:a"],
      " --kubeconfig dir/eu.yaml --context prod:a",
      " --kubeconfig dir/eu.yaml --kube-context prod:a"
    ),
    (
      [.init(name: "--server", value: "https://api.example.com")], ["https://api.example.com"],
      " --server https://api.example.com", " --kube-apiserver https://api.example.com"
    ),
    // No context that could be typed: the command ends before it reaches any cluster.
    ([], ["in-cluster"], " --context \"${CONTEXT:?}\"", " --kube-context \"${CONTEXT:?}\""),
    ([], [], " --context \"${CONTEXT:?}\"", " --kube-context \"${CONTEXT:?}\""),
    ([], ["\u{1B}[2J"], " --context \"${CONTEXT:?}\"", " --kube-context \"${CONTEXT:?}\""),
    ([], ["--all"], " --context \"${CONTEXT:?}\"", " --kube-context \"${CONTEXT:?}\""),
  ])
  func reach(given: [TargetFlags.Given], contexts: [String], flags: String, helm: String) throws {
    let cluster = Samples.cluster([], contexts: contexts)
    var report = try Samples.report(cluster)
    report.target = TargetFlags(connection: given)
    let target = KubectlTarget(cluster, of: report)
    #expect(target.flags == flags)
    #expect(target.helmFlags == helm)
    #expect(target.needsContext == flags.contains("CONTEXT"))
  }
}
