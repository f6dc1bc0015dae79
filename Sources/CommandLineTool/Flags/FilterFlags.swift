import Inventory

/// Which part of what was read is shown. Whatever is left out, what was not read is said.
struct FilterFlags: FlagGroup {
  static let category = FlagCategory.selection
  static let commands = CommandName.onFindings.union([.scan, .merge, .demo])
  private static let withFiles = commands.union([.files])

  let excludedNamespaces = Flag.globs(
    "exclude-namespaces", "NAME", commands: commands.union([.access, .schedule]),
    "Leave these namespaces out; * and ? are patterns"
  ).completing(.namespaces)
  let selector = Flag.selector(
    "selector", short: "l", commands: [.scan, .demo],
    "Report on workloads with these labels only, as kubectl selects: =, ==, !=, in, notin, KEY,"
      + " !KEY; Pods count by their own labels where their owner was not read")
  let risk = Flag.risk(
    "risk", commands: withFiles,
    "Show findings of this risk and above only (critical, high, medium, low or info)")
  let rules = Flag.globs(
    "rule", "ID", commands: withFiles,
    "Show findings of this rule only; * and ? are patterns, \"rules\" lists the ids"
  ).completing(.rules)
  let images = Flag.globs(
    "image", "GLOB", commands: withFiles,
    "Show these images only: * and ? are patterns, held against the text as written, the whole"
      + " reference, and the latter without tag and digest")
  let teams = Flag.globs(
    "team", "NAME", "Show workloads of this team only, with --team-label; * and ? are patterns")
  let onlyLegacy = Flag.toggle(
    "only-legacy", commands: withFiles,
    "Show only images whose registry the catalogue warns of, and neither invalid references nor"
      + " other failing pulls")

  var flags: [any ReadableFlag] {
    [
      excludedNamespaces, selector, risk, rules, images, teams, onlyLegacy,
    ]
  }
}
