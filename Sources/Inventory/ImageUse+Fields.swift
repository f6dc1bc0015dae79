package import ImageReferences

/// The fields of a use by name: a key path costs a hundred times as much in another module.
extension ImageUse {
  package var workload: WorkloadIdentity {
    get { fields.workload }
    set { fields.workload = newValue }
  }

  package var activity: Activity {
    get { fields.activity }
    set { fields.activity = newValue }
  }

  package var path: String {
    get { fields.path }
    set { fields.path = newValue }
  }

  package var container: String {
    get { fields.container }
    set { fields.container = newValue }
  }

  package var role: ContainerRole {
    get { fields.role }
    set { fields.role = newValue }
  }

  package var image: ImageText {
    get { fields.image }
    set { fields.image = newValue }
  }

  package var pullPolicy: PullPolicy {
    get { fields.pullPolicy }
    set { fields.pullPolicy = newValue }
  }

  package var origin: UseOrigin {
    get { fields.origin }
    set { fields.origin = newValue }
  }

  package var confidence: UseConfidence {
    get { fields.confidence }
    set { fields.confidence = newValue }
  }

  package var podCount: Int {
    get { fields.podCount }
    set { fields.podCount = newValue }
  }

  package var nodes: [String] {
    get { fields.nodes }
    set { fields.nodes = newValue }
  }

  package var runningNodes: [String] {
    get { fields.runningNodes }
    set { fields.runningNodes = newValue }
  }

  package var placement: PodPlacement {
    get { fields.placement }
    set { fields.placement = newValue }
  }

  package var failures: [StartFailure] {
    get { fields.failures }
    set { fields.failures = newValue }
  }

  package var failureCount: Int {
    get { fields.failureCount }
    set { fields.failureCount = newValue }
  }

  package var notes: [String] {
    get { fields.notes }
    set { fields.notes = newValue }
  }

  package var representative: String? {
    get { fields.representative }
    set { fields.representative = newValue }
  }

  package var place: SourcePlace? {
    get { fields.place }
    set { fields.place = newValue }
  }
}
