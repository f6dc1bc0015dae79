/// Which clusters one call reads, and how many at once.
struct SweepFlags: FlagGroup {
  static let category = FlagCategory.sweep
  static let commands: Set<CommandName> = [.scan]

  let contexts = Flag.list(
    "contexts", "GLOB", commaSeparated: true,
    "Scan every context whose name matches; * stands for any text, / included, ? for one"
      + " character"
  ).completing(.contexts).settable(.nowhere)
  let contextsExpression = Flag.text(
    "contexts-regex", "REGEX",
    "Scan every context in whose name this regular expression finds a match; ^ and $ tie it to the"
      + " ends"
  ).settable(.nowhere)
  let allContexts = Flag.toggle(
    "all-contexts", "Scan every context of the kubeconfig, or of --kubeconfig-dir"
  ).settable(.nowhere)
  let excludedContexts = Flag.list(
    "exclude-contexts", "GLOB", commaSeparated: true,
    "Leave out contexts that the other flags chose and whose name matches this"
  ).completing(.contexts)
  let parallelClusters = Flag.integer(
    "parallel-clusters", default: 0, atLeast: 0,
    "Read at most this many clusters at once; 0 chooses by processors and the limit of open files")
  let clusterTimeout = Flag.duration(
    "cluster-timeout", default: .seconds(600), defaultText: "10m in a sweep",
    "Give up on a cluster that takes longer: seconds, or a duration such as 90s or 5m; 0 waits"
      + " without limit")
  let shard = Flag.shard(
    "shard",
    "Scan only the I-th of N parts of the chosen contexts, which never changes for a context; in an"
      + " Indexed Job JOB_COMPLETION_INDEX and JOB_COMPLETIONS say the same"
  ).settable(.nowhere)
  let stream = Flag.toggle(
    "stream",
    "Print -o json as one report a line, each cluster as soon as it is read, instead of one report"
      + " at the end; csv on standard output always is printed so"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] {
    [
      contexts, contextsExpression, allContexts, excludedContexts, parallelClusters,
      clusterTimeout, shard, stream,
    ]
  }
}
