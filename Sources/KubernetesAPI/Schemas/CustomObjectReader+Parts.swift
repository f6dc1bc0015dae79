import Inventory

extension CustomObjectReader {
  /// An object whose fields together name an image.
  mutating func parts(
    _ meaning: FieldMeaning, _ confidence: UseConfidence, _ bytes: Span<UInt8>,
    _ cursor: inout JSONCursor
  ) throws(WireError) {
    guard Self.composite.contains(meaning) else { return }
    let parts = try texts(bytes, &cursor)
    switch meaning {
    case .repository:
      let name = parts["repository"] == nil && parts["image"] == nil ? "name" : "repository"
      var parts = Self.joiningImage(parts) ?? parts
      if name == "name" { parts["repository"] = parts["name"] }
      // Of an object that is an image, as its name says, the version is the image's.
      if parts["tag"]?.isEmpty ?? true { parts["tag"] = parts["version"] }
      guard let image = Self.composed(parts, at: "repository"),
        ImageCandidate.reads(image.text, besideContainerFields: false)
      else { return }
      add(image, at: name, confidence)
    case .cataloguedImage:
      let mark = found.push(field: "repository")
      // A project of a forge is called a repository too, and has no tag beside it.
      composed(parts, at: "repository", confidence, mayBeShort: Self.hasTag(parts))
      found.pop(mark)
    case .artifactSource:
      // A HelmRepository's `https://` address is no registry.
      guard let url = parts["url"], url.hasPrefix("oci://") || url.hasPrefix("docker://"),
        let artifact = ImageCandidate.artifact(url)
      else { return }
      add(Self.flux(artifact, parts), at: "url", confidence)
    case .imageReference:
      // OpenShift: `ImageStreamTag` and the like name objects of the cluster.
      guard parts["kind"] == "DockerImage", let name = parts["name"] else { return }
      add(TaggedText(name), at: "name", confidence)
    case .kustomizeEntry:
      // Without a new name the entry may go by a name that is no image.
      let field = parts["newName"]?.isEmpty ?? true ? "name" : "newName"
      guard let name = parts[field], field == "newName" || ImageCandidate.hasHost(name) else {
        return
      }
      let image = Self.joined(name, tag: parts["newTag"], digest: parts["digest"])
      guard field == "newName" || image != name else { return }
      add(TaggedText(image), at: field, confidence)
    case .istioHub:
      guard let hub = parts["hub"], !hub.isEmpty else { return }
      add(Self.below(hub, "pilot", tag: parts["tag"]), at: "hub", confidence)
    default: kubeadm(meaning, parts, confidence)
    }
  }

  private static let composite: Set<FieldMeaning> = [
    .repository, .cataloguedImage, .artifactSource, .imageReference, .kustomizeEntry, .istioHub,
    .kubeadmImages, .kubeadmDNS, .kubeadmEtcd,
  ]

  /// kubeadm `cmd/kubeadm/app/images/images.go`: the repository of the control plane is also that
  /// of CoreDNS and etcd unless these have their own. CoreDNS lies one level deeper only below
  /// exactly `registry.k8s.io`.
  private mutating func kubeadm(
    _ meaning: FieldMeaning, _ parts: [String: String], _ confidence: UseConfidence
  ) {
    guard let repository = parts["imageRepository"], !repository.isEmpty else { return }
    let image: String
    switch meaning {
    case .kubeadmDNS:
      image = repository == "registry.k8s.io" ? "coredns/coredns" : "coredns"
    case .kubeadmEtcd: image = "etcd"
    default: image = "kube-apiserver"
    }
    add(
      Self.below(repository, image, tag: parts["imageTag"]), at: "imageRepository", confidence)
  }

  private mutating func add(_ image: TaggedText, at field: String, _ confidence: UseConfidence) {
    let mark = found.push(field: field)
    found.add(image, .configuration, confidence)
    found.pop(mark)
  }

  /// `registry`, `repository` (or `image`), `tag` and `digest` as one reference, as charts and
  /// operators join them; nil without a repository.
  ///
  /// - Parameter field: what holds the repository; its name tells which tag is its own.
  static func composed(_ parts: [String: String], at field: String) -> TaggedText? {
    guard let name = repository(of: parts) else { return nil }
    var image = TagSibling(of: field).complete(name, with: parts)
    // The path's last key says so.
    image.isJoined = false
    return image
  }

  /// What stands before the tag.
  static func repository(of parts: [String: String]) -> String? {
    guard let name = parts["repository"] ?? parts["image"], !name.isEmpty else { return nil }
    guard let registry = parts["registry"], !registry.isEmpty, !name.hasPrefix("\(registry)/")
    else { return name }
    return "\(registry)/\(name)"
  }

  /// The parts of an image whose name and version stand apart from the repository above it
  /// (NVIDIA/gpu-operator `internal/image/image.go`, `ImagePath`); nil for any other.
  static func joiningImage(_ parts: [String: String]) -> [String: String]? {
    guard let repository = parts["repository"], let image = parts["image"],
      let version = parts["version"], !repository.isEmpty, !image.isEmpty,
      !image.contains(where: { "/:@".contains($0) })
    else { return nil }
    var whole = parts
    whole["repository"] = "\(repository)/\(image)"
    whole["image"] = nil
    whole[version.hasPrefix("sha256:") ? "digest" : "tag"] = version
    whole["version"] = nil
    return whole
  }

  /// An image below a repository; its tag is the program's own where none is given.
  private static func below(_ repository: String, _ image: String, tag: String?) -> TaggedText {
    var text = TagSibling(of: "repository").complete(
      "\(repository)/\(image)", with: tag.map { ["tag": $0] } ?? [:])
    text.isJoined = false
    return text
  }

  /// Flux's `OCIRepositoryRef`: a digest counts before a range of versions, that before a tag
  /// (fluxcd/source-controller `docs/spec/v1/ocirepositories.md`, "Reference").
  private static func flux(_ artifact: String, _ parts: [String: String]) -> TaggedText {
    let digest = parts["digest"].flatMap { $0.isEmpty ? nil : $0 }
    guard digest == nil, let range = parts["semver"], !range.isEmpty else {
      return TaggedText(joined(artifact, tag: parts["tag"], digest: digest))
    }
    var text = TaggedText(artifact, isTagKnown: false)
    text.range = range
    return text
  }

  /// Whether an object says which tag or digest it means.
  static func hasTag(_ parts: [String: String]) -> Bool {
    ["tag", "imageTag", "digest", "imageDigest"].contains { parts[$0]?.isEmpty == false }
  }

  private static func joined(_ name: String, tag: String?, digest: String?) -> String {
    var text = name
    // The name may have its tag already.
    let hasTag = name.split(separator: "/").last?.contains { $0 == ":" || $0 == "@" } ?? false
    if let tag, !tag.isEmpty, !hasTag { text += ":\(tag)" }
    if let digest, digest.contains(":"), !name.contains("@") { text += "@\(digest)" }
    return text
  }
}
