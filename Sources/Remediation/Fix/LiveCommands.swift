import Inventory
import Reports

/// The kubectl commands of one object's changes.
struct LiveCommands {
  let fix: LiveFix
  let target: KubectlTarget

  /// `deployment/web`, `prometheus.v1.monitoring.coreos.com/main`: the kind in the version whose
  /// paths the report names.
  var resource: String {
    let identity = fix.identity
    if BuiltInKind(identity) != nil { return "\(identity.kind.lowercased())/\(identity.name)" }
    let parts = identity.apiVersion.split(separator: "/").map(String.init)
    let group = parts.count == 2 ? "\(identity.kind).\(parts[1]).\(parts[0])" : identity.kind
    return "\(group)/\(identity.name)"
  }

  /// `set image` where that reaches every container, else one guarded patch: a second command would
  /// be a second rollout.
  func shortest(isInverse: Bool = false) -> [String] {
    guard let kubectl = target.kubectl(fix.identity.namespace) else { return [] }
    guard canSetImage, fix.changes.allSatisfy(\.isContainerImage) else {
      return patch(fix.changes, kubectl, isInverse)
    }
    let words = fix.changes.compactMap { change in
      ShellWord.text("\(change.finding.use.container)=\(isInverse ? change.old : change.new)")
    }
    guard words.count == fix.changes.count else { return patch(fix.changes, kubectl, isInverse) }
    return ["\(kubectl) set image \(resource) \(words.joined(separator: " "))"]
  }

  /// One patch that changes everything or nothing.
  func patches(isInverse: Bool = false) -> [String] {
    guard let kubectl = target.kubectl(fix.identity.namespace) else { return [] }
    return patch(fix.changes, kubectl, isInverse)
  }

  /// The same from a file.
  func patch(file: String) -> String? {
    guard let kubectl = target.kubectl(fix.identity.namespace), let word = ShellWord.text(file)
    else { return nil }
    return "\(kubectl) patch \(resource) --type=json --patch-file \(word)"
  }

  /// The JSON patch as a file's content.
  func document(isInverse: Bool = false) -> String {
    String(decoding: operations(fix.changes, isInverse).serialized(), as: UTF8.self)
  }

  /// How to see that the change has arrived.
  var watch: String? {
    guard case .workload(let kind) = BuiltInKind(fix.identity),
      fix.workload.activity != .scaledToZero,
      [.deployment, .statefulSet, .daemonSet].contains(kind),
      let kubectl = target.kubectl(fix.identity.namespace)
    else { return nil }
    return "\(kubectl) rollout status \(resource)"
  }

  private func operations(_ changes: [ImageChange], _ isInverse: Bool) -> JSONValue {
    .array(
      changes.flatMap {
        $0.operations(isInverse: isInverse, checksName: BuiltInKind(fix.identity) != nil)
          .map(\.json)
      })
  }

  private func patch(_ changes: [ImageChange], _ kubectl: String, _ isInverse: Bool) -> [String] {
    let line = String(decoding: operations(changes, isInverse).line().dropLast(), as: UTF8.self)
    guard let word = ShellWord.text(line) else { return [] }
    return ["\(kubectl) patch \(resource) --type=json -p \(word)"]
  }

  /// `kubectl set image` knows these kinds (k8s.io/kubectl `polymorphichelpers`).
  private var canSetImage: Bool {
    switch BuiltInKind(fix.identity) {
    case nil, .workload(.podTemplate), .workload(.job): false
    default: true
    }
  }

  /// What the change does, in whole sentences.
  var effects: [String] {
    guard let kind = BuiltInKind(fix.identity) else {
      return ["The controller of \(fix.identity.kind) takes it over; look what it restarts."]
    }
    let byKubeadm =
      Self.ofKubeadm.contains(fix.identity.name) && fix.identity.namespace == "kube-system"
    guard !byKubeadm else {
      return effects(of: kind) + [
        "Where kubeadm installed it, the next kubeadm upgrade writes it anew from"
          + " kubeadm-config: see that imageRepository there is right too."
      ]
    }
    return effects(of: kind)
  }

  /// `cmd/kubeadm/app/phases/addons`.
  private static let ofKubeadm: Set<String> = ["coredns", "kube-proxy"]

  private func effects(of kind: BuiltInKind) -> [String] {
    let isInit = fix.changes.contains { $0.finding.use.role == .initContainer }
    switch kind {
    case .pod:
      return [
        "The kubelet restarts the container in its place; nothing makes this Pod anew."
          + (isInit ? " An init container runs again only when the Pod starts anew." : "")
      ]
    case .workload(let kind):
      if fix.workload.activity == .scaledToZero { return ["It has no replicas: nothing restarts."] }
      switch kind {
      case .deployment: return ["A rollout replaces its Pods."]
      case .statefulSet, .daemonSet:
        return [
          "A rollout replaces its Pods one after the other; with updateStrategy OnDelete, which"
            + " the report does not know, only when somebody deletes them."
        ]
      case .replicaSet, .replicationController:
        return ["Its Pods keep the old image until somebody deletes them."]
      case .cronJob: return ["From its next run on; running Jobs end as they are."]
      case .podTemplate: return ["Whatever uses the template next."]
      case .job: return []
      }
    }
  }
}
