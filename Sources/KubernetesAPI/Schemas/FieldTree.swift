import Inventory

/// The wanted places of a kind's objects as a tree: what stands here, and what lies below.
struct FieldTree: Sendable {
  /// What decides whether the object is active.
  enum Fact: Hashable, Sendable {
    case replicas, suspended, observedReplicas, completionTime, phase, conditions
    /// KubeVirt's `spec.running` and `spec.runStrategy`.
    case running, runStrategy
    /// Flink's `spec.job.state`.
    case wantedState
  }

  struct Child: Sendable {
    let name: String
    var node: FieldTree
  }

  var children: [Child] = []
  /// Of each element of a list; empty or one.
  var elements: [FieldTree] = []
  /// Of each value of a map; empty or one.
  var values: [FieldTree] = []
  var fields: [(meaning: FieldMeaning, confidence: UseConfidence)] = []
  var fact: Fact?

  init() {}

  /// - Parameter lifecycle: decides which facts have a meaning.
  init(_ fields: [ImageField], lifecycle: ObjectLifecycle) {
    for field in fields {
      // Never what the cluster writes, whatever a table or schema says.
      guard field.path.steps.first != .key("status"), field.path.steps.first != .key("metadata")
      else { continue }
      update(field.path.steps[...]) { $0.fields.append((field.meaning, field.confidence)) }
    }
    for (path, fact) in Self.facts(lifecycle) {
      update(FieldPath(path).steps[...]) { $0.fact = fact }
    }
  }

  private static func facts(_ lifecycle: ObjectLifecycle) -> [(String, Fact)] {
    let common: [(String, Fact)] = [
      ("spec.replicas", .replicas), ("spec.suspend", .suspended),
      ("status.replicas", .observedReplicas), ("status.completionTime", .completionTime),
    ]
    switch lifecycle {
    case .template, .configuration: return []
    case .unknown: return common
    case .service:
      return common.dropLast() + [
        ("spec.running", .running), ("spec.runStrategy", .runStrategy),
        ("spec.job.state", .wantedState),
      ]
    case .job:
      // Argo, Spark, Ray, JobSet, kubeflow, Volcano, k6.
      return common + [
        ("status.finishedAt", .completionTime), ("status.phase", .phase),
        ("status.applicationState.state", .phase), ("status.jobStatus", .phase),
        ("status.terminalState", .phase), ("spec.runPolicy.suspend", .suspended),
        ("status.state.phase", .phase), ("status.stage", .phase),
        ("status.conditions[]", .conditions),
      ]
    }
  }

  private mutating func update(
    _ steps: ArraySlice<FieldPath.Step>, _ change: (inout FieldTree) -> Void
  ) {
    guard let step = steps.first else {
      change(&self)
      return
    }
    let rest = steps.dropFirst()
    switch step {
    case .key(let name):
      let index = children.firstIndex { $0.name == name }
      if index == nil { children.append(Child(name: name, node: FieldTree())) }
      children[index ?? children.count - 1].node.update(rest, change)
    case .elements:
      if elements.isEmpty { elements = [FieldTree()] }
      elements[0].update(rest, change)
    case .values:
      if values.isEmpty { values = [FieldTree()] }
      values[0].update(rest, change)
    }
  }

  /// What is wanted below a key; the values of a map are wanted whatever their key.
  func child(_ key: JSONText, _ bytes: Span<UInt8>) -> FieldTree? {
    children.first { key.equals($0.name, bytes) }?.node ?? values.first
  }

  var hasChildren: Bool { !children.isEmpty || !values.isEmpty }
}
