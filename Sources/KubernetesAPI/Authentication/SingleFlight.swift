/// Shares one run of an operation among all who ask for its value while it runs.
///
/// Who is cancelled stops waiting at once; the operation itself is cancelled when nobody waits for
/// it any more.
actor SingleFlight<Value: Sendable> {
  private struct Flight {
    let id: Int
    let task: Task<Void, Never>
  }

  private var flight: Flight?
  private var waiters: [Int: CheckedContinuation<Value, any Error>] = [:]
  private var nextID = 0

  /// How many wait for the value now.
  var waiterCount: Int { waiters.count }

  /// The value of the operation that runs now, or of this one when none runs.
  func value(_ operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    let id = takeID()
    if flight == nil { start(operation) }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiters[id] = $0 }
    } onCancel: {
      // Runs on this actor only after the continuation above is kept.
      Task { await abandon(id) }
    }
  }

  private func start(_ operation: @escaping @Sendable () async throws -> Value) {
    let id = takeID()
    let task = Task {
      let result: Result<Value, any Error>
      do {
        result = .success(try await operation())
      } catch {
        result = .failure(error)
      }
      finish(id, with: result)
    }
    flight = Flight(id: id, task: task)
  }

  private func finish(_ id: Int, with result: Result<Value, any Error>) {
    // A flight that everybody left has nobody to tell.
    guard flight?.id == id else { return }
    flight = nil
    let waiting = waiters
    waiters = [:]
    for continuation in waiting.values { continuation.resume(with: result) }
  }

  private func abandon(_ id: Int) {
    guard let continuation = waiters.removeValue(forKey: id) else { return }
    continuation.resume(throwing: CancellationError())
    guard waiters.isEmpty else { return }
    flight?.task.cancel()
    flight = nil
  }

  private func takeID() -> Int {
    nextID += 1
    return nextID
  }
}
