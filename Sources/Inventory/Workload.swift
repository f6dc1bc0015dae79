/// The top-level owner that a person edits: the Deployment, not its ReplicaSets or Pods.
///
/// A value of one word, as `ImageUse` is: inventory and findings hold the same workload many times.
/// Copies share their fields until one of them is changed.
package struct Workload: Hashable, Sendable {
  private var shared: Shared

  package init(
    identity: WorkloadIdentity, uid: String = "", activity: Activity,
    labels: [String: String] = [:], annotations: [String: String] = [:],
    managedBy: String? = nil, wasRead: Bool = true
  ) {
    shared = Shared(
      Fields(
        identity: identity, uid: uid, activity: activity, labels: labels,
        annotations: annotations, managedBy: managedBy, wasRead: wasRead))
  }

  package var identity: WorkloadIdentity {
    get { shared.fields.identity }
    set { change { $0.identity = newValue } }
  }

  package var uid: String {
    get { shared.fields.uid }
    set { change { $0.uid = newValue } }
  }

  package var activity: Activity {
    get { shared.fields.activity }
    set { change { $0.activity = newValue } }
  }

  /// Its own labels; empty when the object itself could not be read.
  package var labels: [String: String] {
    get { shared.fields.labels }
    set { change { $0.labels = newValue } }
  }

  package var annotations: [String: String] {
    get { shared.fields.annotations }
    set { change { $0.annotations = newValue } }
  }

  /// The tool whose source a person should edit instead, for example `Helm release "web"`.
  package var managedBy: String? {
    get { shared.fields.managedBy }
    set { change { $0.managedBy = newValue } }
  }

  /// False when only its dependents name it (a custom controller that was not read).
  package var wasRead: Bool {
    get { shared.fields.wasRead }
    set { change { $0.wasRead = newValue } }
  }

  /// Whether something below it has labels that the scan's selector matches; what counts in place
  /// of its own labels when it was not read.
  package var hasSelectedDependent: Bool {
    get { shared.fields.hasSelectedDependent }
    set { change { $0.hasSelectedDependent = newValue } }
  }

  private mutating func change(_ body: (inout Fields) -> Void) {
    if !isKnownUniquelyReferenced(&shared) { shared = Shared(shared.fields) }
    body(&shared.fields)
  }

  package static func == (left: Workload, right: Workload) -> Bool {
    left.shared === right.shared || left.shared.fields == right.shared.fields
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(shared.fields)
  }

  private struct Fields: Hashable {
    var identity: WorkloadIdentity
    var uid: String
    var activity: Activity
    var labels: [String: String]
    var annotations: [String: String]
    var managedBy: String?
    var wasRead: Bool
    var hasSelectedDependent = false
  }

  /// `@unchecked Sendable`: `fields` change only through the one value that holds the object, which
  /// `isKnownUniquelyReferenced` proves.
  private final class Shared: @unchecked Sendable {
    var fields: Fields

    init(_ fields: Fields) { self.fields = fields }
  }
}

extension Workload {
  /// Whether a selector matches its own labels; of one that was not read those of what it owns.
  package func isSelected(by selector: LabelSelector) -> Bool {
    wasRead ? selector.matches(labels) : hasSelectedDependent
  }
}
