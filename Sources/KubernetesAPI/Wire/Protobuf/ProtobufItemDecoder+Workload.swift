import Inventory

/// Where an object keeps its pod template and what says how active it is; 0 for what a kind has not.
///
/// From `k8s.io/api` apps/v1, batch/v1 and core/v1, generated.proto. `CronJob` has the same numbers
/// in batch/v1beta1 (served until Kubernetes 1.24).
private struct WorkloadFields {
  var spec = 2
  var specReplicas = 0
  var specTemplate = 0
  var specSuspend = 0
  /// `CronJobSpec.jobTemplate`; its `JobTemplateSpec.spec` is 2, `JobSpec.template` is 6.
  var specJobTemplate = 0
  var status = 3
  var statusReplicas = 0
  var statusDesired = 0
  var statusActive = 0
  var statusConditions = 0

  static let jobTemplateSpec = 2
  static let jobSpecTemplate = 6
  /// `PodTemplateSpec.spec`.
  static let templateSpec = 2
  /// `JobCondition.type` and `.status`.
  static let conditionType = 1
  static let conditionStatus = 2
  static let metadata = 1

  init(_ kind: WorkloadKind) {
    switch kind {
    case .deployment: (specReplicas, specTemplate, statusReplicas) = (1, 3, 2)
    case .replicaSet: (specReplicas, specTemplate, statusReplicas) = (1, 3, 1)
    case .statefulSet: (specReplicas, specTemplate, statusReplicas) = (1, 3, 2)
    case .replicationController: (specReplicas, specTemplate, statusReplicas) = (1, 3, 1)
    case .daemonSet: (specTemplate, statusDesired) = (2, 3)
    case .job: (specTemplate, specSuspend, statusConditions, statusActive) = (6, 10, 1, 4)
    case .cronJob: (specSuspend, specJobTemplate, statusActive) = (4, 5, 1)
    case .podTemplate: (spec, status) = (0, 0)
    }
  }
}

extension ProtobufItemDecoder {
  mutating func workload(
    _ bytes: Span<UInt8>, base: Int, marks rule: MarkRule, into record: inout WorkloadRecord
  ) throws(WireError) {
    let kind = record.kind
    let fields = WorkloadFields(kind)
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case WorkloadFields.metadata:
        try metadata(bytes, cursor.message(), marks: rule, into: &record.metadata)
      case fields.spec:
        try workloadSpec(fields, bytes, cursor.message(), into: &record)
      case fields.status:
        try workloadStatus(fields, bytes, cursor.message(), into: &record)
      case 2 where kind == .podTemplate:
        try podTemplate(bytes, cursor.message(), into: &record)
      default: break
      }
    }
  }

  private mutating func workloadSpec(
    _ fields: WorkloadFields, _ bytes: Span<UInt8>, _ message: ProtobufCursor,
    into record: inout WorkloadRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case fields.specReplicas: record.desired = Int(try cursor.integer())
      case fields.specTemplate: try podTemplate(bytes, cursor.message(), into: &record)
      case fields.specSuspend: record.isSuspended = try cursor.boolean()
      case fields.specJobTemplate:
        var template = try cursor.message()
        while try template.next(bytes) {
          guard template.number == WorkloadFields.jobTemplateSpec else { continue }
          var job = try template.message()
          while try job.next(bytes) {
            guard job.number == WorkloadFields.jobSpecTemplate else { continue }
            try podTemplate(bytes, job.message(), into: &record)
          }
        }
      default: break
      }
    }
  }

  private mutating func podTemplate(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout WorkloadRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      guard cursor.number == WorkloadFields.templateSpec else { continue }
      _ = try podSpec(bytes, cursor.message(), into: &record.template)
    }
  }

  private func workloadStatus(
    _ fields: WorkloadFields, _ bytes: Span<UInt8>, _ message: ProtobufCursor,
    into record: inout WorkloadRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case fields.statusReplicas: record.observed = Int(try cursor.integer())
      case fields.statusDesired: record.desired = Int(try cursor.integer())
      case fields.statusActive where record.kind == .cronJob: record.observed += 1
      case fields.statusActive: record.observed = Int(try cursor.integer())
      case fields.statusConditions:
        if try isFinished(bytes, cursor.message()) { record.isFinished = true }
      default: break
      }
    }
  }

  private func isFinished(
    _ bytes: Span<UInt8>, _ condition: ProtobufCursor
  ) throws(WireError) -> Bool {
    var cursor = condition
    var type = 0..<0
    var status = 0..<0
    while try cursor.next(bytes) {
      switch cursor.number {
      case WorkloadFields.conditionType: type = try cursor.payload()
      case WorkloadFields.conditionStatus: status = try cursor.payload()
      default: break
      }
    }
    return WireWords.isFinishedType(bytes, type) && WireWords.isTrue(bytes, status)
  }
}
