import Synchronization

/// Counts what was asked of one cluster, and tells a listener of each event (`-v`).
package final class RequestLog: Sendable {
  package struct Totals: Hashable, Sendable {
    /// Answered or not.
    package var requests = 0
    package var retries = 0
    /// As they came over the wire, compressed or not.
    package var bytes: Int64 = 0
  }

  private struct State {
    var totals = Totals()
    var lastNumber = 0
    var lastList = 0
  }

  private let state = Mutex(State())
  private let listener: (@Sendable (RequestEvent) -> Void)?
  private let progress: (@Sendable (ListProgress) -> Void)?

  /// - Parameter progress: is told how far each list has come, often and from several threads.
  package init(
    listener: (@Sendable (RequestEvent) -> Void)? = nil,
    progress: (@Sendable (ListProgress) -> Void)? = nil
  ) {
    self.listener = listener
    self.progress = progress
  }

  package var current: Totals {
    state.withLock { $0.totals }
  }

  /// Numbers a request that is about to be sent, from 1.
  func number() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  /// Says that a list begins; nil when nobody asked for progress.
  func beginList(_ resource: String) -> ListTracker? {
    guard let progress else { return nil }
    let number = state.withLock { state in
      state.lastList += 1
      return state.lastList
    }
    return ListTracker(number: number, resource: resource, tell: progress)
  }

  func note(_ event: RequestEvent) {
    state.withLock { state in
      switch event {
      case .sending: break
      case .answered(_, let answer):
        state.totals.requests += 1
        state.totals.bytes += answer.bytes
      case .failed: state.totals.requests += 1
      case .retrying, .listExpired: state.totals.retries += 1
      }
    }
    listener?(event)
  }
}
