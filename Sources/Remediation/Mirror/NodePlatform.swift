import Inventory
package import Reports

/// How a node is told where to find images: its distribution's way where it has one, else its
/// runtime's.
package enum NodePlatform: Hashable, Sendable, Comparable {
  case containerd(ContainerdVersion)
  case crio
  case docker
  case k3s
  case rke2
  case talos
  case bottlerocket
  case gke
  case eks(ContainerdVersion)
  case aks(ContainerdVersion)
  case kops(ContainerdVersion)
  case openshift
  case windows
  /// Nothing that we know of.
  case unknown

  package init(_ node: NodeReport) {
    let runtime = node.runtime.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
    let version = ContainerdVersion(runtime: node.runtime)
    let kubelet = node.kubeletVersion
    let label = node.pool?.label ?? ""
    if node.platform.hasPrefix("windows") {
      self = .windows
    } else if node.osImage.hasPrefix("Talos") {
      self = .talos
    } else if node.osImage.hasPrefix("Bottlerocket") {
      self = .bottlerocket
    } else if kubelet.contains("+k3s") {
      self = .k3s
    } else if kubelet.contains("+rke2") {
      self = .rke2
    } else if runtime == "cri-o" {
      let isOpenShift = node.osImage.contains("CoreOS") && !node.osImage.contains("Fedora")
      self = isOpenShift ? .openshift : .crio
    } else if runtime == "docker" {
      self = .docker
    } else if runtime != "containerd" {
      self = .unknown
    } else if kubelet.contains("-gke.") {
      self = .gke
    } else if node.osImage.hasPrefix("Amazon Linux 2023"), kubelet.contains("-eks-") {
      self = .eks(version)
    } else if label == "kubernetes.azure.com/agentpool" || label == "agentpool" {
      self = .aks(version)
    } else if label == "kops.k8s.io/instancegroup" {
      self = .kops(version)
    } else {
      self = .containerd(version)
    }
  }
}
