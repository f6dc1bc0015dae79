import ImageReferences
import Inventory
package import RegistryCatalogue
package import Reports

/// Copies, node configuration and roll-out for the clusters of a report.
package struct MirrorPlan: Sendable {
  package struct Options: Sendable {
    /// Nil: no registry of one's own, only what registries replace.
    package var target: MirrorTarget?
    package var tool = CopyTool.skopeo
    /// Copy what no rule finds fault with, too.
    package var everything = false
    /// Recipes for nodes that were not read.
    package var platforms: [NodePlatform] = []
    /// Nil: no DaemonSet.
    package var daemonSetImage: MirrorImagePin?

    package init() {}
  }

  /// The first line of every file that a node gets. It never changes: by it a file is known as
  /// ours.
  static let header =
    "Written by kubectl gcr-report mirror, which replaces and removes files that begin with this line."

  let report: Report
  let options: Options
  package let copies: CopyPlan?
  package let routes: [HostRoute]
  package let pools: [NodePool]
  /// Clusters whose nodes nobody could read, by name.
  package let unread: [String]
  let recipes: [(recipe: NodeRecipe, pools: [NodePool])]
  let daemonSets: [MirrorDaemonSet]

  package init(_ report: Report, catalogue: Catalogue, options: Options) {
    self.report = report
    self.options = options
    let plan = options.target.map { CopyPlan(report, to: $0, everything: options.everything) }
    let routes = MirrorRoutes(
      report, catalogue: catalogue, plan: plan, target: options.target
    ).hosts
    let pools = NodePool.all(in: report)
    let input = RecipeInput(routes: routes, header: Self.header)
    let read = Dictionary(grouping: pools, by: \.platform)
    let platforms = Set(read.keys).union(options.platforms).sorted()
    copies = plan
    self.routes = routes
    self.pools = pools
    unread = report.clusters.filter { $0.nodes == nil && $0.files == nil }.map(\.displayName)
    recipes =
      routes.isEmpty ? [] : platforms.map { (NodeRecipe($0, input), read[$0] ?? []) }
    daemonSets =
      options.daemonSetImage.map { pin in
        Self.daemonSets(pin.reference, pools: pools, platforms: options.platforms, input)
      } ?? []
  }

  private static func daemonSets(
    _ image: ImageReference, pools: [NodePool], platforms: [NodePlatform], _ input: RecipeInput
  ) -> [MirrorDaemonSet] {
    MirrorDaemonSet.Family.allCases.compactMap { family in
      let own = pools.filter { MirrorDaemonSet.Family($0.platform) == family }
      let isAskedFor = platforms.contains { MirrorDaemonSet.Family($0) == family }
      guard !own.isEmpty || isAskedFor else { return nil }
      let isEverywhere = own.count == pools.count && !pools.isEmpty
      var labels: [NodePoolLabel] = []
      for pool in own {
        // A label that other nodes carry too would not tell them apart.
        guard let label = pool.label, !labels.contains(label),
          !pools.contains(where: {
            MirrorDaemonSet.Family($0.platform) != family
              && (label.isRole ? $0.label?.label == label.label : $0.label == label)
          })
        else { continue }
        labels.append(label)
      }
      return MirrorDaemonSet(
        family, image: image.raw.filter { !$0.isWhitespace }, pools: isEverywhere ? nil : labels,
        input)
    }
  }

  /// All but the README.
  package var files: [MirrorFile] {
    var files: [MirrorFile] = copyFiles
    for (recipe, _) in recipes {
      files += (recipe.artifacts + recipe.unverifiedArtifacts).map { artifact in
        MirrorFile(
          path: "nodes/\(recipe.folder)/\(artifact.path)", content: artifact.content,
          isExecutable: artifact.isExecutable)
      }
    }
    files += daemonSets.map {
      MirrorFile(path: "daemonset/\($0.family.rawValue).yaml", content: $0.manifest)
    }
    return files
  }

  /// The files and a README that says what to do with them.
  package var folder: [MirrorFile] {
    [MirrorFile(path: MirrorFile.readme, content: MirrorDocument(self, isInline: false).text)]
      + files
  }

  /// Everything in one text, the files in it.
  package var document: String { MirrorDocument(self, isInline: true).text }

  var copyFiles: [MirrorFile] {
    guard let copies, !copies.images.isEmpty else { return [] }
    let header = "Written by kubectl gcr-report mirror."
    guard options.tool == .skopeoSync else {
      return [
        MirrorFile(
          path: MirrorFile.copyScript,
          content: CopyScript.text(copies, tool: options.tool, header: header), isExecutable: true)
      ]
    }
    let sync = SyncFiles(copies, header: header)
    return sync.parts.map { MirrorFile(path: $0.path, content: $0.content) } + [
      MirrorFile(path: "sync.sh", content: sync.script(header: header), isExecutable: true)
    ]
  }
}

extension MirrorPlan {
  /// In words, when the catalogue warns of the target itself.
  package func complaintAboutTarget(_ catalogue: Catalogue) -> String? {
    guard let target = options.target,
      let sample = ImageText.parse("\(target.text)/image").reference
    else { return nil }
    let judgement = catalogue.judge(sample, asOf: report.asOf)
    guard judgement.fate != .ok, judgement.fate != .limited else { return nil }
    return "the catalogue warns of the target too: \(judgement.place) is \(judgement.fate.rawValue)"
      + "; \"kubectl gcr-report rules \(judgement.rule?.id ?? "")\" tells more"
  }
}
