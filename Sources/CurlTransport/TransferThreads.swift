import Foundation
import Synchronization

/// The threads that transfers run on. One that has nothing more to do waits for a while: making a
/// thread for each of many small answers would cost more than reading them.
///
/// Dispatch threads would do, were there enough of them: a transfer blocks for as long as the server
/// likes.
final class TransferThreads: Sendable {
  typealias Job = @Sendable () -> Void

  static let shared = TransferThreads(patience: .seconds(1))

  private final class Worker: Sendable {
    private let job: Mutex<Job?>
    private let wakeUp = DispatchSemaphore(value: 0)

    init(_ job: @escaping Job) {
      self.job = Mutex(job)
    }

    func give(_ next: @escaping Job) {
      job.withLock { $0 = next }
      wakeUp.signal()
    }

    /// Runs the job, and forgets it: what it holds must not wait with the thread.
    func run() {
      let next = job.withLock { job in
        defer { job = nil }
        return job
      }
      next?()
    }

    /// False when no job came in time.
    func wait(_ patience: DispatchTimeInterval) -> Bool {
      wakeUp.wait(timeout: .now() + patience) == .success
    }
  }

  /// How long a thread waits for its next job.
  private let patience: DispatchTimeInterval
  private let idle = Mutex<[Worker]>([])

  init(patience: DispatchTimeInterval) {
    self.patience = patience
  }

  /// Runs the job at once, on a thread that does nothing else meanwhile.
  func run(_ job: @escaping Job) {
    // The one that waits for the shortest time, so that others end when few are needed.
    if let worker = idle.withLock({ $0.popLast() }) { return worker.give(job) }
    let worker = Worker(job)
    let thread = Thread { self.work(worker) }
    thread.stackSize = 512 * 1024
    thread.name = "transfer"
    thread.start()
  }

  private func work(_ worker: Worker) {
    while true {
      worker.run()
      idle.withLock { $0.append(worker) }
      if worker.wait(patience) { continue }
      let isForgotten = idle.withLock { idle in
        guard let place = idle.firstIndex(where: { $0 === worker }) else { return false }
        idle.remove(at: place)
        return true
      }
      if isForgotten { return }
      // Taken in the last moment: the job is on its way.
      _ = worker.wait(.never)
    }
  }
}
