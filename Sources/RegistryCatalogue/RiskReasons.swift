/// The sentences of a risk assessment.
enum RiskReasons {
  /// What the registry does, and when that changes.
  static func fate(_ input: RiskInput) -> [String] {
    let judgement = input.judgement
    guard let rule = judgement.rule else {
      return judgement.place.isEmpty ? [] : ["\(judgement.place) is not in the catalogue"]
    }
    let place = judgement.place
    let proof = judgement.proof?.sentence
    if let proof, judgement.isGoneByProof { return [proof] }
    let since = judgement.since.map { " since \($0)" } ?? ""
    let note = judgement.fateNote.map { ": \($0)" } ?? ""
    var reasons: [String] = []
    switch judgement.fate {
    case .gone: reasons.append("\(place) is gone\(since)\(note)")
    case .retiring: reasons.append("\(place) is being retired\(note)")
    case .frozen: reasons.append("\(place) is frozen\(since)\(note)")
    case .moved: reasons.append("the publisher left \(place)\(since)\(note)")
    case .probe where rule.isUnverified: reasons.append("\(place) is an unverified project\(note)")
    case .probe: reasons.append("whether \(place) still answers is not known\(note)")
    case .limited: reasons.append("\(place) limits pulls\(note)")
    case .ok: reasons.append("\(place) is ok\(note)")
    }
    if judgement.fate == .retiring {
      if let date = judgement.removalDate {
        let window = judgement.removal?.window ?? date.description
        reasons.append("removal \(inDays(input.asOf, date)) (\(window))")
      } else {
        reasons.append("no day of removal is known")
      }
      if let brownout = judgement.nextBrownout {
        reasons.append(
          "pulls fail for a while \(inDays(input.asOf, brownout.start.day)) (\(brownout.window))")
      }
    }
    if judgement.hasStaleTag {
      reasons.append("its tag moves no more, so the image grows old unnoticed")
    }
    if let proof { reasons.append(proof) }
    return reasons
  }

  static func exposure(_ input: RiskInput) -> [String] {
    guard input.facts.isEmpty else {
      return input.facts.map { fact in
        // An autoscaler's sentence follows, or that nobody knows whether there is one.
        switch fact {
        case .scaledToZero where input.exposure != .dormant: "scaled to zero for now"
        case .suspended where input.exposure != .dormant: "suspended for now"
        default: sentence(fact)
        }
      }
    }
    switch input.exposure {
    // The failure has a sentence of its own.
    case .failing: return []
    case .pulls: return ["the next start may pull it"]
    case .cached: return ["every node that it may run on holds the image"]
    case .dormant: return ["nothing starts it without a person"]
    case .history: return ["only a rollback brings it back"]
    case .unknown: return ["whether the next start pulls it is not known"]
    }
  }

  static func failure(_ input: RiskInput, isCatalogued: Bool) -> String {
    let cause = words(input.failureCause ?? .unclassified)
    return isCatalogued
      ? "the pull fails: \(cause)" : "pull failing, not by the catalogue: \(cause)"
  }

  static func disagreement(_ evidence: ContraryEvidence) -> String {
    "catalogue and cluster disagree: node \(evidence.node), created \(evidence.created), runs it"
  }

  static let registryDisagrees =
    "catalogue and registry disagree: the image is said to be gone, and the registry has it"

  private static func inDays(_ from: CalendarDate, _ to: CalendarDate) -> String {
    switch from.days(until: to) {
    case ...(-1): "is under way"
    case 0: "today"
    case 1: "in 1 day"
    case let days: "in \(days) days"
    }
  }

  private static func words(_ cause: FailureCause) -> String {
    switch cause {
    case .notFound: "the registry does not have it"
    case .unauthorized: "the registry asks for credentials, as some do for what they do not have"
    case .forbidden: "the registry refuses access"
    case .tls: "the TLS connection to the registry fails"
    case .dns: "the registry's name does not resolve"
    case .refused: "the registry refuses connections"
    case .timeout: "the registry does not answer in time"
    case .rateLimited: "the registry's rate limit is reached"
    case .schema1: "a Docker schema 1 image, which the runtime no longer pulls"
    case .unavailable: "the registry is unavailable"
    case .unclassified: "the runtime's message does not say why"
    }
  }

  private static func sentence(_ fact: ExposureFact) -> String {
    switch fact {
    case .policyAlways: "every start pulls: policy Always"
    case .nodesLack(_, 1, let isCertain):
      "the one node that it may run on \(isCertain ? "lacks" : "likely lacks") the image"
    case .nodesLack(let missing, let total, let isCertain):
      "\(missing) of \(total) \(nodes(total)) that it may run on\(isCertain ? "" : " likely")"
        + " \(missing == 1 ? "lacks" : "lack") the image"
    case .nodesHold(let total):
      total == 1
        ? "the one node that it may run on holds the image"
        : "all \(total) nodes that it may run on hold the image"
    case .nodeListsSilent(let silent, let total):
      "the image lists of \(silent) of \(total) \(nodes(total)) say nothing: empty or cut off"
    case .nodesUnread: "the node caches were not read"
    case .noNodeFits: "no node that was read fits it, and a new node holds no image yet"
    case .affinityDecides(let missing, let total):
      "\(missing) of \(total) \(nodes(total)) likely \(missing == 1 ? "lacks" : "lack") the image, but"
        + " its node affinity may keep it off \(missing == 1 ? "it" : "them")"
    case .policyNever: "policy Never: no start pulls it, so the node must hold it already"
    case .daemonSet: "a DaemonSet runs on every new node, which holds no image yet"
    case .cronJob: "a CronJob's next run may land on a node without the image"
    case .job: "a Job's next Pod may land on a node without the image"
    case .autoscaled(let kind): "scaled by \(kind): new nodes hold no image yet"
    case .autoscalersUnread: "the autoscalers were not read, so zero replicas may not last"
    case .scaledToZero: "scaled to zero: nothing starts it without a person"
    case .suspended: "suspended: nothing starts it without a person"
    case .completed: "completed: nothing starts it again"
    case .oldRevision: "an old revision: only a rollback brings it back"
    case .waiting(let reason): "a container waits with \(reason)"
    case .sandboxFails: "a Pod's sandbox cannot be made with it"
    case .namedOnly: "only named here: when something pulls it is not known"
    case .imageVolumeFails: "its image volume fails"
    case .inFile: "in a file: no cluster was asked whether it runs"
    case .specificationOnly: "as of another day: judged by the specification alone"
    }
  }

  private static func nodes(_ count: Int) -> String { count == 1 ? "node" : "nodes" }
}

extension Judgement {
  /// The catalogue alone would not have said so.
  fileprivate var isGoneByProof: Bool {
    fate == .gone && proof?.isGone == true && since == nil && fateNote == nil
  }
}
