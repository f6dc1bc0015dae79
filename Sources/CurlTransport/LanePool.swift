import Synchronization

/// The connections of one identity: so many transfers at once, and as many idle handles at most.
final class LanePool: Sendable {
  private struct State {
    var free: Int
    var nextWaiter = 0
    var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    var idle: [CurlHandle] = []
    var sessions: TLSSessions?
    var isClosed = false
  }

  private let state: Mutex<State>
  private let lanes: Int

  init(lanes: Int) {
    self.lanes = max(1, lanes)
    state = Mutex(State(free: max(1, lanes)))
  }

  /// Waits for a lane, first come, first served; every success needs one `leave()`.
  func enter() async throws {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.isClosed { return .failure(TransportError.cancelled) }
          // The cancellation handler may have run already and found nobody waiting.
          if Task.isCancelled { return .failure(CancellationError()) }
          guard state.free > 0 else {
            state.waiters.append((id, continuation))
            return nil
          }
          state.free -= 1
          return .success(())
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard !state.waiters.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume()
  }

  /// The handle used last, whose connection is the likeliest to be alive, else a new one; nil when
  /// there can be none.
  func takeHandle() -> CurlHandle? {
    let (idle, sessions) = state.withLock { state in
      // Not before the first handle is asked for: libcurl takes its time to start.
      if state.sessions == nil { state.sessions = TLSSessions() }
      return (state.idle.popLast(), state.sessions)
    }
    return idle ?? CurlHandle(resumingFrom: sessions)
  }

  /// Keeps a handle whose transfer ended well; any other is closed by being dropped.
  func give(_ handle: CurlHandle) {
    state.withLock { state in
      guard !state.isClosed, state.idle.count < lanes else { return }
      state.idle.append(handle)
    }
  }

  func close() {
    let (waiters, idle) = state.withLock { state in
      state.isClosed = true
      defer {
        state.waiters = []
        state.idle = []
      }
      return (state.waiters, state.idle)
    }
    for waiter in waiters { waiter.continuation.resume(throwing: TransportError.cancelled) }
    withExtendedLifetime(idle) {}
  }
}
