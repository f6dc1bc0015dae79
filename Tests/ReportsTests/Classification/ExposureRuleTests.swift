import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

extension ImageUse {
  static func make(
    _ image: String = "k8s.gcr.io/pause:3.9", in workload: WorkloadIdentity = .make(),
    activity: Activity = .active(desired: 1), role: ContainerRole = .container,
    policy: PullPolicy = .ifNotPresent, origin: UseOrigin = .template,
    path: String = "spec.template.spec.containers[0].image", nodes: [String] = [],
    runningNodes: [String] = [],
    placement: PodPlacement = PodPlacement(), failures: [StartFailure] = []
  ) -> ImageUse {
    ImageUse(
      workload: workload, activity: activity, path: path, container: "app", role: role,
      image: .parse(image), pullPolicy: policy, origin: origin, nodes: nodes,
      runningNodes: runningNodes, placement: placement, failures: failures)
  }
}

extension StartFailure {
  static func make(
    _ reason: String = "ImagePullBackOff", _ message: String = "", pod: String = "web-1"
  ) -> StartFailure {
    StartFailure(pod: pod, reason: reason, message: message)
  }
}

extension NodeCensus {
  /// Nodes that hold these images, each list with one image more.
  static func make(_ images: [String?], created: Int64? = nil) -> NodeCensus {
    NodeCensus(
      images.enumerated().map { number, image in
        var node = NodeRecord()
        node.metadata.name = "n\(number)"
        node.metadata.creationTimestamp = created
        // Nil: a node whose list is empty.
        node.images = image.map { [["filler:1"], [$0]] } ?? []
        return node
      })
  }
}

extension AutoscalerIndex {
  static func make(_ kind: String = "HorizontalPodAutoscaler", of target: String...)
    -> AutoscalerIndex
  {
    AutoscalerIndex(
      target.map { name in
        var record = AutoscalerRecord()
        record.kind = kind
        record.metadata.name = "scaler"
        record.metadata.namespace = "shop"
        record.targetKind = "Deployment"
        record.targetName = name
        return record
      })
  }
}

/// What is known beside the use.
enum Knowledge: CaseIterable {
  case allHold
  case someLack
  case silent
  case noNode
  case unread

  static let image = "k8s.gcr.io/pause:3.9"

  var nodes: NodeCensus? {
    switch self {
    case .allHold: .make([Self.image, Self.image])
    case .someLack: .make([Self.image, "other:1"])
    case .silent: .make([Self.image, nil])
    case .noNode: .make([])
    case .unread: nil
    }
  }

  /// Of an ordinary active use that is pulled if it is not present.
  var exposure: Exposure {
    switch self {
    case .allHold: .cached
    case .someLack: .pulls
    case .silent, .noNode, .unread: .unknown
    }
  }

  var fact: ExposureFact {
    switch self {
    case .allHold: .nodesHold(total: 2)
    case .someLack: .nodesLack(missing: 1, total: 2, isCertain: false)
    case .silent: .nodeListsSilent(silent: 1, total: 2)
    case .noNode: .noNodeFits
    case .unread: .nodesUnread
    }
  }
}

@Suite("Exposure") struct ExposureRuleTests {
  private static let activities: [Activity] = [
    .active(desired: 2), .active(desired: 0), .active(desired: nil), .scaledToZero, .suspended,
    .completed, .history, .inert,
  ]
  private static let policies: [PullPolicy] = [.always, .ifNotPresent, .never, .unspecified]
  private static let kinds = [
    "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod", "Rollout",
  ]

  /// DESIGN section 2, written down once more as a table of its own.
  private static func expected(
    _ activity: Activity, _ policy: PullPolicy, _ kind: String, _ knowledge: Knowledge,
    isFailing: Bool, isScaled: Bool?, usesEvidence: Bool
  ) -> (Exposure, [ExposureFact]) {
    switch activity {
    case .completed: return (.history, [.completed])
    case .history: return (.history, [.oldRevision])
    default: break
    }
    if isFailing && usesEvidence { return (.failing, [.waiting(reason: "ErrImagePull")]) }
    switch activity {
    case .suspended: return (.dormant, [.suspended])
    case .inert: return (.dormant, [])
    case .scaledToZero:
      switch isScaled {
      case nil: return (.unknown, [.scaledToZero, .autoscalersUnread])
      case true? where kind == "Deployment":
        return (
          .pulls, [.scaledToZero, .autoscaled(by: "HorizontalPodAutoscaler/scaler")]
        )
      default: return (.dormant, [.scaledToZero])
      }
    default: break
    }
    switch policy {
    case .always: return (.pulls, [.policyAlways])
    case .never:
      let isHeld = usesEvidence && knowledge == .allHold
      return isHeld
        ? (.cached, [.policyNever, .nodesHold(total: 2)]) : (.unknown, [.policyNever])
    default: break
    }
    switch kind {
    case "DaemonSet": return (.pulls, [.daemonSet])
    case "CronJob": return (.pulls, [.cronJob])
    case "Job": return (.pulls, [.job])
    case "Deployment" where isScaled == true:
      return (.pulls, [.autoscaled(by: "HorizontalPodAutoscaler/scaler")])
    default: break
    }
    return usesEvidence ? (knowledge.exposure, [knowledge.fact]) : (.unknown, [])
  }

  /// A Pod of its own, or of a file on its node, goes to no other node.
  @Test(arguments: [
    ("Pod", ContainerRole.container, "n0", Exposure.cached, ExposureFact.nodesHold(total: 1)),
    (
      "Pod", .container, "n1", .pulls,
      .nodesLack(missing: 1, total: 1, isCertain: false)
    ),
    ("Pod", .environment, "n0", .unknown, .namedOnly),
    (
      "Deployment", .container, "n0", .pulls,
      .nodesLack(missing: 1, total: 2, isCertain: false)
    ),
  ])
  func boundPodsStayWhereTheyAre(
    kind: String, role: ContainerRole, node: String, exposure: Exposure, fact: ExposureFact
  ) {
    let identity = WorkloadIdentity.make("shop", kind, "web")
    var placement = PodPlacement()
    placement.hasRequiredNodeAffinity = kind == "Pod"
    let verdict = ExposureRule(
      nodes: Knowledge.someLack.nodes, autoscalers: AutoscalerIndex(), usesEvidence: true
    ).assess(
      .make(Knowledge.image, in: identity, role: role, nodes: [node], placement: placement),
      of: Workload(identity: identity, activity: .active(desired: 1)))
    #expect(verdict.exposure == exposure)
    #expect(verdict.facts == [fact])
  }

  @Test("activity × policy × kind × cache × failure × autoscaler × day", arguments: activities)
  func table(activity: Activity) {
    var count = 0
    for policy in Self.policies {
      for kind in Self.kinds {
        for knowledge in Knowledge.allCases {
          for isFailing in [false, true] {
            for isScaled in [nil, false, true] as [Bool?] {
              for usesEvidence in [true, false] {
                let identity = WorkloadIdentity.make("shop", kind, "web")
                let rule = ExposureRule(
                  nodes: knowledge.nodes,
                  autoscalers: isScaled.map { $0 ? .make(of: "web") : AutoscalerIndex() },
                  usesEvidence: usesEvidence)
                let verdict = rule.assess(
                  .make(
                    Knowledge.image, in: identity, activity: activity, policy: policy,
                    failures: isFailing ? [.make("ErrImagePull")] : []),
                  of: Workload(identity: identity, activity: activity))
                var (exposure, facts) = Self.expected(
                  activity, policy, kind, knowledge, isFailing: isFailing, isScaled: isScaled,
                  usesEvidence: usesEvidence)
                if !usesEvidence { facts.append(.specificationOnly) }
                let name =
                  "\(activity) \(policy) \(kind) \(knowledge) \(isFailing)"
                  + " \(String(describing: isScaled)) \(usesEvidence)"
                #expect(verdict.exposure == exposure, "\(name)")
                #expect(verdict.facts == facts, "\(name)")
                #expect(
                  (verdict.cache == nil) == (!usesEvidence || knowledge == .unread), "\(name)")
                count += 1
              }
            }
          }
        }
      }
    }
    #expect(count == 4 * 7 * 5 * 2 * 3 * 2)
  }

  private static func assess(
    _ use: ImageUse, nodes: NodeCensus? = nil, labels: [String: String] = [:]
  ) -> ExposureRule.Verdict {
    ExposureRule(nodes: nodes, autoscalers: AutoscalerIndex(), usesEvidence: true)
      .assess(use, of: Workload(identity: use.workload, activity: use.activity, labels: labels))
  }

  @Test(
    "waiting reasons",
    arguments: [
      ("ErrImagePull", Exposure.failing), ("ImagePullBackOff", .failing),
      ("RegistryUnavailable", .failing), ("ImageInspectError", .failing),
      ("SignatureValidationFailed", .failing), ("ImageVolumeMountFailed", .failing),
      ("ErrImageNeverPull", .unknown), ("InvalidImageName", .unknown),
      ("CrashLoopBackOff", .unknown),
    ])
  func reasons(reason: String, exposure: Exposure) {
    let verdict = Self.assess(.make(failures: [.make(reason)]))
    #expect(verdict.exposure == exposure)
    #expect(verdict.failure?.reason == (exposure == .failing ? reason : nil))
    #expect(
      verdict.facts == [
        exposure != .failing
          ? .nodesUnread
          : reason == "ImageVolumeMountFailed" ? .imageVolumeFails : .waiting(reason: reason)
      ])
  }

  @Test func theFailureThatSaysWhyIsTheOneToldOf() {
    let verdict = Self.assess(
      .make(failures: [
        .make("ErrImageNeverPull", pod: "a"), .make("ImagePullBackOff", "Back-off", pod: "b"),
        .make("ErrImagePull", "rpc error: code = NotFound desc = x", pod: "c"),
      ]))
    #expect(verdict.failure?.pod == "c")
    #expect(Self.assess(.make(failures: [.make(pod: "a"), .make(pod: "b")])).failure?.pod == "a")
  }

  @Test func aJobQueuedByKueueWillStart() {
    let verdict = Self.assess(
      .make(in: .make("shop", "Job", "train"), activity: .suspended),
      labels: ["kueue.x-k8s.io/queue-name": "q"])
    #expect(verdict.exposure == .pulls)
    #expect(verdict.facts == [.suspended, .autoscaled(by: "Kueue")])
  }

  @Test func aRequiredAffinityMayKeepItOffTheNodesThatLackIt() {
    let verdict = Self.assess(
      .make(Knowledge.image, placement: PodPlacement(hasRequiredNodeAffinity: true)),
      nodes: Knowledge.someLack.nodes)
    #expect(verdict.exposure == .unknown)
    #expect(verdict.facts == [.affinityDecides(missing: 1, total: 2)])
  }

  @Test("what is no reference has no cache and no pull", arguments: ["", "a b", "auto", "UPPER:"])
  func noReference(text: String) {
    for policy in Self.policies {
      let verdict = Self.assess(
        .make(text, in: .make("shop", "DaemonSet", "x"), policy: policy),
        nodes: Knowledge.someLack.nodes)
      #expect(verdict == ExposureRule.Verdict(exposure: .unknown, facts: [], cache: nil))
    }
  }

  @Test(
    "contrary evidence",
    arguments: [
      // Node creation days, the rule's day, the expected node.
      (["2026-01-01"], "2025-12-31", "n0"), (["2026-01-01"], "2026-01-01", nil),
      (["2026-01-01"], "2026-01-02", nil), (["2026-01-01"], nil, nil),
      (["2026-01-01", "2026-03-01", "2026-02-01"], "2025-12-31", "n1"),
      (["2026-01-01", "2026-01-01"], "2025-12-31", "n0"), ([], "2025-12-31", nil),
    ] as [([String], String?, String?)])
  func contraryEvidence(created: [String], day: String?, expected: String?) {
    let nodes = NodeCensus(
      created.enumerated().map { number, text in
        var node = NodeRecord()
        node.metadata.name = "n\(number)"
        node.metadata.creationTimestamp =
          Int64(CalendarDate.make("1970-01-01").days(until: .make(text))) * 86_400
        return node
      })
    let running = created.indices.map { "n\($0)" } + ["unlisted"]
    for usesEvidence in [true, false] {
      let rule = ExposureRule(nodes: nodes, autoscalers: nil, usesEvidence: usesEvidence)
      let evidence = rule.contraryEvidence(
        for: .make(runningNodes: running), since: day.map { .make($0) })
      #expect(evidence?.node == (usesEvidence ? expected : nil))
    }
    #expect(
      ExposureRule(nodes: nodes, autoscalers: nil, usesEvidence: true)
        .contraryEvidence(for: .make(), since: .make("2000-01-01")) == nil)
  }
}
