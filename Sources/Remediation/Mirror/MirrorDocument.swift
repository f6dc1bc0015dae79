import ImageReferences
import Inventory
import Reports

/// The plan in Markdown, to be read from top to bottom.
struct MirrorDocument {
  let plan: MirrorPlan
  /// Whether the files stand in it, or beside it.
  let isInline: Bool
  private var page = MarkdownPage()

  init(_ plan: MirrorPlan, isInline: Bool) {
    self.plan = plan
    self.isInline = isInline
    opening()
    advice()
    gaps()
    images()
    copying()
    nodes()
    for (recipe, pools) in plan.recipes { section(recipe, pools) }
    rollOut()
  }

  var text: String { page.text }

  // MARK: Parts

  private mutating func opening() {
    let report = plan.report
    page.heading(1, "Mirror")
    if report.isSample { page.paragraph("\(Report.sampleNotice).") }
    let clusters = report.clusters.map { Markdown.code($0.displayName) }
    let target = plan.options.target.map { " Copies go to \(Markdown.code($0.text))." }
    page.paragraph(
      "For \(clusters.isEmpty ? "no cluster" : clusters.joined(separator: ", ")), judged as of"
        + " \(report.asOf) by the catalogue of \(report.catalogue.date).\(target ?? "")"
        + " Nothing has been changed: every step below is a person's.")
    if !report.filter.isEmpty {
      page.paragraph(
        "A filter was in force, so images may be missing: "
          + report.filter.flags.map(Markdown.code).joined(separator: " "))
    }
  }

  private mutating func advice() {
    page.heading(2, "First of all: change the manifests")
    page.paragraph(
      "A mirror buys time. What names the old registry goes on naming it, on every new node and in every"
        + " new cluster, and breaks where the mirror is not configured. Where a rule names the same"
        + " content elsewhere, `kubectl gcr-report files FOLDER --write` puts the new names into"
        + " manifests and charts; what is below is for what cannot be changed in time.")
  }

  private mutating func gaps() {
    var items: [String] = []
    for cluster in plan.report.clusters {
      let name = Markdown.code(cluster.displayName)
      items += cluster.gapsInWords.map { "\(name): \(Markdown.prose($0))" }
    }
    items += plan.unread.map {
      "\(Markdown.code($0)): its nodes were not read, so which runtimes run there is unknown and no"
        + " configuration is written for them; `--runtime` asks for one by name"
    }
    if plan.options.everything, !plan.report.includesCleanImages {
      items.append(
        "the report was made without `--all-images`: images that no rule finds fault with are unknown"
      )
    }
    guard !items.isEmpty else { return }
    page.heading(2, "Not read")
    page.paragraph("What was not read may need images and nodes that are missing here.")
    page.list(items)
  }

  private mutating func images() {
    page.heading(2, "Images")
    guard let copies = plan.copies else {
      page.paragraph(
        "No target was named (`--to`), so nothing is copied: only registries that another one replaces"
          + " are configured.")
      return
    }
    guard !copies.images.isEmpty else {
      page.paragraph("There is nothing to copy.")
      others(copies)
      return
    }
    let scope =
      copies.includesEverything
      ? "every image that the report knows" : "the images that a rule finds fault with"
    page.paragraph(
      "\(CountWords.text(copies.images.count, "image")), that is \(scope). Each keeps its whole name below the"
        + " target, so that every runtime finds it, and its digest.")
    page.table(
      ["image", "copied from", "to", "workloads", "why"],
      isNumber: [false, false, false, true, false],
      rows: copies.images.map { image in
        let from =
          switch (image.origin, image.otherSource) {
          case (.replacement, _): "\(Markdown.code(image.source)): the same content elsewhere"
          case (.origin, let other?): "the registry itself, else \(Markdown.code(other))"
          case (.origin, nil): "the registry itself"
          }
        return [
          Markdown.code(image.reference.canonical), from, Markdown.code(image.target),
          "\(image.workloads)", Markdown.prose(image.why),
        ]
      })
    others(copies)
  }

  private mutating func others(_ copies: CopyPlan) {
    if !copies.uncopyable.isEmpty {
      page.heading(3, "To be had from nowhere")
      page.list(
        copies.uncopyable.map { image in
          let advice = image.advice.map { "; \(Markdown.prose($0))" } ?? ""
          return "\(Markdown.code(image.reference.canonical))"
            + " (\(CountWords.text(image.workloads, "workload"))): \(Markdown.prose(image.why))\(advice)"
        })
      page.paragraph(
        "A node that still holds such an image can give it away: `ctr --namespace k8s.io images export`"
          + " there, before it is cleared away.")
    }
    var rest: [String] = []
    if copies.alreadyThere > 0 {
      rest.append("\(CountWords.text(copies.alreadyThere, "image")) named at the target already")
    }
    if copies.nameless > 0 {
      rest.append(
        "\(CountWords.text(copies.nameless, "text")) in image fields that name no image (filled in later, or wrong)"
      )
    }
    if !rest.isEmpty {
      page.paragraph("Left out:")
      page.list(rest)
    }
  }

  private mutating func copying() {
    guard let copies = plan.copies, !copies.images.isEmpty else { return }
    let tool = plan.options.tool
    page.heading(3, "Copying with \(tool.program)")
    if tool == .skopeoSync {
      page.paragraph(
        "`sync.sh` runs `skopeo sync` for each file; layers that the target has are not sent again. It"
          + " does not fall back on another source, and images by digest get no tag.")
      let sync = SyncFiles(copies, header: "")
      if !sync.unreachable.isEmpty {
        page.paragraph(
          "These change their last name, which `skopeo sync` cannot do; use another `--tool`:")
        page.list(sync.unreachable.map(Markdown.code))
      }
    } else {
      page.paragraph(
        "Log in to the target, then run `sh \(MirrorFile.copyScript) -n` to see what it would do, and `sh"
          + " \(MirrorFile.copyScript)` to do it. It asks the target what is there, so it may be run again"
          + " at any time; it ends with status 1 when an image failed. `docker pull`, `tag` and `push`"
          + " would copy one platform only, under another digest.")
    }
    if let unverified = tool.unverified { page.list(["Unverified: \(unverified)"]) }
    for file in plan.copyFiles {
      block(file.path, file.content, file.path.hasSuffix(".sh") ? "sh" : "yaml")
    }
  }

  private mutating func nodes() {
    page.heading(2, "Nodes")
    guard !plan.pools.isEmpty else {
      page.paragraph("No node was read.")
      return routesMissing()
    }
    page.table(
      ["cluster", "pool", "nodes", "runtime", "kubelet", "system", "see"],
      isNumber: [false, false, true, false, false, false, false],
      rows: plan.pools.map { pool in
        let recipe = plan.recipes.first { $0.pools.contains(pool) }?.recipe
        return [
          Markdown.code(pool.cluster),
          pool.label.map { "\(Markdown.code($0.name)) by \(Markdown.code($0.label))" }
            ?? "no label",
          "\(pool.nodes.count)", several(pool.runtimes), several(pool.kubelets),
          several(pool.systems), recipe?.title ?? "–",
        ]
      })
    routesMissing()
  }

  private mutating func routesMissing() {
    guard plan.recipes.isEmpty else { return }
    page.paragraph(
      plan.routes.isEmpty
        ? "No image at risk has another place that a node could be told of, so nothing is to be configured."
        : "Nothing is configured.")
  }

  private mutating func section(_ recipe: NodeRecipe, _ pools: [NodePool]) {
    page.heading(2, recipe.title)
    if pools.isEmpty {
      page.paragraph("Asked for with `--runtime`; no node was read that has it.")
    } else {
      page.list(pools.map(words))
    }
    for artifact in recipe.artifacts { show(artifact, recipe) }
    if recipe.artifacts.isEmpty, recipe.unverifiedArtifacts.isEmpty {
      page.paragraph("There is nothing to write for these nodes.")
    }
    page.steps("Apply", recipe.apply)
    page.steps("Restart", recipe.restart)
    page.steps("Verify", recipe.verify)
    page.steps("Undo", recipe.undo)
    page.steps("What it cannot do", recipe.limits)
    page.steps("Unverified", recipe.unverified)
    for artifact in recipe.unverifiedArtifacts { show(artifact, recipe) }
  }

  private func words(_ pool: NodePool) -> String {
    let names = pool.nodes.prefix(10).map { Markdown.code($0.name) }.joined(separator: ", ")
    let more = pool.nodes.count > 10 ? " and \(pool.nodes.count - 10) more" : ""
    let label = pool.label.map { "pool \(Markdown.code($0.name))" } ?? "no pool label"
    return "\(Markdown.code(pool.cluster)), \(label): \(names)\(more)"
  }

  private mutating func rollOut() {
    guard plan.options.daemonSetImage != nil else { return }
    page.heading(2, "Roll-out by a DaemonSet")
    page.paragraph(
      "Prefer new manifests, then the nodes' own image or user data (`user-data.sh` above); a DaemonSet is"
        + " the last resort. It comes after a node's first pulls, so it helps neither the sandbox image nor"
        + " the network's Pods, and a node without `config_path` ignores what it writes. The provider of a"
        + " managed cluster may forbid it.")
    guard !plan.daemonSets.isEmpty else {
      page.paragraph(
        "No node was read whose runtime takes its configuration so; there is no DaemonSet.")
      return
    }
    for set in plan.daemonSets {
      block("daemonset/\(set.family.rawValue).yaml", set.manifest, "yaml")
      var items = [
        "It writes below `\(set.family.folder)`: a file beside its place, then a rename. A file that begins"
          + " with another line than ours is left alone, and its log says so.",
        "It runs as root without any capability, sees that one folder of the node, and no API.",
        "It tolerates every taint"
          + (set.pools == nil
            ? " and runs on every Linux node."
            : ". It runs on the pools above and on nodes with the label `\(MirrorDaemonSet.nodeLabel)`:"
              + " `kubectl label node NODE \(MirrorDaemonSet.nodeLabel)=yes`."),
        "Undo: `kubectl delete -f \(set.family.rawValue).yaml`. When one of its Pods ends, on a drain or an"
          + " update too, it removes its files from that node; the next one writes them again.",
        "Where SELinux is enforced, the node may refuse the write: unverified.",
      ]
      if set.family == .crio {
        items.insert(
          "CRI-O reads the file after `systemctl reload crio` on the node, which the DaemonSet cannot do, or"
            + " by itself with `auto_reload_registries = true`.", at: 1)
      }
      page.list(items)
    }
  }

  private func several(_ words: [String]) -> String {
    let shown = words.filter { !$0.isEmpty }.prefix(3).map(Markdown.code)
    let more = words.count > 3 ? " and \(words.count - 3) more" : ""
    return shown.isEmpty ? "unknown" : shown.joined(separator: ", ") + more
  }

  // MARK: Files

  private mutating func show(_ artifact: NodeRecipe.Artifact, _ recipe: NodeRecipe) {
    block(
      "nodes/\(recipe.folder)/\(artifact.path)", artifact.content, artifact.language,
      place: artifact.place)
  }

  private mutating func block(
    _ path: String, _ content: String, _ language: String, place: String? = nil
  ) {
    page.paragraph("`\(path)`\(place.map { ": \($0)" } ?? "")")
    if isInline { page.fence(content, language) }
  }
}
