package import ImageReferences

/// The fields of a use by name: a key path costs a hundred times as much in another module.
extension ImageUse {
  package var workload: WorkloadIdentity {
    get { fields.workload }
    set { change { $0.workload = newValue } }
  }

  package var activity: Activity {
    get { fields.activity }
    set { change { $0.activity = newValue } }
  }

  package var path: String {
    get { fields.path }
    set { change { $0.path = newValue } }
  }

  package var container: String {
    get { fields.container }
    set { change { $0.container = newValue } }
  }

  package var role: ContainerRole {
    get { fields.role }
    set { change { $0.role = newValue } }
  }

  package var image: ImageText {
    get { fields.image }
    set { change { $0.image = newValue } }
  }

  package var pullPolicy: PullPolicy {
    get { fields.pullPolicy }
    set { change { $0.pullPolicy = newValue } }
  }

  package var origin: UseOrigin {
    get { fields.origin }
    set { change { $0.origin = newValue } }
  }

  package var confidence: UseConfidence {
    get { fields.confidence }
    set { change { $0.confidence = newValue } }
  }

  package var podCount: Int {
    get { fields.podCount }
    set { change { $0.podCount = newValue } }
  }

  package var nodes: [String] {
    get { fields.nodes }
    set { change { $0.nodes = newValue } }
  }

  package var runningNodes: [String] {
    get { fields.runningNodes }
    set { change { $0.runningNodes = newValue } }
  }

  package var placement: PodPlacement {
    get { fields.placement }
    set { change { $0.placement = newValue } }
  }

  package var failures: [StartFailure] {
    get { fields.failures }
    set { change { $0.failures = newValue } }
  }

  package var failureCount: Int {
    get { fields.failureCount }
    set { change { $0.failureCount = newValue } }
  }

  package var notes: [String] {
    get { fields.notes }
    set { change { $0.notes = newValue } }
  }

  package var representative: String? {
    get { fields.representative }
    set { change { $0.representative = newValue } }
  }

  package var place: SourcePlace? {
    get { fields.place }
    set { change { $0.place = newValue } }
  }
}
