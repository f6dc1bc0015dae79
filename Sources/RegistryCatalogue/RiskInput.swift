/// Everything that decides a finding's risk.
package struct RiskInput: Hashable, Sendable {
  /// What the text of the image field is.
  package enum Subject: Hashable, Sendable {
    case reference
    /// No reference; the reason in words.
    case invalid(reason: String)
    /// Filled in later; the reason in words.
    case placeholder(reason: String)
    /// A container waits with `ErrImageNeverPull`.
    case neverPull
  }

  /// `.notInCatalogue` for texts that are no reference.
  package var judgement: Judgement
  package var exposure: Exposure
  package var asOf: CalendarDate
  package var subject = Subject.reference
  /// Of a failing pull.
  package var failureCause: FailureCause?
  /// Why the exposure is what it is, in the order to be told.
  package var facts: [ExposureFact] = []
  package var contraryEvidence: ContraryEvidence?
  /// A sandbox image that was concluded from the container runtime's version.
  package var isInferredSandbox = false

  package init(judgement: Judgement, exposure: Exposure, asOf: CalendarDate) {
    self.judgement = judgement
    self.exposure = exposure
    self.asOf = asOf
  }
}

/// Why a pull fails, as far as the runtime's message tells.
package enum FailureCause: String, Hashable, Sendable, CaseIterable {
  case notFound = "not-found"
  case unauthorized
  case forbidden
  case tls
  case dns
  case refused
  case timeout
  case rateLimited = "rate-limited"
  /// A Docker schema 1 image, which the runtime no longer pulls.
  case schema1 = "schema-1"
  /// The registry answers with 5xx, or the runtime reports RegistryUnavailable.
  case unavailable
  case unclassified
}

/// A container that runs the image on a node younger than what the catalogue says.
package struct ContraryEvidence: Hashable, Sendable {
  package var node: String
  package var created: CalendarDate

  package init(node: String, created: CalendarDate) {
    self.node = node
    self.created = created
  }
}

/// A reason for an exposure.
package enum ExposureFact: Hashable, Sendable {
  case policyAlways
  /// Of the nodes that it may run on. Not certain: the node's list is not complete.
  case nodesLack(missing: Int, total: Int, isCertain: Bool)
  case nodesHold(total: Int)
  /// Lists of 0 or 50 images say nothing about an image that they lack.
  case nodeListsSilent(silent: Int, total: Int)
  case nodesUnread
  /// No node that was read admits it: a new one would start with an empty cache.
  case noNodeFits
  /// Some nodes lack it, but a required node affinity, which is not evaluated, may keep it off
  /// them.
  case affinityDecides(missing: Int, total: Int)
  case policyNever
  case daemonSet
  case cronJob
  case job
  /// A HorizontalPodAutoscaler, a KEDA ScaledObject …: its kind.
  case autoscaled(by: String)
  case autoscalersUnread
  case scaledToZero
  case suspended
  case completed
  case oldRevision
  /// A container waits with this reason.
  case waiting(reason: String)
  case imageVolumeFails
  /// No sandbox can be made for a Pod, so none of its containers starts.
  case sandboxFails
  /// A configuration names it; what reads that starts containers of it.
  case namedOnly
  /// `--as-of` another day: no waiting reason, event or node cache was used.
  case specificationOnly
  /// It stands in a file: nothing of a cluster was read.
  case inFile
}

/// A level, and why.
package struct RiskAssessment: Hashable, Sendable {
  package let risk: Risk
  /// Full sentences without a period, the weightiest first.
  package let reasons: [String]
}
