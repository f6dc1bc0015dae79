/// What makes the exit status non-zero.
struct StatusFlags: FlagGroup {
  static let category = FlagCategory.status
  static let commands: Set<CommandName> = [.scan, .files, .merge, .demo]
  private static let withGaps = commands.union(CommandName.onFindings)

  let failOn = Flag.risk(
    "fail-on", commands: commands.union([.schedule]),
    "Exit with status 3 when a finding has this risk or a higher one (critical, high, medium,"
      + " low or info)")
  let baseline = Flag.path(
    "baseline",
    "Let --fail-on count only findings that this former report (-o json) does not hold")
  let failOnNew = Flag.toggle(
    "fail-on-new", commands: [.history],
    "Exit with status 3 when history diff finds something that appeared or is readable now, else"
      + " with 4 when a cluster was no longer read"
  ).settable(.nowhere)
  let requireComplete = Flag.toggle(
    "require-complete", commands: withGaps.union([.schedule]),
    "Exit with status 4 when anything that was asked for could not be read")
  let exitZero = Flag.toggle(
    "exit-zero", commands: withGaps,
    "Exit with status 0 where findings or gaps would give 3 or 4; errors still count")

  var flags: [any ReadableFlag] { [failOn, baseline, failOnNew, requireComplete, exitZero] }
}
