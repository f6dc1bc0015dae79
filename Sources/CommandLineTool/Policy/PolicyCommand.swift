import Inventory
import RegistryCatalogue
import Remediation
import Reports

/// `policy`: admission policies against what the catalogue warns of, and their rehearsal.
enum PolicyCommand {
  static let command = Command(
    name: .policy,
    group: .act,
    summary: "Write admission policies against such images",
    details: [
      "Write a policy that audits, warns of, denies or rewrites images whose registry is gone,"
        + " retiring, frozen or was left by its publisher, by the catalogue and --rules. Nothing is"
        + " applied: look at it, then give it to kubectl apply.",
      "All images of Pods, their templates and CronJobs are judged as this tool judges them: hosts"
        + " whole, references normalised. An update may keep the images that an object has, and what"
        + " a judged object makes is not judged again, so that what runs today can restart.",
      "--rule chooses other rules: a pattern those with a fate up to probe, an id any. --rehearse"
        + " tells first what the policy would do; flags that choose namespaces, workloads and"
        + " findings are for it alone.",
    ],
    examples: [
      .init(
        comment: "A folder with the steps from audit to deny, and how to undo them",
        line: "kubectl gcr-report policy --output-dir policies"),
      .init(
        comment: "What would be denied today, for each namespace and team",
        line: "kubectl gcr-report policy --rehearse --action deny --team-label team"),
      .init(
        comment: "Warn of these images from now on",
        line: "kubectl gcr-report policy --for vap --action warn | kubectl apply -f -"),
      .init(
        comment: "Rewrite what a machine may rewrite, on Kubernetes 1.36",
        line: "kubectl gcr-report policy --for map --rule k8s-gcr-io"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    try PolicyUsage(invocation.arguments).check()
    let arguments = invocation.arguments
    let input = try ReportInput(invocation)
    let tree = try OutputTree(invocation)
    let meaning = try meaning(arguments, input)
    guard !arguments[Flags.policy.rehearse] else {
      return try await rehearse(invocation, input, meaning)
    }
    let engine = try await PolicyTarget(invocation, input).engine()
    let bundle = PolicyBundle(meaning, options: try options(arguments, engine: engine))
    if let tree {
      let files = bundle.files.map { OutputTree.File(path: $0.name, content: $0.content) }
      try tree.write(files)
      try invocation.environment.standardOutput.write(tree.receipt(files))
    } else {
      try invocation.environment.standardOutput.write(bundle.text)
    }
    return .done
  }

  private static func rehearse(
    _ invocation: Invocation, _ input: ReportInput, _ meaning: PolicyMeaning
  ) async throws -> ExitStatus {
    let arguments = invocation.arguments
    let options = try options(
      arguments, engine: arguments[Flags.policy.engine] ?? .validatingAdmissionPolicy)
    let report = try await input.report()
    let hidden = meaning.rules.filter { [.ok, .limited].contains($0.fate(on: meaning.day).fate) }
    if !arguments[Flags.source.from].isEmpty, !report.includesCleanImages, !hidden.isEmpty {
      invocation.diagnostics.warning(
        "the report lists no image without a finding, such as those of rule \"\(hidden[0].id)\";"
          + " scan with --all-images")
    }
    let rehearsal = Rehearsal(report, meaning: meaning, options: options)
    let output = invocation.environment.standardOutput
    switch arguments[Flags.policy.form] {
    case .json:
      try output.write(rehearsal.json.serialized())
    case .table:
      try output.write(
        RehearsalPage(rehearsal, width: invocation.environment.terminal.pageWidth).text)
    }
    return ExitStatus.decide(input.facts(of: report))
  }

  private static func options(
    _ arguments: ParsedArguments, engine: PolicyEngine
  ) throws(UsageError) -> PolicyOptions {
    let flag = Flags.policy.action
    let action = arguments[flag] ?? engine.actions[0]
    guard engine.actions.contains(action) else {
      throw .invalidValue(
        flag: flag.definition.spelling, value: action.rawValue,
        expected: WordList.either(engine.actions.map(\.rawValue)) + " with --for \(engine.rawValue)"
      )
    }
    return PolicyOptions(
      engine: engine, action: action, includesOwned: arguments[Flags.policy.includesOwned])
  }

  /// The rules that are enforced: without `--rule` those whose registry does not serve as it did.
  private static func meaning(
    _ arguments: ParsedArguments, _ input: ReportInput
  ) throws -> PolicyMeaning {
    let day = input.asOf
    let globs = arguments[Flags.filter.rules]
    let meaning = PolicyMeaning(try input.catalogue, asOf: day) { rule in
      let fate = rule.fate(on: day).fate
      guard !globs.isEmpty else {
        return [.gone, .retiring, .frozen, .moved].contains(fate) && !rule.isUnverified
      }
      return globs.contains { glob in
        glob.matches(rule.id)
          && (!glob.isPattern || ![.ok, .limited].contains(fate) && !rule.isUnverified)
      }
    }
    if meaning.rules.isEmpty, let glob = globs.first {
      throw UsageError.invalidValue(
        flag: Flags.filter.rules.definition.spelling, value: glob.text,
        expected: "rules of which one is gone, retiring, frozen, moved or probe on \(day), or the"
          + " id of any rule")
    }
    return meaning
  }
}
