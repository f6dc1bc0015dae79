extension HelpTopic {
  /// Lists the flags that choose what is looked at, whichever there are.
  static func filters(_ registry: CommandRegistry) -> HelpTopic {
    let flags = registry.flags.definitions(for: registry.fallback.name)
    return HelpTopic(
      name: "filters",
      summary: "How to look at a part of a cluster",
      blocks: [
        .paragraph(
          "These flags choose what a scan reads or shows. Several of them narrow each other."),
        .list(
          flags.filter { $0.category == .selection }.map {
            (FlagWording.spelling($0), FlagWording.sentence($0))
          }),
        .paragraph(
          "What is read less of is reported less of, never as clean: what could not be read stays in"
            + " the report, whatever the filter."),
        .verbatim("kubectl gcr-report -n kube-system -n istio-system -o wide"),
      ])
  }
}
