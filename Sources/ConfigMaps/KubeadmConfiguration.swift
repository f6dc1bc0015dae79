import ImageReferences
import Inventory
import YAMLDocuments

/// kubeadm's `ClusterConfiguration` (`v1beta2` to `v1beta4`): where it says from which repository
/// the control plane's images come.
enum KubeadmConfiguration {
  /// The repository of Kubernetes' own images since 1.25; below it alone does kubeadm ask for
  /// `coredns/coredns` instead of `coredns` (`cmd/kubeadm/app/images`, `GetDNSImage`).
  private static let defaultRepository = "registry.k8s.io"

  /// Text that is no YAML, and fields that are absent, give nothing.
  static func images(in text: String, path: String) -> [ExtractedImage] {
    let documents = ConfigText.documents(text)
    let root = documents.first { $0["kind"]?.string == "ClusterConfiguration" } ?? documents.first
    guard let root else { return [] }
    let version = root["kubernetesVersion"]?.string ?? ""
    let dns = root["dns"]
    let etcd = root["etcd"]?["local"]
    let fields: [(path: String, repository: String?, image: String, tag: String, isForDNS: Bool)] =
      [
        ("imageRepository", root["imageRepository"]?.string, "kube-apiserver", version, true),
        (
          "dns.imageRepository", dns?["imageRepository"]?.string, "coredns",
          dns?["imageTag"]?.string ?? "", true
        ),
        (
          "etcd.local.imageRepository", etcd?["imageRepository"]?.string, "etcd",
          etcd?["imageTag"]?.string ?? "", false
        ),
      ]
    let hasOwnDNS = dns?["imageRepository"]?.string?.isEmpty == false
    return fields.compactMap { field in
      guard let repository = field.repository, !repository.isEmpty else { return nil }
      let name = "\(repository)/\(field.image)"
      let tagged = field.tag.isEmpty ? name : "\(name):\(field.tag)"
      let representative = ImageText.parse(tagged).reference == nil ? name : tagged
      var image = ExtractedImage(
        path: "\(path).\(field.path)", container: field.path, role: .configuration,
        image: repository, confidence: .known)
      image.representative = representative
      image.notes = [UseNotes.repositoryPrefix + representative]
      let isOfDNS = field.isForDNS && (field.path.hasPrefix("dns") || !hasOwnDNS)
      if isOfDNS && repository != defaultRepository {
        image.notes.append(
          "kubeadm asks for \(repository)/coredns here; for \(defaultRepository) alone it is"
            + " \(defaultRepository)/coredns/coredns")
      }
      return image
    }
  }
}
