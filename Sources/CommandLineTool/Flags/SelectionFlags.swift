/// What of a cluster is looked at.
struct SelectionFlags: FlagGroup {
  static let category = FlagCategory.selection
  static let commands = CommandName.onFindings.union([.scan, .explain, .access, .demo])

  let namespaces = Flag.list(
    "namespace", short: "n", "NAME", commaSeparated: true,
    commands: commands.union([.merge]),
    "Report on this namespace only; * and ? are patterns, for which the namespaces are listed"
  ).completing(.namespaces)
  let allNamespaces = Flag.toggle(
    "all-namespaces", short: "A",
    "Report on every namespace, whatever --namespace says; this is the default")
  let helm = Flag.toggle(
    "helm", commands: commands.subtracting([.demo]).union([.schedule]),
    "Also read Helm's releases, which are Secrets: the images of their manifests and hooks, and"
      + " the values that set them; with --include history all revisions")

  var flags: [any ReadableFlag] { [namespaces, allNamespaces, helm] }
}
