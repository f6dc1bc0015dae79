import ImageReferences
import Inventory
import Reports

/// The plan in Markdown, to be read from top to bottom.
struct MirrorDocument {
  let plan: MirrorPlan
  /// Whether the files stand in it, or beside it.
  let isInline: Bool
  private(set) var text = ""

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

  // MARK: Parts

  private mutating func opening() {
    let report = plan.report
    line("# Mirror")
    if report.isSample { paragraph("\(Report.sampleNotice).") }
    let clusters = report.clusters.map { Markdown.code(NodePool.name(of: $0)) }
    let target = plan.options.target.map { " Copies go to \(Markdown.code($0.text))." }
    paragraph(
      "For \(clusters.isEmpty ? "no cluster" : clusters.joined(separator: ", ")), judged as of"
        + " \(report.asOf) by the catalogue of \(report.catalogue.date).\(target ?? "")"
        + " Nothing has been changed: every step below is a person's.")
    if !report.filter.isEmpty {
      paragraph(
        "A filter was in force, so images may be missing: "
          + report.filter.flags.map(Markdown.code).joined(separator: " "))
    }
  }

  private mutating func advice() {
    line("## First of all: change the manifests")
    paragraph(
      "A mirror buys time. What names the old registry goes on naming it, on every new node and in every"
        + " new cluster, and breaks where the mirror is not configured. Where a rule names the same"
        + " content elsewhere, `kubectl gcr-report files FOLDER --write` puts the new names into"
        + " manifests and charts; what is below is for what cannot be changed in time.")
  }

  private mutating func gaps() {
    var items: [String] = []
    for cluster in plan.report.clusters {
      let name = Markdown.code(NodePool.name(of: cluster))
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
    line("## Not read")
    paragraph("What was not read may need images and nodes that are missing here.")
    list(items)
  }

  private mutating func images() {
    line("## Images")
    guard let copies = plan.copies else {
      paragraph(
        "No target was named (`--to`), so nothing is copied: only registries that another one replaces"
          + " are configured.")
      return
    }
    guard !copies.images.isEmpty else {
      paragraph("There is nothing to copy.")
      others(copies)
      return
    }
    let scope =
      copies.includesEverything
      ? "every image that the report knows" : "the images that a rule finds fault with"
    paragraph(
      "\(count(copies.images.count, "image")), that is \(scope). Each keeps its whole name below the"
        + " target, so that every runtime finds it, and its digest.")
    text += Markdown.table(
      ["image", "copied from", "to", "workloads", "why"],
      isNumber: [false, false, false, true, false])
    for image in copies.images {
      let from: String
      switch (image.origin, image.otherSource) {
      case (.replacement, _): from = "\(Markdown.code(image.source)): the same content elsewhere"
      case (.origin, let other?): from = "the registry itself, else \(Markdown.code(other))"
      case (.origin, nil): from = "the registry itself"
      }
      text += Markdown.row([
        Markdown.code(image.reference.canonical), from, Markdown.code(image.target),
        "\(image.workloads)", Markdown.prose(image.why),
      ])
    }
    text += "\n"
    others(copies)
  }

  private mutating func others(_ copies: CopyPlan) {
    if !copies.uncopyable.isEmpty {
      line("### To be had from nowhere")
      list(
        copies.uncopyable.map { image in
          let advice = image.advice.map { "; \(Markdown.prose($0))" } ?? ""
          return "\(Markdown.code(image.reference.canonical))"
            + " (\(count(image.workloads, "workload"))): \(Markdown.prose(image.why))\(advice)"
        })
      paragraph(
        "A node that still holds such an image can give it away: `ctr --namespace k8s.io images export`"
          + " there, before it is cleared away.")
    }
    var rest: [String] = []
    if copies.alreadyThere > 0 {
      rest.append("\(count(copies.alreadyThere, "image")) named at the target already")
    }
    if copies.nameless > 0 {
      rest.append(
        "\(count(copies.nameless, "text")) in image fields that name no image (filled in later, or wrong)"
      )
    }
    if !rest.isEmpty {
      paragraph("Left out:")
      list(rest)
    }
  }

  private mutating func copying() {
    guard let copies = plan.copies, !copies.images.isEmpty else { return }
    let tool = plan.options.tool
    line("### Copying with \(tool.program)")
    if tool == .skopeoSync {
      paragraph(
        "`sync.sh` runs `skopeo sync` for each file; layers that the target has are not sent again. It"
          + " does not fall back on another source, and images by digest get no tag.")
      let sync = SyncFiles(copies, header: "")
      if !sync.unreachable.isEmpty {
        paragraph(
          "These change their last name, which `skopeo sync` cannot do; use another `--tool`:")
        list(sync.unreachable.map(Markdown.code))
      }
    } else {
      paragraph(
        "Log in to the target, then run `sh \(MirrorFile.copyScript) -n` to see what it would do, and `sh"
          + " \(MirrorFile.copyScript)` to do it. It asks the target what is there, so it may be run again"
          + " at any time; it ends with status 1 when an image failed. `docker pull`, `tag` and `push`"
          + " would copy one platform only, under another digest.")
    }
    if let unverified = tool.unverified { list(["Unverified: \(unverified)"]) }
    for file in plan.copyFiles {
      block(file.path, file.content, file.path.hasSuffix(".sh") ? "sh" : "yaml")
    }
  }

  private mutating func nodes() {
    line("## Nodes")
    guard !plan.pools.isEmpty else {
      paragraph("No node was read.")
      return routesMissing()
    }
    text += Markdown.table(
      ["cluster", "pool", "nodes", "runtime", "kubelet", "system", "see"],
      isNumber: [false, false, true, false, false, false, false])
    for pool in plan.pools {
      let recipe = plan.recipes.first { $0.pools.contains(pool) }?.recipe
      text += Markdown.row([
        Markdown.code(pool.cluster),
        pool.label.map { "\(Markdown.code($0.name)) by \(Markdown.code($0.label))" } ?? "no label",
        "\(pool.nodes.count)", several(pool.runtimes), several(pool.kubelets),
        several(pool.systems), recipe.map { $0.title } ?? "–",
      ])
    }
    text += "\n"
    routesMissing()
  }

  private mutating func routesMissing() {
    guard plan.recipes.isEmpty else { return }
    paragraph(
      plan.routes.isEmpty
        ? "No image at risk has another place that a node could be told of, so nothing is to be configured."
        : "Nothing is configured.")
  }

  private mutating func section(_ recipe: NodeRecipe, _ pools: [NodePool]) {
    line("## \(recipe.title)")
    if pools.isEmpty {
      paragraph("Asked for with `--runtime`; no node was read that has it.")
    } else {
      list(pools.map(words))
    }
    for artifact in recipe.artifacts { show(artifact, recipe) }
    if recipe.artifacts.isEmpty, recipe.unverifiedArtifacts.isEmpty {
      paragraph("There is nothing to write for these nodes.")
    }
    steps("Apply", recipe.apply)
    steps("Restart", recipe.restart)
    steps("Verify", recipe.verify)
    steps("Undo", recipe.undo)
    steps("What it cannot do", recipe.limits)
    steps("Unverified", recipe.unverified)
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
    line("## Roll-out by a DaemonSet")
    paragraph(
      "Prefer new manifests, then the nodes' own image or user data (`user-data.sh` above); a DaemonSet is"
        + " the last resort. It comes after a node's first pulls, so it helps neither the sandbox image nor"
        + " the network's Pods, and a node without `config_path` ignores what it writes. The provider of a"
        + " managed cluster may forbid it.")
    guard !plan.daemonSets.isEmpty else {
      paragraph("No node was read whose runtime takes its configuration so; there is no DaemonSet.")
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
      list(items)
    }
  }

  // MARK: Lines

  private mutating func line(_ text: String) {
    self.text += text + "\n\n"
  }

  private mutating func paragraph(_ text: String) {
    line(text)
  }

  private mutating func list(_ items: [String]) {
    text += items.map { "- \($0)\n" }.joined() + "\n"
  }

  private mutating func steps(_ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    line("**\(title)**")
    list(items)
  }

  private mutating func show(_ artifact: NodeRecipe.Artifact, _ recipe: NodeRecipe) {
    block(
      "nodes/\(recipe.folder)/\(artifact.path)", artifact.content, artifact.language,
      place: artifact.place)
  }

  private mutating func block(
    _ path: String, _ content: String, _ language: String, place: String? = nil
  ) {
    let where_ = place.map { ": \($0)" } ?? ""
    line("`\(path)`\(where_)")
    guard isInline else { return }
    // GFM 4.5: a fence ends at one at least as long.
    var longest = 0
    var run = 0
    for byte in content.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    line("\(fence)\(language)\n\(content)\(content.hasSuffix("\n") ? "" : "\n")\(fence)")
  }

  private func several(_ words: [String]) -> String {
    let shown = words.filter { !$0.isEmpty }.prefix(3).map(Markdown.code)
    let more = words.count > 3 ? " and \(words.count - 3) more" : ""
    return shown.isEmpty ? "unknown" : shown.joined(separator: ", ") + more
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
