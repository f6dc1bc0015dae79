/// Runs `work`, and cancels it when it takes longer than `limit`; nil is no limit.
///
/// - Throws: `TimeLimitExceeded`, after the cancelled work has ended.
package func withTimeLimit<Value: Sendable>(
  _ limit: Duration?, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  guard let limit else { return try await work() }
  return try await withThrowingTaskGroup(of: Value?.self) { group in
    defer { group.cancelAll() }
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: limit)
      return nil
    }
    guard let first = try await group.next(), let value = first else {
      throw TimeLimitExceeded(limit: limit)
    }
    return value
  }
}

package struct TimeLimitExceeded: Error, Hashable, Sendable {
  package let limit: Duration

  package init(limit: Duration) {
    self.limit = limit
  }
}
