import Remediation

/// Where copies go, and who is told of them.
struct MirrorFlags: FlagGroup {
  static let category = FlagCategory.mirror
  static let commands: Set<CommandName> = [.mirror]

  let target = Flag.mirror(
    "to",
    "Plan copies into this registry, and point nodes to them; without it only registries that another"
      + " one replaces are configured")
  let tool = Flag.choice(
    "tool", default: CopyTool.skopeo,
    "Write the copy plan for this program; skopeo-sync writes files for \"skopeo sync\"")
  let runtimes = Flag.choices(
    "runtime", of: RuntimeChoice.self, placeholder: "RUNTIME",
    "Also write configuration for nodes of this kind, where nodes could not be read or are yet to"
      + " come: \(WordList.either(RuntimeChoice.allCases.map(\.rawValue)))")
  let daemonSet = Flag.toggle(
    "daemonset",
    "Also write a DaemonSet that puts the configuration on nodes of containerd and CRI-O; needs"
      + " --daemonset-image"
  ).settable(.nowhere)
  let daemonSetImage = Flag.text(
    "daemonset-image", "IMAGE@DIGEST",
    "What the DaemonSet runs: an image with a shell, such as busybox, pinned by its digest, of a registry"
      + " that the catalogue does not warn of")
}
