/// What a scan keeps of a Pod.
package struct PodRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var spec = PodSpecRecord()
  package var nodeName = ""
  /// `status.phase`: Pending, Running, Succeeded, Failed, Unknown, or empty.
  package var phase = ""
  /// `status.reason`, for example `Evicted`.
  package var reason = ""
  package var statuses: [ContainerStatusRecord] = []

  package init() {}
}

/// What a scan keeps of a `ContainerStatus`: evidence, never the source of an image reference
/// (`status…image` is any local name of the same image id on containerd).
package struct ContainerStatusRecord: Hashable, Sendable {
  package enum State: String, Hashable, Sendable {
    case waiting
    case running
    case terminated
    case unknown
  }

  /// Which status list it stands in: `containerStatuses`, `initContainerStatuses` (role
  /// `initContainer`, sidecars included) or `ephemeralContainerStatuses`.
  package var role: ContainerRole = .container
  package var name = ""
  /// Empty unless waiting or terminated.
  package var reason = ""
  /// Kept only while waiting.
  package var message = ""
  package var state: State = .unknown

  package init() {}
}

extension PodRecord {
  /// A Pod that ended keeps no container running and starts none again (Pod lifecycle,
  /// "Pod phase"); evicted Pods are `Failed`.
  package var hasEnded: Bool {
    phase == "Succeeded" || phase == "Failed"
  }
}
