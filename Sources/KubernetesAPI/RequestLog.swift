import Synchronization

/// Counts what was asked of one cluster, and tells a listener of each request (`-v`).
///
/// Nothing secret passes through here: paths and queries, never headers or bodies.
package final class RequestLog: Sendable {
  package struct Totals: Hashable, Sendable {
    package var requests = 0
    package var retries = 0
    /// As they came over the wire, compressed or not.
    package var bytes: Int64 = 0
  }

  private let totals = Mutex(Totals())
  private let listener: (@Sendable (String) -> Void)?

  package init(listener: (@Sendable (String) -> Void)? = nil) {
    self.listener = listener
  }

  package var current: Totals {
    totals.withLock { $0 }
  }

  func answered(_ line: @autoclosure () -> String, bytes: Int64) {
    totals.withLock {
      $0.requests += 1
      $0.bytes += bytes
    }
    listener?(line())
  }

  func retrying(_ line: @autoclosure () -> String) {
    totals.withLock { $0.retries += 1 }
    listener?(line())
  }
}
