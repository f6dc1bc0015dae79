import Inventory
import Kubeconfig
import Reports
import Scanning

/// Many contexts, from their names to the exit status.
///
/// What could not be read is a row of the report with its reason; the others are complete.
struct ClusterSweep {
  /// A sweep of more says how many before it starts.
  private static let unannounced = 20

  private let invocation: Invocation
  private let pipeline: ScanPipeline
  private let access: ClusterAccess
  private let targets: [SweepTarget]
  private let stream: SweepStream?
  private let reader: SweepReader

  /// Chooses contexts and shard; no request is made.
  init(
    _ invocation: Invocation, _ selection: ContextSelection, _ pipeline: ScanPipeline
  ) throws {
    self.invocation = invocation
    self.pipeline = pipeline
    stream = try pipeline.delivery.outputs.stream()
    access = try ClusterAccess(invocation)
    let shard = try Self.shard(invocation)
    var chosen: [SweepTarget] = []
    for name in try selection.names(among: access.contextNames) {
      let target = SweepTarget(context: name, target: try access.target(of: name))
      let isMine =
        shard?.holds(context: name, server: target.server, authority: target.authority) ?? true
      if isMine { chosen.append(target) }
    }
    targets = chosen
    reader = SweepReader(invocation, pipeline, access, targets)
  }

  func run() async throws -> ExitStatus {
    let parallel = SweepLimits.parallelClusters(
      wish: invocation.arguments[Flags.sweep.parallelClusters],
      processors: SweepLimits.processors(), descriptors: SweepLimits.descriptors())
    announce(parallel)
    if let stream { try stream.begin(try pipeline.report(of: [])) }
    var facts = ExitFacts()
    var read = 0
    var clusters: [(first: Int, report: ClusterReport)] = []
    var interner = ReportInterner()
    let sweep = Sweep<ClusterReport>(
      members: targets.map(\.member), parallel: parallel,
      identify: { [reader] in try await reader.identify($0) },
      scan: { [reader] in try await reader.scan($0) })
    try await sweep.run { settled in
      var cluster = settled.outcome
      cluster.contexts = settled.members.map { targets[$0].context }
      if cluster.failure == nil { read += 1 }
      let report = pipeline.selection.applied(
        to: try pipeline.report(of: [cluster]), isWhole: false)
      facts.add(pipeline.delivery.facts(of: report))
      if let stream {
        try stream.write(report)
      }
      if streamsAll { cluster.forgetContents() } else { interner.intern(&cluster) }
      clusters.append((settled.members[0], cluster))
    }
    clusters.sort { $0.first < $1.first }
    var reports = clusters.map(\.report)
    PossibleDuplicates.mark(&reports)
    warn(of: reports)
    facts.hasError = read == 0 && !targets.isEmpty
    try pipeline.warnOfOldCatalogue()
    let whole = try pipeline.report(of: reports)
    return pipeline.delivery.deliver(
      streamsAll ? whole : pipeline.selection.applied(to: whole), facts: facts, stream: stream)
  }

  /// Whether nothing needs the findings once they are streamed.
  private var streamsAll: Bool {
    stream != nil && pipeline.delivery.baseline == nil && pipeline.delivery.recorder == nil
      && pipeline.selection.isEmpty
      && pipeline.delivery.outputs.plan.entries.allSatisfy { stream?.writes($0) ?? false }
  }

  private func announce(_ parallel: Int) {
    let diagnostics = invocation.diagnostics
    if targets.isEmpty {
      diagnostics.note("this shard holds none of the chosen contexts")
    } else if targets.count > Self.unannounced {
      diagnostics.note(
        "sweeping \(targets.count) contexts, \(min(parallel, targets.count)) at once")
    }
    let wish = invocation.arguments[Flags.sweep.parallelClusters]
    if wish > parallel {
      diagnostics.warning(
        "only \(parallel) clusters at once instead of \(wish): the limit of open files (ulimit -n)"
          + " allows no more")
    }
  }

  private func warn(of reports: [ClusterReport]) {
    let unread = reports.filter { $0.failure != nil }.flatMap(\.contexts)
    guard !unread.isEmpty else { return }
    let shown = unread.prefix(10).joined(separator: ", ")
    let more = unread.count > 10 ? " and \(unread.count - 10) more" : ""
    invocation.diagnostics.warning(
      "\(unread.count) of \(CountWords.text(targets.count, "context")) could not be read:"
        + " \(shown)\(more)")
  }

  private static func shard(_ invocation: Invocation) throws(ShardError) -> Shard? {
    if let shard = invocation.arguments[Flags.sweep.shard] { return shard }
    let variables = invocation.environment.variables
    let shard = try Shard.ofJob(variables)
    if shard == nil, variables["JOB_COMPLETION_INDEX"]?.isEmpty == false {
      invocation.diagnostics.warning(
        "JOB_COMPLETION_INDEX is set and JOB_COMPLETIONS is not: every Pod of this Job sweeps every"
          + " context; set JOB_COMPLETIONS to spec.completions")
    }
    return shard
  }
}

extension ExitFacts {
  /// Of one more cluster; whether there is an error is a matter of all.
  fileprivate mutating func add(_ other: ExitFacts) {
    hasFindings = hasFindings || other.hasFindings
    isClusterUnread = isClusterUnread || other.isClusterUnread
    hasGap = hasGap || other.hasGap
    requiresComplete = other.requiresComplete
    exitsZero = other.exitsZero
  }
}

extension ClusterReport {
  /// All that costs memory.
  fileprivate mutating func forgetContents() {
    findings = []
    namespaces = []
    coverage = []
  }
}
