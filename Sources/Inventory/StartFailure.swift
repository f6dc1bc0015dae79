/// A container that waits, or an event about it, in the kubelet's own words.
package struct StartFailure: Hashable, Sendable, Comparable {
  package var pod: String
  /// For example `ImagePullBackOff`.
  package var reason: String
  package var message: String
  /// Told by an event, which may be older than the status.
  package var isFromEvent: Bool

  package init(pod: String, reason: String, message: String, isFromEvent: Bool = false) {
    self.isFromEvent = isFromEvent
    self.pod = pod
    self.reason = reason
    self.message = message
  }

  package static func < (left: StartFailure, right: StartFailure) -> Bool {
    if left.isFromEvent != right.isFromEvent { return right.isFromEvent }
    return (left.pod, left.reason, left.message) < (right.pod, right.reason, right.message)
  }
}
