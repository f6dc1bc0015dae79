import Inventory

/// `k8s.io.api.core.v1.Pod`, generated.proto.
private enum PodField {
  static let metadata = 1
  static let spec = 2
  static let status = 3
}

/// `k8s.io.api.core.v1.PodStatus`.
private enum PodStatusField {
  static let phase = 1
  static let reason = 4
  static let containerStatuses = 8
  static let initContainerStatuses = 10
  static let ephemeralContainerStatuses = 13
}

/// `k8s.io.api.core.v1.ContainerStatus`.
private enum ContainerStatusField {
  static let name = 1
  static let state = 2
}

/// `k8s.io.api.core.v1.ContainerState`, `ContainerStateWaiting`, `ContainerStateTerminated`.
private enum ContainerStateField {
  static let waiting = 1
  static let running = 2
  static let terminated = 3
  static let waitingReason = 1
  static let waitingMessage = 2
  static let terminatedReason = 3
}

extension ProtobufItemDecoder {
  mutating func pod(
    _ bytes: Span<UInt8>, base: Int, marks rule: MarkRule = .labelsUnlessControlled,
    into record: inout PodRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case PodField.metadata:
        try metadata(bytes, cursor.message(), marks: rule, into: &record.metadata)
      case PodField.spec:
        record.nodeName = try podSpec(bytes, cursor.message(), into: &record.spec)
      case PodField.status:
        try podStatus(bytes, cursor.message(), into: &record)
      default: break
      }
    }
  }

  private mutating func podStatus(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout PodRecord
  ) throws(WireError) {
    var cursor = message
    record.statuses.reserveCapacity(2)
    while try cursor.next(bytes) {
      switch cursor.number {
      case PodStatusField.phase: record.phase = strings.shared(bytes, try cursor.payload())
      case PodStatusField.reason: record.reason = strings.shared(bytes, try cursor.payload())
      case PodStatusField.containerStatuses:
        try containerStatus(bytes, cursor.message(), role: .container, into: &record)
      case PodStatusField.initContainerStatuses:
        try containerStatus(bytes, cursor.message(), role: .initContainer, into: &record)
      case PodStatusField.ephemeralContainerStatuses:
        try containerStatus(bytes, cursor.message(), role: .ephemeral, into: &record)
      default: break
      }
    }
    record.orderStatuses()
  }

  private mutating func containerStatus(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, role: ContainerRole,
    into pod: inout PodRecord
  ) throws(WireError) {
    pod.statuses.append(ContainerStatusRecord())
    try containerStatus(bytes, message, role: role, into: &pod.statuses[pod.statuses.count - 1])
  }

  private mutating func containerStatus(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, role: ContainerRole,
    into record: inout ContainerStatusRecord
  ) throws(WireError) {
    var cursor = message
    record.role = role
    while try cursor.next(bytes) {
      switch cursor.number {
      case ContainerStatusField.name: record.name = strings.shared(bytes, try cursor.payload())
      case ContainerStatusField.state:
        try containerState(bytes, cursor.message(), into: &record)
      default: break
      }
    }
  }

  /// Sets state, reason and message. The API sets one member at most; `waiting` wins over `running`, and
  /// that over `terminated`.
  @inline(__always)
  private mutating func containerState(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout ContainerStatusRecord
  ) throws(WireError) {
    var cursor = message
    var state = ContainerStatusRecord.State.unknown
    var waitingReason = 0..<0
    var waitingMessage = 0..<0
    var terminatedReason = 0..<0
    while try cursor.next(bytes) {
      switch cursor.number {
      case ContainerStateField.waiting:
        state = .waiting
        var waiting = try cursor.message()
        while try waiting.next(bytes) {
          switch waiting.number {
          case ContainerStateField.waitingReason: waitingReason = try waiting.payload()
          case ContainerStateField.waitingMessage: waitingMessage = try waiting.payload()
          default: break
          }
        }
      case ContainerStateField.running:
        _ = try cursor.payload()
        if state != .waiting { state = .running }
      case ContainerStateField.terminated:
        if state == .unknown { state = .terminated }
        var terminated = try cursor.message()
        while try terminated.next(bytes) {
          guard terminated.number == ContainerStateField.terminatedReason else { continue }
          terminatedReason = try terminated.payload()
        }
      default: break
      }
    }
    (record.state, record.reason, record.message) = (state, "", "")
    switch state {
    case .waiting:
      record.reason = strings.shared(bytes, waitingReason)
      record.message = strings.shared(bytes, waitingMessage)
    case .terminated: record.reason = strings.shared(bytes, terminatedReason)
    case .running, .unknown: break
    }
  }
}
