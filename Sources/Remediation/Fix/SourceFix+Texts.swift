import Inventory
import Reports

/// Texts that a person edits: static pods' files, kubeadm's and other ConfigMaps.
extension SourceFix {
  func nodeFile(_ node: String, _ label: String, _ kubectl: String?) -> Advice {
    let host = node.isEmpty ? "its node" : "node \(node)"
    let pod = identity?.name ?? ""
    let stem =
      !node.isEmpty && pod.hasSuffix("-\(node)") ? String(pod.dropLast(node.count + 1)) : pod
    return Advice(
      title: "\(label): edit the static pod's file on \(host)",
      steps: [
        "On \(host) copy the file to a folder of your own first, never beside it: the kubelet"
          + " runs every file of its folder.",
        "Edit the file: usually /etc/kubernetes/manifests/\(stem).yaml; the kubelet's"
          + " staticPodPath says where. The object in the API is a copy that nobody reads.",
        "The kubelet restarts the Pod at once. Go node by node, and wait until it is ready again.",
      ],
      commands: kubectl.flatMap { kubectl in
        ShellWord.text(pod).map { ["\(kubectl) get pod \($0) --watch"] }
      } ?? [],
      undo: ["Move the copy back over the file."])
  }

  func kubeadm(_ kubectl: String?) -> Advice {
    var steps = [
      "Keep a copy, then edit the text of ClusterConfiguration in the ConfigMap; nothing restarts.",
      "kubeadm reads it at the next kubeadm upgrade or join, and writes the static pods' files,"
        + " CoreDNS and kube-proxy from it. Until then they stay as they are: their own entries"
        + " here say what to change now.",
      "See which images kubeadm will ask for: kubeadm config images list --config FILE.",
      "Where Cluster API made the cluster, change KubeadmControlPlane"
        + " (spec.kubeadmConfigSpec.clusterConfiguration) instead.",
    ]
    if findings.contains(where: { $0.use.path.hasSuffix("dns.imageRepository") })
      || findings.contains(
        where: { $0.use.notes.contains { $0.contains("/coredns") } })
    {
      steps.append(
        "CoreDNS lies one level deeper (registry.k8s.io/coredns/coredns): kubeadm knows that"
          + " only while the repository is exactly registry.k8s.io.")
    }
    guard let kubectl else { return Advice(title: "kubeadm-config", steps: steps) }
    return Advice(
      title: "kubeadm's ConfigMap kube-system/kubeadm-config", steps: steps,
      commands: [
        "\(kubectl) get configmap kubeadm-config -o yaml | \(Self.withoutVersion)"
          + " > kubeadm-config.before.yaml",
        "\(kubectl) edit configmap kubeadm-config",
      ],
      undo: ["\(kubectl) replace -f kubeadm-config.before.yaml"])
  }

  /// With its version a copy could not take the place of what was changed since.
  private static let withoutVersion = "sed '/^  resourceVersion:/d'"

  func configMap(_ label: String, _ kubectl: String?) -> Advice {
    let name = identity?.name ?? ""
    var advice = Advice(
      title: "\(label): text inside of a ConfigMap",
      steps: [
        "Change the text, in the source that the ConfigMap comes from where there is one; then"
          + " restart what reads it, unless it watches the object."
      ])
    guard let kubectl, let word = ShellWord.text(name) else { return advice }
    advice.commands = [
      "\(kubectl) get configmap \(word) -o yaml | \(Self.withoutVersion) > configmap.before.yaml",
      "\(kubectl) edit configmap \(word)",
    ]
    advice.undo = ["\(kubectl) replace -f configmap.before.yaml"]
    return advice
  }
}
