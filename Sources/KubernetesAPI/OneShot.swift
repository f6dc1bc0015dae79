import Synchronization

/// A value that is set once and may be waited for by one task.
final class OneShot<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, Never>)
    case full(Value)
  }

  private let state = Mutex(State.empty)

  /// Sets the value; later calls change nothing.
  func fulfil(_ value: Value) {
    let waiter = state.withLock { state -> CheckedContinuation<Value, Never>? in
      switch state {
      case .full: return nil
      case .empty:
        state = .full(value)
        return nil
      case .waiting(let continuation):
        state = .full(value)
        return continuation
      }
    }
    waiter?.resume(returning: value)
  }

  /// The value if it is there.
  var current: Value? {
    state.withLock { state in
      if case .full(let value) = state { value } else { nil }
    }
  }

  /// Waits for the value. At most one task may wait.
  var value: Value {
    get async {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Value? in
          switch state {
          case .full(let value): return value
          case .empty, .waiting:
            state = .waiting(continuation)
            return nil
          }
        }
        if let ready { continuation.resume(returning: ready) }
      }
    }
  }
}
