import Inventory
import Reports

/// What a person does at one place, in the order of doing it, and how to take it back.
struct Advice: Hashable, Sendable {
  /// One line: where.
  var title: String
  var steps: [String] = []
  /// Commands that look, or that need a word of the person's own: never run by a script.
  var commands: [String] = []
  var undo: [String] = []
}

extension SourceFix {
  func advice(_ cluster: ClusterFixes) -> Advice {
    let target = cluster.target
    let workload = identity ?? findings.first?.use.workload
    let label = workload?.label ?? ""
    let kubectl = target.kubectl(workload?.namespace ?? "")
    switch place {
    case .object: return Advice(title: label)
    case .manager(let manager): return self.manager(manager, target)
    case .nodeFile(let node): return nodeFile(node, label, kubectl)
    case .kubeadm: return kubeadm(kubectl)
    case .configMap: return configMap(label, kubectl)
    case .injector(let container): return injector(container, cluster)
    case .drift(let template): return drift(template, label)
    case .controller(let dependent): return controller(dependent, label, cluster)
    case .rollout(let dependent):
      return Advice(
        title: "\(label): its \(dependent) has another image than the template",
        steps: [
          "A rollout is under way or stuck, or a Job of an older template still runs: the"
            + " template itself is right or has its own entry here. Let it end, or see why it"
            + " does not."
        ],
        commands: status(kubectl))
    case .unreadOwner:
      return Advice(
        title: "\(label): the owner of these Pods was not read",
        steps: [
          "Its controller makes the Pods. Change the image in the owner's own field, not in the"
            + " Pods, and give the scan the right to read the kind (kubectl gcr-report access)."
        ],
        commands: look(kubectl))
    case .recreation: return recreation(label, kubectl)
    case .run:
      return Advice(
        title: "\(label): runs once, and what runs is not changed",
        steps: [
          "Change what starts it (a template, a pipeline, a schedule, a repository), and start"
            + " it again if it fails."
        ])
    case .parts:
      return Advice(
        title: "\(label): several fields make the reference",
        steps: [
          "The field holds one part of the image. Change the parts so that together they make"
            + " the new reference, in the custom resource itself."
        ],
        commands: edit(kubectl))
    case .guess:
      return Advice(
        title: "\(label): found by its shape",
        steps: [
          "No schema says what this field means. Look whether it is an image that is pulled,"
            + " then change it in the custom resource."
        ],
        commands: edit(kubectl))
    case .sandbox:
      return Advice(
        title: "the sandbox (pause) image of nodes: concluded from the runtime's version, not read",
        steps: [
          "It stands in the runtime's configuration on each node: containerd's sandbox_image"
            + " (from version 2 on: pinned_images.sandbox), CRI-O's pause_image. Look there"
            + " first; set it in the node's image or user data, restart the runtime, and go"
            + " node by node."
        ])
    case .untypable:
      return Advice(
        title: "\(label): a name or path that cannot stand in a command",
        steps: ["Change it by hand."])
    }
  }
}
