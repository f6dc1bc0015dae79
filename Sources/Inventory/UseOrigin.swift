/// Where a use was found.
package enum UseOrigin: Hashable, Sendable {
  /// In the workload's own template, or in a Pod that is itself the workload.
  case template
  /// In an object that the workload owns, named here as `KIND/NAME`: an older or newer
  /// ReplicaSet of a Deployment, a StatefulSet that an operator made.
  case dependent(String)
  /// In Pods only: their template has no such container.
  case injected
  /// In Pods only: the template's container of this name has another image, given here.
  case drifted(from: String)
  /// In Pods alone: an ephemeral container, or Pods whose owner was not read.
  case podsOnly

  /// A sentence for reports; nil for the ordinary case.
  package var note: String? {
    switch self {
    case .template: nil
    case .dependent(let name): "in \(name)"
    case .injected: "injected: in the Pods, not in the template"
    case .drifted(let image): "drifted: the template says \(image)"
    case .podsOnly: "seen in Pods only"
    }
  }
}
