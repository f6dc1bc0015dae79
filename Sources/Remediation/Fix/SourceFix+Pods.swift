import ImageReferences
import Inventory
import Reports

/// What Pods have that no template says, and what cannot be changed in place.
extension SourceFix {
  func injector(_ container: String, _ cluster: ClusterFixes) -> Advice {
    var steps = [Self.injectors[container] ?? Self.unknownInjector]
    let image = findings.first?.use.image.text ?? ""
    let configured = cluster.sources.flatMap(\.findings).filter {
      $0.use.workload.kind == "ConfigMap" && $0.use.image.text == image
    }
    if let owner = configured.first {
      steps.append("It is named in \(owner.use.workload.label), \(owner.use.path): see there.")
    }
    steps.append("Then make the Pods anew, which are injected as they are made.")
    let workloads = Set(findings.map(\.use.workload)).sorted()
    return Advice(
      title: "container \(container) is put into Pods of"
        + " \(CountWords.text(workloads.count, "workload")) as they are made",
      steps: steps, commands: workloads.flatMap { restart($0, cluster.target) },
      undo: ["Set the injector's former configuration, and make the Pods anew."])
  }

  private static let unknownInjector =
    "A mutating webhook adds it: change that program's configuration, not the workload (kubectl"
    + " get mutatingwebhookconfigurations lists them)."
  private static let istio =
    "Istio's injector adds it: set global.hub (and the proxy's image) in the values of istiod's"
    + " installation, or in the IstioOperator, or upgrade Istio."

  /// By the names that the injectors' own documentation gives their containers.
  private static let injectors = [
    "istio-proxy": istio, "istio-init": istio, "istio-validation": istio,
    "linkerd-proxy": "Linkerd's injector adds it: set proxy.image in its values, or upgrade"
      + " Linkerd.",
    "linkerd-init": "Linkerd's injector adds it: set proxyInit.image in its values, or upgrade"
      + " Linkerd.",
    "vault-agent": "Vault's injector adds it: set injector.agentImage in its values.",
    "vault-agent-init": "Vault's injector adds it: set injector.agentImage in its values.",
    "daprd": "Dapr's injector adds it: set global.registry in its values, or upgrade Dapr.",
  ]

  func drift(_ template: String, _ label: String) -> Advice {
    guard findings.first?.replacement != template else {
      return Advice(
        title: "\(label): the template is right already, some of its Pods are not",
        steps: [
          "A rollout is under way or stuck, or updateStrategy OnDelete waits until somebody"
            + " deletes the Pods: delete them one after the other."
        ])
    }
    return Advice(
      title: "\(label): its Pods have another image than the template, which says \(template)",
      steps: [
        "A mutating webhook rewrites Pods as they are made, or somebody changed one by hand."
          + " Change the webhook's configuration (kubectl get mutatingwebhookconfigurations),"
          + " then make the Pods anew; a Pod that was changed by hand is deleted."
      ])
  }

  func controller(
    _ dependent: String, _ label: String, _ cluster: ClusterFixes
  ) -> Advice {
    let image = findings.first?.use.image.text
    let owner = identity
    let field =
      cluster.live.first { $0.identity == owner }?.changes.first {
        $0.finding.use.image.text == image
      }?.finding.use.path
    let apiVersion = owner?.apiVersion ?? ""
    return Advice(
      title: "\(label) (\(apiVersion)): its controller makes \(dependent)",
      steps: [
        field.map { "It follows from \($0) of the same object, which the first part changes." }
          ?? "Change the field of \(owner?.kind ?? "the owner") that sets the image, or where it has none"
          + " the operator's own configuration or version: the controller reverts what is changed in"
          + " \(dependent)."
      ],
      commands: field == nil ? edit(cluster.target.kubectl(owner?.namespace ?? "")) : [])
  }

  func recreation(_ label: String, _ kubectl: String?) -> Advice {
    let name = identity.flatMap { ShellWord.text($0.name) }
    let kind = identity?.kind ?? ""
    if findings.allSatisfy({ $0.use.role == .ephemeral }) {
      return Advice(
        title: "\(label): a debugging container",
        steps: [
          "It cannot be changed or removed: it ends with its Pod. Use another image next time."
        ])
    }
    var advice = Advice(
      title: "\(label): its template cannot be changed, it must be made anew",
      steps: [
        kind == "Job"
          ? "A Job starts from the beginning. Change the manifest or the program that makes it;"
            + " without one keep a copy, change the image in it, take out status, spec.selector"
            + " and the labels that end in controller-uid and job-name, and replace the Job."
          : "Keep a copy, change the image in it, and replace the Pod, which stops it for a moment."
      ])
    guard let kubectl, let name else { return advice }
    let resource = "\(kind.lowercased())/\(name)"
    advice.commands = [
      "\(kubectl) get \(resource) -o yaml > before.yaml",
      "\(kubectl) replace --force -f CHANGED.yaml",
    ]
    advice.undo = ["Replace it with the copy in the same way."]
    return advice
  }
}
