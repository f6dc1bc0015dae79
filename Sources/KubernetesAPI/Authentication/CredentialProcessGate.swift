/// Bounds how many credential plugins run at once in the whole program, and keeps those that may
/// talk to the person apart.
///
/// At most `limit` processes; of interactive ones at most one, because they share one terminal.
/// First come, first served, except that an interactive one that must wait lets others pass.
package actor CredentialProcessGate {
  private struct Waiter {
    let id: Int
    let isInteractive: Bool
    let continuation: CheckedContinuation<Void, any Error>
  }

  private let limit: Int
  private var running = 0
  private var interactiveIsRunning = false
  private var waiters: [Waiter] = []
  private var nextID = 0

  /// - Parameter limit: the value of `--parallel-credentials`; at least 1.
  package init(limit: Int = 4) {
    self.limit = max(limit, 1)
  }

  /// Runs the body when it is its turn.
  ///
  /// - Throws: what the body throws, or `CancellationError` when the task is cancelled in the
  ///   queue.
  package nonisolated func withTurn<Value>(
    interactive: Bool, _ body: () async throws -> Value
  ) async throws -> Value {
    try await enter(interactive: interactive)
    do {
      let value = try await body()
      await leave(interactive: interactive)
      return value
    } catch {
      await leave(interactive: interactive)
      throw error
    }
  }

  private func enter(interactive: Bool) async throws {
    try Task.checkCancellation()
    if mayStart(interactive: interactive) {
      start(interactive: interactive)
      return
    }
    let id = nextID
    nextID += 1
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        waiters.append(Waiter(id: id, isInteractive: interactive, continuation: continuation))
      }
    } onCancel: {
      // Runs on this actor only after the waiter above stands in the queue.
      Task { await abandon(id) }
    }
  }

  private func leave(interactive: Bool) {
    running -= 1
    if interactive { interactiveIsRunning = false }
    var stillWaiting: [Waiter] = []
    for waiter in waiters {
      if mayStart(interactive: waiter.isInteractive) {
        start(interactive: waiter.isInteractive)
        waiter.continuation.resume()
      } else {
        stillWaiting.append(waiter)
      }
    }
    waiters = stillWaiting
  }

  private func abandon(_ id: Int) {
    guard let index = waiters.firstIndex(where: { $0.id == id }) else { return }
    waiters.remove(at: index).continuation.resume(throwing: CancellationError())
  }

  private func mayStart(interactive: Bool) -> Bool {
    running < limit && !(interactive && interactiveIsRunning)
  }

  private func start(interactive: Bool) {
    running += 1
    if interactive { interactiveIsRunning = true }
  }
}
