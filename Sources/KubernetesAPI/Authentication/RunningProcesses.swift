import Synchronization

/// The children that run now, so that none outlives the program.
///
/// Who waits for a child may leave as soon as its task is cancelled; the child is only then asked
/// to end, and killed when it does not.
package final class RunningProcesses: Sendable {
  /// Those of this program.
  package static let shared = RunningProcesses()

  private struct State {
    var cancellations: [Int: WakeSignal] = [:]
    var nextID = 0
    var isClosed = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Nil when the program ends and nothing may start any more.
  func enter(_ cancellation: WakeSignal) -> Int? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      state.nextID += 1
      state.cancellations[state.nextID] = cancellation
      return state.nextID
    }
  }

  func leave(_ id: Int) {
    let waiters = state.withLock { state in
      state.cancellations[id] = nil
      guard state.cancellations.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Cancels all, returns when they have ended, and lets no other start.
  package func endAll() async {
    await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
      let isIdle = state.withLock { state in
        state.isClosed = true
        for cancellation in state.cancellations.values { cancellation.send() }
        if !state.cancellations.isEmpty { state.waiters.append(waiter) }
        return state.cancellations.isEmpty
      }
      if isIdle { waiter.resume() }
    }
  }
}
