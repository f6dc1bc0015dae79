import Synchronization

/// Limits how many lists are in flight to one cluster; an overloaded server halves it.
///
/// Waiters are served in order of arrival. A cancelled waiter leaves the queue and throws.
package final class RequestGate: Sendable {
  fileprivate struct State {
    var limit: Int
    var running = 0
    var peak = 0
    var nextTicket = 0
    var waiters: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  package init(limit: Int) {
    state = Mutex(State(limit: max(1, limit)))
  }

  /// The most that were ever in flight together.
  package var peak: Int {
    state.withLock { $0.peak }
  }

  package var limit: Int {
    state.withLock { $0.limit }
  }

  /// How many wait for their turn.
  var waiting: Int {
    state.withLock { $0.waiters.count }
  }

  /// Halves the limit for the rest of the scan, down to 1.
  package func halve() {
    state.withLock { $0.limit = max(1, $0.limit / 2) }
  }

  /// Runs `work` when its turn comes.
  package func run<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
    try await enter()
    defer { leave() }
    return try await work()
  }

  private func enter() async throws {
    try Task.checkCancellation()
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    let admitted: Bool = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
        let answer: Bool? = state.withLock { state in
          if state.cancelled.remove(ticket) != nil { return false }
          if state.running < state.limit && state.waiters.isEmpty {
            state.admit()
            return true
          }
          state.waiters.append((ticket, continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
        guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
          state.cancelled.insert(ticket)
          return nil
        }
        return state.waiters.remove(at: place).continuation
      }
      waiter?.resume(returning: false)
    }
    state.withLock { _ = $0.cancelled.remove(ticket) }
    guard admitted else { throw CancellationError() }
  }

  private func leave() {
    let next = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
      state.running -= 1
      var admitted: [CheckedContinuation<Bool, Never>] = []
      while state.running < state.limit, !state.waiters.isEmpty {
        state.admit()
        admitted.append(state.waiters.removeFirst().continuation)
      }
      return admitted
    }
    for continuation in next { continuation.resume(returning: true) }
  }
}

extension RequestGate.State {
  fileprivate mutating func admit() {
    running += 1
    peak = max(peak, running)
  }
}
