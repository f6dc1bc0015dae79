/// Which questions go to registries, and how they are asked.
struct CheckFlags: FlagGroup {
  static let category = FlagCategory.check
  static let commands: Set<CommandName> = [.check]
  private static let asking: Set<CommandName> = [.check, .scan, .files]

  let asks = Flag.toggle(
    "check", commands: [.scan, .files],
    "Ask the registries, once for each reference that a rule finds fault with and once for what"
      + " replaces it, and judge by their answers; without it no registry is asked"
  ).settable(.nowhere)
  let pins = Flag.toggle(
    "pin", commands: [.files],
    "Ask the registries for the digests of the references that --diff and --write put into files, and"
      + " write them beside the tags"
  ).settable(.nowhere)
  let platforms = Flag.list(
    "platform", "OS/ARCH", commaSeparated: true,
    "Ask whether the images are there for this platform, such as linux/arm64, beside those of the"
      + " cluster's nodes")
  let plainHTTP = Flag.list(
    "plain-http", "HOST[:PORT]", commaSeparated: true, commands: asking,
    "Speak plain http with this registry; a password or token goes to it only on this machine")
  let connectivity = Flag.toggle(
    "connectivity",
    "Tell instead whether this machine can pull from registry.k8s.io, or each IMAGE: every host on"
      + " the way and every known backend, and who signed their certificates"
  ).settable(.nowhere)
  let forNodes = Flag.toggle(
    "for-nodes",
    "With --connectivity print a Pod for each pool of nodes that does the same there, and how to read"
      + " its log; nothing is applied"
  ).settable(.nowhere)
  let form = Flag.choice(
    "output", short: "o", default: AnswerForm.table, "Print a table, or everything as JSON"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] {
    [asks, pins, platforms, plainHTTP, connectivity, forNodes, form]
  }
}
