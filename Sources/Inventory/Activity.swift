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
