/// What the report judges by, and what it shows.
struct ReportFlags: FlagGroup {
  static let category = FlagCategory.report
  static let commands: Set<CommandName> = [.scan, .files, .demo]
  private static let onFindings = CommandName.onFindings

  let asOf = Flag.date(
    "as-of", commands: onFindings.union([.scan, .explain, .files, .demo]),
    "Judge by the registries' state on this day (YYYY-MM-DD) instead of today; exposure then"
      + " comes from the specs alone")
  let rules = Flag.path(
    "rules", commands: onFindings.union([.scan, .explain, .files, .schedule, .demo, .rules]),
    "Add the rules of this YAML file to the catalogue; a rule with a known id replaces it")
  let exceptions = Flag.path(
    "exceptions", commands: onFindings.union([.scan, .explain, .merge, .schedule, .demo]),
    "Mark the findings that this YAML file calls mitigated or accepted: they stay in the report"
      + " until the file's date and leave --fail-on")
  let include = Flag.choices(
    "include", of: ReportExtra.self, commands: [.scan, .explain, .schedule, .demo],
    "Also show findings of old revisions and completed workloads, which never count as at risk")
  let teamLabel = Flag.text(
    "team-label", "KEY", commands: onFindings.union([.scan, .explain, .schedule, .demo]),
    "Give each finding the team that this label or annotation names, on the workload or else on its"
      + " namespace")
  let clusterName = Flag.text(
    "cluster-name", "NAME", commands: [.scan, .schedule],
    "Name the cluster so in the report, instead of by its context: inside a cluster there is none")
  let allImages = Flag.toggle(
    "all-images", commands: commands.union([.mirror, .schedule]),
    "Also list the images that no rule finds fault with")

  var flags: [any ReadableFlag] {
    [
      asOf, rules, exceptions, include, teamLabel, clusterName, allImages,
    ]
  }
}

/// What a report leaves out unless it is asked for by `--include`.
enum ReportExtra: String, Hashable, Sendable, CaseIterable {
  case history
}
