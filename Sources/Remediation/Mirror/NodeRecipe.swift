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
  init(_ platform: NodePlatform, _ input: RecipeInput) {
    switch platform {
    case .containerd(let version): self = .containerd(version, input)
    case .crio: self = .crio(input)
    case .docker: self = .docker(input)
    case .k3s: self = .rancher("k3s", input)
    case .rke2: self = .rancher("rke2", input)
    case .talos: self = .talos(input)
    case .bottlerocket: self = .bottlerocket(input)
    case .gke: self = .gke(input)
    case .eks(let version): self = .eks(version, input)
    case .aks(let version): self = .aks(version, input)
    case .kops(let version): self = .kops(version, input)
    case .openshift: self = .openshift(input)
    case .windows: self = .windows()
    case .unknown: self = .unknownRuntime()
    }
  }
}
