import Dispatch

/// How many chunks may wait for the consumer: the thread that receives takes one per chunk and
/// waits when there is none, the delegate gives it back when the chunk is consumed.
struct Credits: Sendable {
  private let semaphore: DispatchSemaphore

  init(_ count: Int) {
    // libdispatch traps when a semaphore is freed below the value that it was made with.
    semaphore = DispatchSemaphore(value: 0)
    for _ in 0..<count { semaphore.signal() }
  }

  func giveBack() {
    semaphore.signal()
  }

  /// False when the time was over first. The caller then looks whether the exchange goes on:
  /// a stop gives a credit back to wake it.
  func take(within limit: Duration?) -> Bool {
    guard let limit else {
      semaphore.wait()
      return true
    }
    let nanoseconds = max(0, limit / .nanoseconds(1))
    return semaphore.wait(timeout: .now() + .nanoseconds(Int(min(nanoseconds, 1e17)))) == .success
  }
}
