/// When a failed request is tried again, and how long to wait before.
///
/// Bounded exponential back-off with jitter; a `Retry-After` (RFC 9110 section 10.2.3) is
/// waited for in full, up to `longestWait`.
package struct RetryPolicy: Sendable {
  package var attempts: Int
  package var firstWait: Duration
  package var longestWait: Duration
  /// 0..<1, for the jitter; injected so that tests are exact.
  package var random: @Sendable () -> Double
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    attempts: Int = 5, firstWait: Duration = .milliseconds(500),
    longestWait: Duration = .seconds(30),
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.attempts = attempts
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.random = random
    self.sleep = sleep
  }

  /// How long to wait before attempt `number` + 1; nil when that was the last.
  package func wait(afterAttempt number: Int, retryAfter: Int?) -> Duration? {
    guard number < attempts else { return nil }
    if let retryAfter { return min(.seconds(max(0, retryAfter)), longestWait) }
    let full = min(firstWait * (1 << min(number - 1, 16)), longestWait)
    // Half fixed, half random: clients that failed together do not come back together.
    return full / 2 + full / 2 * random()
  }
}
