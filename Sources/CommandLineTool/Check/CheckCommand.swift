import Reports

/// `check`: what the registries themselves say.
enum CheckCommand {
  static let command = Command(
    name: .check,
    group: .act,
    isEveryday: true,
    summary: "Ask registries for images and their replacements",
    details: [
      "Ask the registry of each image that a scan finds fault with, and that of its replacement,"
        + " whether the image is there, whether both are the same (by digest), and whether it is for"
        + " the platforms of the cluster's nodes. Nothing is pulled. With IMAGE only these are asked"
        + " about, and no cluster is read.",
      "exists: the registry has it. gone: the registry says that there is no such image. private:"
        + " gone or private, for it does not tell which. unknown: it gave no answer that says"
        + " anything. Credentials come from Docker's config.json and its helpers.",
      "--connectivity tells what stands in the way of pulls: which hosts are reached, blocked (no"
        + " answer), intercepted (an answer of somebody else, or a certificate that no public"
        + " authority signed) or redirected. Where a certificate is not trusted, the host is asked once"
        + " more without that check, with nothing secret, only to learn who signed it.",
      "The exit status is 3 when an image or its replacement is gone, private, not for a platform,"
        + " or when a replacement that should be the same image is another one; with --connectivity when a"
        + " pull would not succeed or is intercepted.",
    ],
    positional: .init(
      placeholder: "IMAGE", help: "An image, or - for a list on standard input, one a line",
      isRepeatable: true),
    examples: [
      .init(
        comment: "Ask about one image and what the catalogue puts in its place",
        line: "kubectl gcr-report check k8s.gcr.io/pause:3.2"),
      .init(
        comment: "Ask about everything that a scan of now finds fault with",
        line: "kubectl gcr-report check"),
      .init(
        comment: "The same for a report of yesterday",
        line: "kubectl gcr-report check --from report.json"),
      .init(
        comment: "What stands between this machine and registry.k8s.io",
        line: "kubectl gcr-report check --connectivity"),
      .init(
        comment: "The same from each pool of nodes: Pods to look at and to apply yourself",
        line: "kubectl gcr-report check --connectivity --for-nodes > pods.yaml"),
      .init(
        comment: "Ask about a list, one image a line",
        line: "kubectl gcr-report -o name | kubectl gcr-report check -"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let arguments = invocation.arguments
    if arguments[Flags.check.connectivity] {
      return try await ConnectivityCheck(invocation: invocation).run()
    }
    if arguments[Flags.check.forNodes] {
      throw UsageError.needsOther(
        Flags.check.forNodes.definition.spelling,
        [Flags.check.connectivity.definition.spelling])
    }
    let input = try await CheckSubjects(invocation).read()
    let report = try await CheckReport(asking: input, RegistryInquiry(invocation))
    let output = invocation.environment.standardOutput
    switch arguments[Flags.check.form] {
    case .json: try output.write(CheckJSON.document(report))
    case .table:
      try output.write(
        CheckPage(report: report).text(RenderOptions(invocation.environment.terminal)))
    }
    var facts = input.facts
    facts.hasFindings = report.rows.contains(where: \.isFinding)
    facts.hasGap = facts.hasGap || report.rows.contains(where: \.isGap)
    facts.hasError =
      facts.hasError || (!report.rows.isEmpty && report.rows.allSatisfy(\.isUnanswered))
    facts.requiresComplete = arguments[Flags.status.requireComplete]
    facts.exitsZero = arguments[Flags.status.exitZero]
    return ExitStatus.decide(facts)
  }
}
