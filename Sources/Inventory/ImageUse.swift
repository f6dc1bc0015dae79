package import ImageReferences

/// One image reference at one place of one workload, with the fields of `ImageUseFields`.
///
/// A value of one word: a large cluster has many thousand uses, and inventory, findings and report
/// all hold them. Copies share their fields until one of them is changed.
package struct ImageUse: Hashable, Sendable {
  private var shared: CopyOnWrite<ImageUseFields>

  package static let maximumFailures = 5

  package init(_ fields: ImageUseFields) {
    shared = CopyOnWrite(fields)
  }

  package init(
    workload: WorkloadIdentity, activity: Activity, path: String, container: String,
    role: ContainerRole, image: ImageText, pullPolicy: PullPolicy, origin: UseOrigin = .template,
    confidence: UseConfidence = .known,
    podCount: Int = 0, nodes: [String] = [], runningNodes: [String] = [],
    placement: PodPlacement = PodPlacement(), failures: [StartFailure] = [],
    failureCount: Int? = nil
  ) {
    self.init(
      ImageUseFields(
        workload: workload, activity: activity, path: path, container: container, role: role,
        image: image, pullPolicy: pullPolicy, origin: origin, confidence: confidence,
        podCount: podCount, nodes: nodes, runningNodes: runningNodes, placement: placement,
        failures: failures, failureCount: failureCount))
  }

  subscript<Value>(field: WritableKeyPath<ImageUseFields, Value>) -> Value {
    get { shared.fields[keyPath: field] }
    set { shared.fields[keyPath: field] = newValue }
  }

  var fields: ImageUseFields {
    _read { yield shared.fields }
    _modify { yield &shared.fields }
  }
}
