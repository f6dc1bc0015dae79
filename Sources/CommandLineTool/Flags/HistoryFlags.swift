/// Reports over time.
struct HistoryFlags: FlagGroup {
  static let category = FlagCategory.history
  static let commands: Set<CommandName> = [.history]

  let record = Flag.record(
    "record", commands: [.scan, .files, .merge],
    "Store the report in the history: without FILE gcr-report/history.db in $XDG_DATA_HOME or"
      + " ~/.local/share"
  ).settable(.nowhere)
  let file = Flag.path(
    "file",
    "The history to use instead of gcr-report/history.db in $XDG_DATA_HOME or ~/.local/share"
  ).settable(.nowhere)
  let keep = Flag.optionalInteger(
    "keep", atLeast: 1, "Let history prune remove all but the newest N scans of each cluster"
  ).settable(.nowhere)
  let olderThan = Flag.days(
    "older-than", "Let history prune remove scans that are older, such as 90d or 12w"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] { [record, file, keep, olderThan] }
}
