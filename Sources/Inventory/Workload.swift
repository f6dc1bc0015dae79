/// The top-level owner that a person edits: the Deployment, not its ReplicaSets or Pods.
///
/// A value of one word, as `ImageUse` is: inventory and findings hold the same workload many times.
/// Copies share their fields until one of them is changed.
package struct Workload: Hashable, Sendable {
  private var shared: CopyOnWrite<Fields>

  package init(
    identity: WorkloadIdentity, uid: String = "", activity: Activity,
    labels: [String: String] = [:], annotations: [String: String] = [:],
    managedBy: String? = nil, wasRead: Bool = true
  ) {
    shared = CopyOnWrite(
      Fields(
        identity: identity, uid: uid, activity: activity, labels: labels,
        annotations: annotations, managedBy: managedBy, wasRead: wasRead))
  }

  package var identity: WorkloadIdentity {
    get { shared.fields.identity }
    set { shared.fields.identity = newValue }
  }

  package var uid: String {
    get { shared.fields.uid }
    set { shared.fields.uid = newValue }
  }

  package var activity: Activity {
    get { shared.fields.activity }
    set { shared.fields.activity = newValue }
  }

  /// Its own labels; empty when the object itself could not be read.
  package var labels: [String: String] {
    get { shared.fields.labels }
    set { shared.fields.labels = newValue }
  }

  package var annotations: [String: String] {
    get { shared.fields.annotations }
    set { shared.fields.annotations = newValue }
  }

  /// The tool whose source a person should edit instead, for example `Helm release "web"`.
  package var managedBy: String? {
    get { shared.fields.managedBy }
    set { shared.fields.managedBy = newValue }
  }

  /// False when only its dependents name it (a custom controller that was not read).
  package var wasRead: Bool {
    get { shared.fields.wasRead }
    set { shared.fields.wasRead = newValue }
  }

  /// Whether something below it has labels that the scan's selector matches; what counts in place
  /// of its own labels when it was not read.
  package var hasSelectedDependent: Bool {
    get { shared.fields.hasSelectedDependent }
    set { shared.fields.hasSelectedDependent = newValue }
  }

  private struct Fields: Hashable, Sendable {
    var identity: WorkloadIdentity
    var uid: String
    var activity: Activity
    var labels: [String: String]
    var annotations: [String: String]
    var managedBy: String?
    var wasRead: Bool
    var hasSelectedDependent = false
  }
}

extension Workload {
  /// Whether a selector matches its own labels; of one that was not read those of what it owns.
  package func isSelected(by selector: LabelSelector) -> Bool {
    wasRead ? selector.matches(labels) : hasSelectedDependent
  }
}
