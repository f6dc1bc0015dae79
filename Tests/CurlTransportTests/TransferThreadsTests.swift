import Foundation
import Testing

@testable import CurlTransport

@Suite struct TransferThreadsTests {
  /// Runs a job and waits for its end.
  private func run<Value: Sendable>(
    on threads: TransferThreads, _ job: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      threads.run { continuation.resume(returning: job()) }
    }
  }

  @Test func aThreadIsUsedAgain() async {
    let threads = TransferThreads(patience: .seconds(60))
    let mark = "used"
    var wasUsedAgain = false
    // A thread is idle a moment after its job is done.
    for _ in 0..<1000 where !wasUsedAgain {
      wasUsedAgain = await run(on: threads) {
        defer { Thread.current.threadDictionary[mark] = true }
        return Thread.current.threadDictionary[mark] != nil
      }
    }
    #expect(wasUsedAgain)
  }

  /// Each waits for all others: none could end if two shared a thread.
  @Test func jobsNeverWaitForEachOther() async {
    let threads = TransferThreads(patience: .seconds(60))
    let meeting = DispatchGroup()
    for _ in 0..<40 { meeting.enter() }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          await self.run(on: threads) {
            meeting.leave()
            meeting.wait()
          }
        }
      }
    }
    #expect(meeting.wait(timeout: .now()) == .success)
  }

  /// An answer's worth of memory must not wait for the next one.
  @Test func aThreadForgetsItsJob() async {
    final class Held: Sendable {}
    let threads = TransferThreads(patience: .seconds(60))
    weak var held: Held?
    for _ in 0..<3 {
      await {
        let object = Held()
        held = object
        await run(on: threads) { withExtendedLifetime(object) {} }
      }()
      // The job tells of its end a moment before it is gone.
      for _ in 0..<1000 where held != nil { await Task.yield() }
      for _ in 0..<200 where held != nil { usleep(10_000) }
      #expect(held == nil)
    }
  }

  /// A thread that gives up is met by its next job now and then.
  @Test(arguments: [DispatchTimeInterval.never, .microseconds(0), .microseconds(50)])
  func noJobIsLostToAThreadThatEnds(patience: DispatchTimeInterval) async {
    let threads = TransferThreads(patience: patience)
    for number in 0..<500 {
      #expect(await run(on: threads) { number } == number)
    }
  }
}
