import Inventory

private enum WorkloadKey: String, JSONKey {
  case metadata, spec, status, template
  static let set = JSONKeySet<Self>()
}

private enum WorkloadSpecKey: String, JSONKey {
  case replicas, template, suspend, jobTemplate
  static let set = JSONKeySet<Self>()
}

/// Keys of `PodTemplateSpec` and `JobTemplateSpec`.
private enum TemplateKey: String, JSONKey {
  case spec
  static let set = JSONKeySet<Self>()
}

private enum JobSpecKey: String, JSONKey {
  case template
  static let set = JSONKeySet<Self>()
}

private enum WorkloadStatusKey: String, JSONKey {
  case replicas, desiredNumberScheduled, active, conditions
  static let set = JSONKeySet<Self>()
}

private enum ConditionKey: String, JSONKey {
  case type, status
  static let set = JSONKeySet<Self>()
}

extension WorkloadKind {
  /// Kinds with `spec.replicas` and `status.replicas`.
  fileprivate var hasReplicas: Bool {
    switch self {
    case .deployment, .replicaSet, .statefulSet, .replicationController: true
    case .daemonSet, .job, .cronJob, .podTemplate: false
    }
  }
}

extension JSONItemDecoder {
  mutating func workload(
    _ kind: WorkloadKind, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, marks rule: MarkRule
  ) throws(WireError) -> WorkloadRecord {
    var record = WorkloadRecord(kind: kind)
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, WorkloadKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor, marks: rule)
      case .template where kind == .podTemplate:
        record.template = try podTemplate(bytes, &cursor)
      case .spec where kind != .podTemplate: try workloadSpec(bytes, &cursor, into: &record)
      case .status where kind != .podTemplate: try workloadStatus(bytes, &cursor, into: &record)
      default: try cursor.skipValue(bytes)
      }
    }
    return record
  }

  private mutating func workloadSpec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout WorkloadRecord
  ) throws(WireError) {
    let kind = record.kind
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, WorkloadSpecKey.set) {
      switch key {
      case .replicas where kind.hasReplicas:
        record.desired = try cursor.readInteger(bytes).map { Int($0) }
      case .template where kind != .cronJob: record.template = try podTemplate(bytes, &cursor)
      case .suspend where kind == .job || kind == .cronJob:
        record.isSuspended = try cursor.readBoolean(bytes) ?? false
      case .jobTemplate where kind == .cronJob:
        record.template = try jobTemplate(bytes, &cursor)
      default: try cursor.skipValue(bytes)
      }
    }
  }

  private mutating func jobTemplate(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> PodSpecRecord {
    var result = PodSpecRecord()
    guard try cursor.enterObject(bytes) else { return result }
    while try cursor.nextKey(bytes, TemplateKey.set) != nil {
      guard try cursor.enterObject(bytes) else { continue }
      while try cursor.nextKey(bytes, JobSpecKey.set) != nil {
        result = try podTemplate(bytes, &cursor)
      }
    }
    return result
  }

  private mutating func podTemplate(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> PodSpecRecord {
    var result = PodSpecRecord()
    guard try cursor.enterObject(bytes) else { return result }
    while try cursor.nextKey(bytes, TemplateKey.set) != nil {
      result = try podSpec(bytes, &cursor).spec
    }
    return result
  }

  private func workloadStatus(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout WorkloadRecord
  ) throws(WireError) {
    let kind = record.kind
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, WorkloadStatusKey.set) {
      switch key {
      case .replicas where kind.hasReplicas:
        record.observed = Int(try cursor.readInteger(bytes) ?? 0)
      case .desiredNumberScheduled where kind == .daemonSet:
        record.desired = try cursor.readInteger(bytes).map { Int($0) }
      case .active where kind == .job: record.observed = Int(try cursor.readInteger(bytes) ?? 0)
      case .active where kind == .cronJob:
        record.observed = 0
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) {
          record.observed += 1
          try cursor.skipValue(bytes)
        }
      case .conditions where kind == .job:
        record.isFinished = try hasFinished(bytes, &cursor)
      default: try cursor.skipValue(bytes)
      }
    }
  }

  private func hasFinished(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Bool {
    var result = false
    guard try cursor.enterArray(bytes) else { return false }
    while try cursor.nextElement(bytes) {
      var isEnd = false
      var isTrue = false
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, ConditionKey.set) {
        let text = try cursor.readText(bytes)
        switch key {
        case .type:
          isEnd = text?.equals("Complete", bytes) == true || text?.equals("Failed", bytes) == true
        case .status: isTrue = text?.equals("True", bytes) == true
        }
      }
      if isEnd && isTrue { result = true }
    }
    return result
  }
}
