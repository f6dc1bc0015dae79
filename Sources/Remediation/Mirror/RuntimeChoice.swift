/// What `--runtime` may ask for.
package enum RuntimeChoice: String, Hashable, Sendable, CaseIterable {
  case containerd
  case crio = "cri-o"
  case docker
  case k3s
  case rke2
  case talos
  case bottlerocket
  case gke
  case eks
  case aks
  case kops
  case openshift

  package var platform: NodePlatform {
    switch self {
    case .containerd: .containerd(.unknown)
    case .crio: .crio
    case .docker: .docker
    case .k3s: .k3s
    case .rke2: .rke2
    case .talos: .talos
    case .bottlerocket: .bottlerocket
    case .gke: .gke
    case .eks: .eks(.unknown)
    case .aks: .aks(.unknown)
    case .kops: .kops(.unknown)
    case .openshift: .openshift
    }
  }
}
