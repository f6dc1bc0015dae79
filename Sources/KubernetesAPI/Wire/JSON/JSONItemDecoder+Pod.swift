import Inventory

private enum PodKey: String, JSONKey {
  case metadata, spec, status
  static let set = JSONKeySet<Self>()
}

private enum PodStatusKey: String, JSONKey {
  case phase, reason, containerStatuses, initContainerStatuses, ephemeralContainerStatuses
  static let set = JSONKeySet<Self>()
}

private enum ContainerStatusKey: String, JSONKey {
  case name, state
  static let set = JSONKeySet<Self>()
}

private enum ContainerStateKey: String, JSONKey {
  case waiting, running, terminated
  static let set = JSONKeySet<Self>()
}

/// Keys of `ContainerStateWaiting` and `ContainerStateTerminated`.
private enum StateDetailKey: String, JSONKey {
  case reason, message
  static let set = JSONKeySet<Self>()
}

extension JSONItemDecoder {
  mutating func pod(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, marks rule: MarkRule = .labelsUnlessControlled
  ) throws(WireError) -> PodRecord {
    var record = PodRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, PodKey.set) {
      switch key {
      case .metadata:
        record.metadata = try metadata(bytes, &cursor, marks: rule)
      case .spec: (record.spec, record.nodeName) = try podSpec(bytes, &cursor)
      case .status: try podStatus(bytes, &cursor, into: &record)
      }
    }
    return record
  }

  private mutating func podStatus(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout PodRecord
  ) throws(WireError) {
    (record.phase, record.reason, record.statuses) = ("", "", [])
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, PodStatusKey.set) {
      switch key {
      case .phase: record.phase = try shared(bytes, &cursor)
      case .reason: record.reason = try shared(bytes, &cursor)
      case .containerStatuses: try statuses(bytes, &cursor, .container, into: &record)
      case .initContainerStatuses: try statuses(bytes, &cursor, .initContainer, into: &record)
      case .ephemeralContainerStatuses: try statuses(bytes, &cursor, .ephemeral, into: &record)
      }
    }
    record.orderStatuses()
  }

  private mutating func statuses(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ role: ContainerRole,
    into record: inout PodRecord
  ) throws(WireError) {
    if !record.statuses.isEmpty { record.statuses.removeAll { $0.role == role } }
    guard try cursor.enterArray(bytes) else { return }
    while try cursor.nextElement(bytes) {
      var status = ContainerStatusRecord()
      status.role = role
      if try cursor.enterObject(bytes) {
        while let key = try cursor.nextKey(bytes, ContainerStatusKey.set) {
          switch key {
          case .name: status.name = try shared(bytes, &cursor)
          case .state: try state(bytes, &cursor, into: &status)
          }
        }
      }
      record.statuses.append(status)
    }
  }

  /// Sets state, reason and message. The API sets one member at most; `waiting` wins over `running`, and
  /// that over `terminated`.
  private mutating func state(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into status: inout ContainerStatusRecord
  ) throws(WireError) {
    (status.state, status.reason, status.message) = (.unknown, "", "")
    var waiting: (reason: String, message: String)?
    var isRunning = false
    var terminated: (reason: String, message: String)?
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, ContainerStateKey.set) {
      switch key {
      case .waiting: waiting = try stateDetail(bytes, &cursor)
      case .running:
        isRunning = try cursor.peek(bytes) == .object
        try cursor.skipValue(bytes)
      case .terminated: terminated = try stateDetail(bytes, &cursor)
      }
    }
    if let waiting {
      (status.state, status.reason, status.message) = (.waiting, waiting.reason, waiting.message)
    } else if isRunning {
      status.state = .running
    } else if let terminated {
      (status.state, status.reason) = (.terminated, terminated.reason)
    }
  }

  private mutating func stateDetail(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> (reason: String, message: String)? {
    guard try cursor.enterObject(bytes) else { return nil }
    var reason = ""
    var message = ""
    while let key = try cursor.nextKey(bytes, StateDetailKey.set) {
      switch key {
      case .reason: reason = try shared(bytes, &cursor)
      case .message: message = try shared(bytes, &cursor)
      }
    }
    return (reason, message)
  }
}
