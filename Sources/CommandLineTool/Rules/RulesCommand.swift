import RegistryCatalogue

/// `rules`: the catalogue, one rule of it, or all of it as YAML.
enum RulesCommand {
  static let command = Command(
    name: .rules,
    group: .reference,
    isEveryday: true,
    summary: "List the registry rules, or explain one",
    details: [
      "Without NAME, list what the catalogue knows: which registries, or parts of them, are gone,"
        + " going, frozen or moved. With NAME, tell one rule's story: what happened and when, what"
        + " to do, and who says so.",
      "A file given with --rules adds rules or replaces some by id; --export prints the catalogue"
        + " in the form that such a file has.",
    ],
    positional: .init(placeholder: "NAME", help: "The id of one rule", completion: .rules),
    examples: [
      .init(comment: "List the rules", line: "kubectl gcr-report rules"),
      .init(comment: "Explain one", line: "kubectl gcr-report rules k8s-gcr-io"),
      .init(
        comment: "Save the catalogue to start a file of one's own",
        line: "kubectl gcr-report rules --export > rules.yaml"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let catalogue = try CatalogueSource(invocation).load()
    let today = CalendarDate(secondsSince1970: invocation.environment.now())
    let page = RulesPage(
      catalogue: catalogue, today: today, width: invocation.environment.terminal.pageWidth)
    let output = invocation.environment.standardOutput
    if invocation.arguments[Flags.output.export] {
      try output.write(catalogue.exported())
    } else if let name = invocation.arguments.positionals.first {
      guard let rule = catalogue.rule(name) else {
        throw UnknownRule(
          name: name,
          suggestion: Suggestion.nearest(to: name, among: catalogue.rules.map(\.id)))
      }
      try output.write(page.explanation(of: rule))
    } else {
      try output.write(page.list())
    }
    return .done
  }
}

/// `rules NAME` with a name that no rule has.
struct UnknownRule: Error, Hashable {
  let name: String
  let suggestion: String?
}
