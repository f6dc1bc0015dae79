/// Names one object of the API: what a person would type after `kubectl get`.
package struct WorkloadIdentity: Hashable, Sendable, Comparable {
  package let apiVersion: String
  package let kind: String
  /// Empty for cluster-scoped objects.
  package let namespace: String
  package let name: String

  package init(apiVersion: String, kind: String, namespace: String, name: String) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  package static func < (left: WorkloadIdentity, right: WorkloadIdentity) -> Bool {
    (left.namespace, left.kind, left.name, left.apiVersion)
      < (right.namespace, right.kind, right.name, right.apiVersion)
  }
}

/// Whether something starts containers of a workload, or of one use in it.
package enum Activity: Hashable, Sendable {
  /// `desired` is nil where the object does not say a number.
  case active(desired: Int?)
  case scaledToZero
  case suspended
  /// Its Pods or Jobs have ended; never a CronJob.
  case completed
  /// An old revision with no replicas.
  case history
  /// A PodTemplate: nothing starts it by itself.
  case inert

  /// The word in reports.
  package var word: String {
    switch self {
    case .active: "active"
    case .scaledToZero: "scaled-to-zero"
    case .suspended: "suspended"
    case .completed: "completed"
    case .history: "history"
    case .inert: "inert"
    }
  }

  /// Whether it has ended: only a rollback, or a person, would start it again.
  package var isPast: Bool {
    self == .completed || self == .history
  }

  /// How many replicas it asks for; nil where it does not say, or is not active.
  package var desired: Int? {
    if case .active(let desired) = self { desired } else { nil }
  }

  /// The liveliest comes first: what several dependents make of the object that owns them.
  package var liveliness: Int {
    switch self {
    case .active: 0
    case .suspended: 1
    case .scaledToZero: 2
    case .inert: 3
    case .completed: 4
    case .history: 5
    }
  }
}

/// The top-level owner that a person edits: the Deployment, not its ReplicaSets or Pods.
package struct Workload: Hashable, Sendable {
  package var identity: WorkloadIdentity
  package var uid: String
  package var activity: Activity
  /// Its own labels; empty when the object itself could not be read.
  package var labels: [String: String]
  package var annotations: [String: String]
  /// The tool whose source a person should edit instead, for example `Helm release "web"`.
  package var managedBy: String?
  /// False when only its dependents name it (a custom controller that was not read).
  package var wasRead: Bool
  /// Whether something below it has labels that the scan's selector matches; what counts in place
  /// of its own labels when it was not read.
  package var hasSelectedDependent = false

  package init(
    identity: WorkloadIdentity, uid: String = "", activity: Activity,
    labels: [String: String] = [:], annotations: [String: String] = [:],
    managedBy: String? = nil, wasRead: Bool = true
  ) {
    self.identity = identity
    self.uid = uid
    self.activity = activity
    self.labels = labels
    self.annotations = annotations
    self.managedBy = managedBy
    self.wasRead = wasRead
  }
}

extension Workload {
  /// Whether a selector matches its own labels; of one that was not read those of what it owns.
  package func isSelected(by selector: LabelSelector) -> Bool {
    wasRead ? selector.matches(labels) : hasSelectedDependent
  }
}
