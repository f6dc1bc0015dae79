package import ImageReferences

/// Which sandbox (pause) image a node's runtime uses unless its configuration says otherwise.
///
/// The API does not show it: what is concluded here is *inferred* and never read.
package enum SandboxImages {
  /// A runtime's default from a version on, to the next entry of the same runtime.
  private struct Default {
    let runtime: String
    let from: [Int]
    /// Nil: not known for these versions.
    let image: String?
  }

  /// Ascending per runtime. Sources: containerd's `pkg/cri/config` (the host changed with
  /// containerd#7038, carried to 1.5 and 1.6 in October 2022 by #7550 and its sister; of the
  /// patches after that only the last of 1.6 was looked up); CRI-O's `crio.image.pause_image` (the
  /// host changed with cri-o#5777, in 1.24).
  private static let defaults: [Default] = [
    Default(runtime: "containerd", from: [1, 4], image: "k8s.gcr.io/pause:3.2"),
    Default(runtime: "containerd", from: [1, 5], image: "k8s.gcr.io/pause:3.5"),
    Default(runtime: "containerd", from: [1, 5, 14], image: nil),
    Default(runtime: "containerd", from: [1, 6], image: "k8s.gcr.io/pause:3.6"),
    Default(runtime: "containerd", from: [1, 6, 9], image: nil),
    Default(runtime: "containerd", from: [1, 6, 39], image: "registry.k8s.io/pause:3.6"),
    Default(runtime: "containerd", from: [1, 7], image: "registry.k8s.io/pause:3.8"),
    Default(runtime: "containerd", from: [2, 0], image: "registry.k8s.io/pause:3.10"),
    Default(runtime: "containerd", from: [2, 2], image: "registry.k8s.io/pause:3.10.1"),
    Default(runtime: "containerd", from: [2, 3], image: "registry.k8s.io/pause:3.10.2"),
    Default(runtime: "cri-o", from: [1, 34], image: "registry.k8s.io/pause:3.10.1"),
  ]

  /// The default of a `containerRuntimeVersion` such as `containerd://1.7.27`; nil where it is not
  /// known.
  package static func inferred(from runtimeVersion: String) -> String? {
    guard let separator = runtimeVersion.firstRange(of: "://") else { return nil }
    let runtime = runtimeVersion[..<separator.lowerBound]
    // `1.7.27-k3s1`, `1.6.39~ds1`: the suffix is the packager's.
    let number = runtimeVersion[separator.upperBound...].prefix { $0.isNumber || $0 == "." }
    let version = number.split(separator: ".").compactMap { Int($0) }
    guard version.count >= 2 else { return nil }
    return defaults.last {
      $0.runtime == runtime && !version.lexicographicallyPrecedes($0.from)
    }?.image
  }
}

extension ClusterInventory {
  /// Adds one use for each distinct inferred sandbox image that the recognizer knows; a living
  /// registry's pause image is no news.
  package mutating func addInferredSandboxes(
    _ nodes: [NodeRecord], _ recognizes: (ImageReference) -> Bool
  ) {
    var holders: [String: [NodeRecord]] = [:]
    for node in nodes {
      // Windows nodes pull another pause image, which runtimes do not name by version alone.
      guard node.operatingSystem != "windows",
        let image = SandboxImages.inferred(from: node.containerRuntimeVersion),
        let reference = ImageText.parse(image).reference, recognizes(reference)
      else { continue }
      holders[image, default: []].append(node)
    }
    for (image, nodes) in holders {
      let names = nodes.map(\.metadata.name).sorted()
      guard let first = nodes.min(by: { $0.metadata.name < $1.metadata.name }) else { continue }
      let identity = WorkloadIdentity(
        apiVersion: "v1", kind: "Node", namespace: "", name: first.metadata.name)
      workloads.append(
        Workload(
          identity: identity, uid: first.metadata.uid, activity: .active(desired: nil),
          labels: first.metadata.labels, annotations: first.metadata.annotations))
      var use = ImageUse(
        workload: identity, activity: .active(desired: nil),
        path: "status.nodeInfo.containerRuntimeVersion", container: "", role: .sandbox,
        image: ImageText.parse(image), pullPolicy: .ifNotPresent, confidence: .inferred,
        nodes: names)
      let versions = Set(nodes.map(\.containerRuntimeVersion)).sorted()
      use.notes = ["the default of \(versions.joined(separator: ", "))"]
      if names.count > 1 { use.notes.append("on \(names.count) nodes") }
      uses.append(use)
    }
    guard !holders.isEmpty else { return }
    workloads.sort { $0.identity < $1.identity }
    uses.sort(by: Attribution.precedes)
    namespaces = Set(namespaces).union([""]).sorted()
  }
}
