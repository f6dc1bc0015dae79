package import ImageReferences

/// One image reference at one place of one workload, with the fields of `ImageUseFields`.
///
/// A value of one word: a large cluster has many thousand uses, and inventory, findings and report
/// all hold them. Copies share their fields until one of them is changed.
package struct ImageUse: Hashable, Sendable {
  private var shared: Shared

  package static let maximumFailures = 5

  package init(_ fields: ImageUseFields) {
    shared = Shared(fields)
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
    set { change { $0[keyPath: field] = newValue } }
  }

  var fields: ImageUseFields {
    _read { yield shared.fields }
  }

  @inline(__always)
  mutating func change(_ body: (inout ImageUseFields) -> Void) {
    if !isKnownUniquelyReferenced(&shared) { shared = Shared(shared.fields) }
    body(&shared.fields)
  }

  package static func == (left: ImageUse, right: ImageUse) -> Bool {
    left.shared === right.shared || left.shared.fields == right.shared.fields
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(shared.fields)
  }

  /// `@unchecked Sendable`: `fields` change only through the one value that holds the object, which
  /// `isKnownUniquelyReferenced` proves.
  private final class Shared: @unchecked Sendable {
    var fields: ImageUseFields

    init(_ fields: ImageUseFields) { self.fields = fields }
  }
}
