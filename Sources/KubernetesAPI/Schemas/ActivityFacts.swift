import Inventory

/// What an object says about whether it runs.
struct ActivityFacts {
  private var replicas: Int?
  private var observed = 0
  private var isSuspended = false
  private var isRunning = true
  private var hasEnded = false

  /// How kinds call a run that is over, in lower case: Argo, Spark, Ray, Kruise, JobSet, Volcano,
  /// k6, Velero.
  private static let endings: Set<String> = [
    "succeeded", "successful", "failed", "error", "completed", "stopped", "inconclusive",
    "terminated", "finished", "partiallyfailed", "failedvalidation",
  ]
  /// Types of conditions that are true once a run is over (kubeflow/trainer `TrainJob`, JobSet,
  /// Tekton).
  private static let endingConditions: Set<String> = [
    "complete", "completed", "succeeded", "failed",
  ]

  mutating func read(
    _ fact: FieldTree.Fact, _ kind: JSONCursor.Kind, _ bytes: Span<UInt8>,
    _ cursor: inout JSONCursor, _ decoder: JSONItemDecoder
  ) throws(WireError) {
    switch (fact, kind) {
    case (.replicas, .number): replicas = try Self.count(bytes, &cursor)
    case (.observedReplicas, .number): observed = try Self.count(bytes, &cursor) ?? 0
    case (.suspended, .boolean):
      isSuspended = try cursor.readBoolean(bytes) ?? false || isSuspended
    case (.running, .boolean): isRunning = try cursor.readBoolean(bytes) ?? true
    case (.completionTime, .string):
      hasEnded = try !decoder.text(bytes, &cursor).isEmpty || hasEnded
    case (.phase, .string):
      let phase = try decoder.text(bytes, &cursor).lowercased()
      hasEnded = hasEnded || Self.endings.contains(phase)
    case (.runStrategy, .string):
      isRunning = try decoder.text(bytes, &cursor) != "Halted" && isRunning
    case (.wantedState, .string):
      isSuspended = try decoder.text(bytes, &cursor) == "suspended" || isSuspended
    case (.conditions, .object):
      hasEnded = try Self.isTrueEnding(bytes, &cursor, decoder) || hasEnded
    default: break
    }
  }

  /// Whether a condition (`metav1.Condition`) says that the run is over.
  private static func isTrueEnding(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ decoder: JSONItemDecoder
  ) throws(WireError) -> Bool {
    var (type, status) = ("", "")
    guard try cursor.enterObject(bytes) else { return false }
    while let key = try cursor.nextKey(bytes) {
      if key.equals("type", bytes), try cursor.peek(bytes) == .string {
        type = try decoder.text(bytes, &cursor)
      } else if key.equals("status", bytes), try cursor.peek(bytes) == .string {
        status = try decoder.text(bytes, &cursor)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return status == "True" && endingConditions.contains(type.lowercased())
  }

  /// Nil for a number that is no count.
  private static func count(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Int? {
    do {
      return try cursor.readInteger(bytes).map { Int($0) }
    } catch .incomplete(let offset) {
      throw .incomplete(atByte: offset)
    } catch {
      return nil
    }
  }

  func activity(_ lifecycle: ObjectLifecycle) -> Activity {
    if lifecycle == .template { return .inert }
    if hasEnded { return .completed }
    if isSuspended && observed == 0 { return .suspended }
    if !isRunning || (replicas == 0 && observed == 0) { return .scaledToZero }
    return .active(desired: replicas)
  }
}
