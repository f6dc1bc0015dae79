import Remediation

/// Where copies go, and who is told of them.
struct MirrorFlags: FlagGroup {
  static let category = FlagCategory.mirror
  static let commands: Set<CommandName> = [.mirror]

  let target = Flag.mirror(
    "to",
    "Plan copies into this registry, and point nodes to them; without it only registries that another"
      + " one replaces are configured")
  let tool = Flag.optionalChoice(
    "tool", "NAME", of: CopyTool.allCases,
    "Write the copy plan for this program: skopeo (the default), crane, regctl, oras, or skopeo-sync,"
      + " which writes files for \"skopeo sync\"")
  let runtimes = Flag.names(
    "runtime", of: RuntimeChoice.allCases.map(\.rawValue), what: "a kind of node",
    "Also write configuration for nodes of this kind, where nodes could not be read or are yet to come:"
      + " \(WordList.either(RuntimeChoice.allCases.map(\.rawValue)))")
  let daemonSet = Flag.toggle(
    "daemonset",
    "Also write a DaemonSet that puts the configuration on nodes of containerd and CRI-O; needs"
      + " --daemonset-image"
  ).settable(.nowhere)
  let daemonSetImage = Flag.text(
    "daemonset-image", "IMAGE@DIGEST",
    "What the DaemonSet runs: an image with a shell, such as busybox, pinned by its digest, of a registry"
      + " that the catalogue does not warn of")

  var flags: [any ReadableFlag] { [target, tool, runtimes, daemonSet, daemonSetImage] }
}
