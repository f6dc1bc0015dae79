import RegistryCatalogue
import Remediation
import Reports

/// `mirror`: copies of the images that a cluster needs, and how its nodes find them.
enum MirrorCommand {
  static let command = Command(
    name: .mirror,
    group: .act,
    summary: "Plan copies of images and the nodes' way to them",
    details: [
      "Write a plan to copy the images that a rule finds fault with into a registry of your own, with all"
        + " platforms and unchanged digests, and the configuration by which the nodes of this cluster find"
        + " them under their old names: for the runtimes and distributions that they really run, with what"
        + " has to be restarted, how to verify and how to undo it.",
      "Nothing is copied or changed: the plan is printed as one document, or written into a folder with"
        + " --output-dir. Where one registry replaces another as a whole, nodes are pointed to it even"
        + " without --to.",
      "Change the manifests first, where you can. A mirror buys time.",
    ],
    examples: [
      .init(
        comment: "Everything in one document",
        line: "kubectl gcr-report mirror --to registry.example/mirror"),
      .init(
        comment: "A folder with a script for crane, from a report of yesterday",
        line: "kubectl gcr-report mirror --to registry.example/mirror --tool crane"
          + " --from report.json --output-dir mirror"),
      .init(
        comment: "Only registries that another one replaces, for nodes that may not be read",
        line: "kubectl gcr-report mirror --runtime containerd"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let arguments = invocation.arguments
    let flags = Flags.mirror
    let input = try ReportInput(invocation)
    var options = MirrorPlan.Options()
    options.target = arguments[flags.target]
    options.tool = arguments[flags.tool] ?? .skopeo
    options.everything = arguments[Flags.report.allImages]
    options.platforms = arguments[flags.runtimes]
      .compactMap { RuntimeChoice(rawValue: $0)?.platform }.sorted()
    try checkPairs(invocation)
    let tree = try OutputTree(invocation)
    let pin = arguments[flags.daemonSetImage]
    if arguments[flags.daemonSet], let pin {
      // Wrong text ends the run before any request; the day of the report decides once it is known.
      options.daemonSetImage = try MirrorImagePin(
        pin, catalogue: input.catalogue,
        asOf: CalendarDate(secondsSince1970: invocation.environment.now()))
    }
    let report = try await input.report()
    if arguments[flags.daemonSet], let pin {
      options.daemonSetImage = try MirrorImagePin(
        pin, catalogue: input.catalogue, asOf: report.asOf)
    }
    let catalogue = try input.catalogue
    let plan = MirrorPlan(report, catalogue: catalogue, options: options)
    if let complaint = plan.complaintAboutTarget(catalogue) {
      invocation.diagnostics.warning(complaint)
    }
    if let tree {
      let files = plan.folder.map { file in
        OutputTree.File(
          path: file.path.split(separator: "/").map { FileNameTemplate.safe(String($0)) }
            .joined(separator: "/"),
          content: file.content, isExecutable: file.isExecutable)
      }
      try tree.write(files)
      try invocation.environment.standardOutput.write(tree.receipt(files))
    } else {
      try invocation.environment.standardOutput.write(plan.document)
    }
    return ExitStatus.decide(input.facts(of: report))
  }

  /// Flags that do nothing alone.
  private static func checkPairs(_ invocation: Invocation) throws(UsageError) {
    let arguments = invocation.arguments
    let flags = Flags.mirror
    let target = flags.target.definition.spelling
    if arguments[flags.target] == nil {
      if arguments.isTyped(flags.tool) {
        throw .needsOther(flags.tool.definition.spelling, [target])
      }
      if arguments[Flags.report.allImages], arguments.isTyped(Flags.report.allImages) {
        throw .needsOther(Flags.report.allImages.definition.spelling, [target])
      }
    }
    let image = flags.daemonSetImage.definition.spelling
    if arguments[flags.daemonSet], arguments[flags.daemonSetImage] == nil {
      throw .needsOther(flags.daemonSet.definition.spelling, [image])
    }
    if !arguments[flags.daemonSet], arguments.isTyped(flags.daemonSetImage) {
      throw .needsOther(image, [flags.daemonSet.definition.spelling])
    }
  }
}
