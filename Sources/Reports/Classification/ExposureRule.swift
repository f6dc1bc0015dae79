import ImageReferences
package import Inventory
package import RegistryCatalogue

/// What the next start of a container would do with one use, from what the cluster says of it.
package struct ExposureRule: Sendable {
  /// Nil when nodes were not read.
  private let nodes: NodeCensus?
  /// Nil when autoscalers were not read: replicas 0 then says nothing.
  private let autoscalers: AutoscalerIndex?
  /// False when the report is as of another day: then no status and no cache counts.
  private let usesEvidence: Bool
  /// Of files, which no cluster tells anything about.
  private let assumed: Exposure?

  /// For uses in files: all have the one exposure, but those of the past.
  package init(assuming exposure: Exposure) {
    nodes = nil
    autoscalers = nil
    usesEvidence = true
    assumed = exposure
  }

  package init(nodes: NodeCensus?, autoscalers: AutoscalerIndex?, usesEvidence: Bool) {
    self.nodes = nodes
    self.autoscalers = autoscalers
    self.usesEvidence = usesEvidence
    assumed = nil
  }

  package struct Verdict: Hashable, Sendable {
    package var exposure: Exposure
    /// In the order to be told.
    package var facts: [ExposureFact]
    /// The failure that makes it `failing`.
    package var failure: StartFailure?
    /// Nil when node caches were not read or do not count.
    package var cache: CacheState?
  }

  package func assess(_ use: ImageUse, of workload: Workload) -> Verdict {
    var verdict = verdict(on: use, of: workload)
    if !usesEvidence { verdict.facts.append(.specificationOnly) }
    return verdict
  }

  private func verdict(on use: ImageUse, of workload: Workload) -> Verdict {
    let cache = cacheState(of: use, workload)
    func verdict(_ exposure: Exposure, _ facts: ExposureFact...) -> Verdict {
      Verdict(exposure: exposure, facts: facts, cache: cache)
    }
    if use.activity.isPast {
      return verdict(.history, use.activity == .completed ? .completed : .oldRevision)
    }
    if let assumed { return verdict(assumed, .inFile) }
    if usesEvidence, let failure = Self.tellingFailure(of: use) {
      let fact: ExposureFact =
        switch failure.reason {
        case StartFailureReasons.imageVolume: .imageVolumeFails
        case StartFailureReasons.sandbox: .sandboxFails
        default: .waiting(reason: failure.reason)
        }
      return Verdict(
        exposure: .failing,
        facts: [fact],
        failure: Self.explanation(of: failure, in: use), cache: cache)
    }
    if let (exposure, facts) = sleep(of: use, workload) {
      return Verdict(exposure: exposure, facts: facts, cache: cache)
    }
    // What is no reference is never asked of a registry.
    guard use.image.reference != nil else {
      return Verdict(exposure: .unknown, facts: [], cache: nil)
    }
    if use.confidence == .inferred { return Verdict(exposure: .unknown, facts: [], cache: nil) }
    if use.role.isOnlyNamed {
      guard let cache, cache.eligible > 0, cache.holding == cache.eligible else {
        return verdict(.unknown, .namedOnly)
      }
      return verdict(.cached, .namedOnly, .nodesHold(total: cache.eligible))
    }
    if use.pullPolicy == .always { return verdict(.pulls, .policyAlways) }
    // The kubelet never asks a registry for it; whether it starts is up to the nodes alone.
    if use.pullPolicy == .never {
      guard let cache, cache.eligible > 0, cache.holding == cache.eligible else {
        return verdict(.unknown, .policyNever)
      }
      return verdict(.cached, .policyNever, .nodesHold(total: cache.eligible))
    }
    if let fact = startsOnNewNodes(workload) { return verdict(.pulls, fact) }
    guard let cache else {
      return usesEvidence ? verdict(.unknown, .nodesUnread) : verdict(.unknown)
    }
    return Self.judged(by: cache, of: use)
  }

  private static func judged(by cache: CacheState, of use: ImageUse) -> Verdict {
    func verdict(_ exposure: Exposure, _ fact: ExposureFact) -> Verdict {
      Verdict(exposure: exposure, facts: [fact], cache: cache)
    }
    if cache.eligible == 0 { return verdict(.unknown, .noNodeFits) }
    if cache.holding == cache.eligible {
      return verdict(.cached, .nodesHold(total: cache.eligible))
    }
    if cache.likelyLacking > 0 {
      // Required affinity may keep it off just the nodes that lack it.
      return use.placement.hasRequiredNodeAffinity && !isBound(use)
        ? verdict(
          .unknown, .affinityDecides(missing: cache.likelyLacking, total: cache.eligible))
        : verdict(
          .pulls,
          .nodesLack(missing: cache.likelyLacking, total: cache.eligible, isCertain: false))
    }
    return verdict(
      .unknown,
      .nodeListsSilent(silent: cache.eligible - cache.holding, total: cache.eligible))
  }

  /// The first failure of a pull that says why; else the first: older kubelets tell the cause only
  /// between two back-offs.
  private static func tellingFailure(of use: ImageUse) -> StartFailure? {
    let failures = use.failures.filter(isPullFailure)
    return failures.first { FailureCause($0) != .unclassified } ?? failures.first
  }

  /// Whether a container waits for this reason, as far as waiting counts on the report's day.
  func waits(_ use: ImageUse, for reason: String) -> Bool {
    usesEvidence && use.failures.contains { $0.reason == reason }
  }

  /// What tells the cause: the status, else an event, which older kubelets need.
  private static func explanation(of failure: StartFailure, in use: ImageUse) -> StartFailure {
    guard FailureCause(failure) == .unclassified else { return failure }
    return use.failures.first { $0.isFromEvent && FailureCause($0) != .unclassified } ?? failure
  }

  private static func isPullFailure(_ failure: StartFailure) -> Bool {
    StartFailureReasons.pulling.contains(failure.reason)
      || failure.reason == StartFailureReasons.imageVolume
      || failure.reason == StartFailureReasons.sandbox
  }

  /// Whether its containers start on its own node and nowhere else: a Pod that nothing made, or a
  /// file on the node. What it only names may be pulled anywhere.
  private static func isBound(_ use: ImageUse) -> Bool {
    use.workload.kind == "Pod" && !use.nodes.isEmpty && !use.role.isOnlyNamed
  }

  private func cacheState(of use: ImageUse, _ workload: Workload) -> CacheState? {
    guard usesEvidence, let nodes, case .reference(let reference) = use.image else { return nil }
    if Self.isBound(use) {
      return nodes.cacheState(of: reference, boundTo: use.nodes)
    }
    return nodes.cacheState(
      of: reference, placement: use.placement,
      isDaemon: workload.identity.kind == WorkloadKind.daemonSet.rawValue)
  }

  /// Nothing runs now: can something start it without a person? Nil when it is awake.
  private func sleep(of use: ImageUse, _ workload: Workload) -> (Exposure, [ExposureFact])? {
    switch use.activity {
    case .suspended:
      if workload.kueueQueue != nil { return (.pulls, [.suspended, .autoscaled(by: "Kueue")]) }
      return (.dormant, [.suspended])
    case .inert:
      return (.dormant, [])
    case .scaledToZero:
      if let scaler = Self.ownScaler(of: workload) {
        return (.pulls, [.scaledToZero, .autoscaled(by: scaler)])
      }
      guard let autoscalers else { return (.unknown, [.scaledToZero, .autoscalersUnread]) }
      if let scaler = autoscalers.scaler(of: workload.identity) {
        return (.pulls, [.scaledToZero, .autoscaled(by: scaler)])
      }
      return (.dormant, [.scaledToZero])
    case .active, .completed, .history:
      return nil
    }
  }

  /// New nodes have no cache, and these go where they are sent.
  private func startsOnNewNodes(_ workload: Workload) -> ExposureFact? {
    switch workload.identity.kind {
    case WorkloadKind.daemonSet.rawValue: .daemonSet
    case WorkloadKind.cronJob.rawValue: .cronJob
    case WorkloadKind.job.rawValue: .job
    default:
      (Self.ownScaler(of: workload) ?? autoscalers?.scaler(of: workload.identity)).map {
        .autoscaled(by: $0)
      }
    }
  }

  /// What starts containers of this kind whenever there is demand, as the kind itself says.
  private static func ownScaler(of workload: Workload) -> String? {
    switch (workload.identity.group, workload.identity.kind) {
    case ("serving.knative.dev", _): "Knative"
    case ("keda.sh", "ScaledJob"): "KEDA"
    default: nil
    }
  }

  /// The youngest proof that this cluster obtained the image after the catalogue's evidence: a
  /// container that runs it on a node created since.
  package func contraryEvidence(for use: ImageUse, since day: CalendarDate?) -> ContraryEvidence? {
    guard usesEvidence, let nodes, let day else { return nil }
    let proofs = use.runningNodes.compactMap { name -> ContraryEvidence? in
      guard let created = nodes.creation(ofNode: name).map(CalendarDate.init(secondsSince1970:)),
        created > day
      else { return nil }
      return ContraryEvidence(node: name, created: created)
    }
    return proofs.max { ($0.created, $1.node) < ($1.created, $0.node) }
  }
}
