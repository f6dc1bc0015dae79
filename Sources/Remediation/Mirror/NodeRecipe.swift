/// How nodes of one platform are told where to find images.
///
/// The texts are Markdown, each one item of a list.
struct NodeRecipe: Hashable, Sendable {
  /// A file, or lines for one.
  struct Artifact: Hashable, Sendable {
    /// Below the recipe's folder; each part is plain.
    let path: String
    let content: String
    /// For the reader: where it goes.
    let place: String
    /// Of the fenced block.
    let language: String
    var isExecutable = false
  }

  /// `containerd-1.5`
  let folder: String
  let title: String
  var artifacts: [Artifact] = []
  var apply: [String] = []
  var restart: [String] = []
  var verify: [String] = []
  var undo: [String] = []
  var limits: [String] = []
  /// What nobody has looked up, with its files.
  var unverified: [String] = []
  var unverifiedArtifacts: [Artifact] = []
}

extension NodeRecipe {
  /// The recipe for a platform.
  init(_ platform: NodePlatform, _ kitchen: RecipeInput) {
    switch platform {
    case .containerd(let version): self = .containerd(version, kitchen)
    case .crio: self = .crio(kitchen)
    case .docker: self = .docker(kitchen)
    case .k3s: self = .rancher("k3s", kitchen)
    case .rke2: self = .rancher("rke2", kitchen)
    case .talos: self = .talos(kitchen)
    case .bottlerocket: self = .bottlerocket(kitchen)
    case .gke: self = .gke(kitchen)
    case .eks(let version): self = .eks(version, kitchen)
    case .aks(let version): self = .aks(version, kitchen)
    case .kops(let version): self = .kops(version, kitchen)
    case .openshift: self = .openshift(kitchen)
    case .windows: self = .windows()
    case .unknown: self = .unknownRuntime()
    }
  }
}

/// What all recipes are made of.
struct RecipeInput: Hashable, Sendable {
  let routes: [HostRoute]
  /// The first line of every file, without a comment's sign.
  let header: String

  /// An image to try, as the cluster names it.
  var sample: String {
    routes.lazy.compactMap(\.samples.first).first ?? "k8s.gcr.io/pause:3.9"
  }

  /// Parts that a runtime without path rewriting cannot find elsewhere.
  func lostParts(_ isLost: (HostRoute) -> Bool) -> [String] {
    routes.filter { isLost($0) }.flatMap { route in
      route.parts.map { "`\(route.host)/\($0.path)` → `\($0.location.text)`" }
    }
  }

  /// A sentence on parts of which only some tags are elsewhere, if there are any.
  var sharedParts: [String] {
    let parts = routes.filter { $0.own == nil }.flatMap { route in
      route.parts.filter(\.keepsOthers).map {
        "`\(route.host)/\($0.path)` → `\($0.location.text)`"
      }
    }
    guard !parts.isEmpty else { return [] }
    return [
      "Tags cannot be told apart. Of these only some are elsewhere, so that they have no entry, and"
        + " need `--to` or new manifests: \(parts.joined(separator: ", "))."
    ]
  }
}
