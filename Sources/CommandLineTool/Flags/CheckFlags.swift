/// Which images registries are asked about, and how.
struct CheckFlags: FlagGroup {
  static let category = FlagCategory.check
  static let commands: Set<CommandName> = [.check]

  let from = Flag.path(
    "from",
    "Ask about the images that this report (-o json) finds fault with, and about what replaces"
      + " them; - is standard input"
  ).settable(.nowhere)
  let platforms = Flag.list(
    "platform", "OS/ARCH", commaSeparated: true,
    "Ask whether the images are there for this platform, such as linux/arm64, too; with --from"
      + " those of the cluster's nodes")
  let plainHTTP = Flag.list(
    "plain-http", "HOST[:PORT]", commaSeparated: true,
    "Speak plain http with this registry; a password or token goes to it only on this machine")
  let form = Flag.choice(
    "output", short: "o", default: CheckForm.table, "Print a table, or everything as JSON"
  ).settable(.nowhere)
}

/// The forms of `check`.
enum CheckForm: String, Hashable, Sendable, CaseIterable {
  case table
  case json
}
