import Foundation
import TestPrograms

/// What a finished process left behind.
struct ProcessResult: Sendable {
  enum Ending: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut
  }

  var ending: Ending
  var output: Data
  var errors: Data
  var seconds: Double

  /// The exit status; nil when a signal or the time limit ended the process.
  var status: Int32? {
    if case .exited(let status) = ending { status } else { nil }
  }
  /// Standard output and standard error as text; bytes that are no UTF-8 are replaced.
  var stdout: String { String(decoding: output, as: UTF8.self) }
  var stderr: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs programs to their end without ever blocking a cooperative thread.
enum ChildProcess {
  /// Runs `program` with exactly this environment and an empty standard input.
  ///
  /// Both output streams are drained at the same time, so neither can stall the child. After
  /// `limit` seconds the process is killed and the result says `timedOut`.
  static func run(
    _ program: URL, _ arguments: [String], environment: [String: String],
    folder: URL? = nil, limit: Double = 300
  ) async throws -> ProcessResult {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = FileHandle.nullDevice
    let state = RunState()
    let started = Date()
    process.terminationHandler = { _ in state.finish() }
    let (outputPipe, errorPipe) = try process.start {
      let (output, errors) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = errors
      return (output, errors)
    }
    let identifier = process.processIdentifier
    let watchdog = Task {
      try await Task.sleep(nanoseconds: UInt64(limit * 1_000_000_000))
      state.expire()
      kill(identifier, SIGKILL)
    }
    async let output = drain(outputPipe.fileHandleForReading)
    async let errors = drain(errorPipe.fileHandleForReading)
    let streams = await (output, errors)
    await state.finished()
    watchdog.cancel()
    let ending: ProcessResult.Ending
    if state.hasExpired {
      ending = .timedOut
    } else if process.terminationReason == .uncaughtSignal {
      ending = .killed(signal: process.terminationStatus)
    } else {
      ending = .exited(process.terminationStatus)
    }
    return ProcessResult(
      ending: ending, output: streams.0, errors: streams.1,
      seconds: Date().timeIntervalSince(started))
  }

  /// Everything until the end of a stream, read on a thread that may block.
  private static func drain(_ handle: FileHandle) async -> Data {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: handle.readDataToEndOfFile())
      }
    }
  }
}

/// When a process has ended, and whether its time ran out first.
///
/// `@unchecked Sendable`: every access to the fields is under `lock`.
private final class RunState: @unchecked Sendable {
  private let lock = NSLock()
  private var isFinished = false
  private var isExpired = false
  private var waiter: CheckedContinuation<Void, Never>?

  var hasExpired: Bool { lock.withLock { isExpired } }

  func expire() {
    lock.withLock { isExpired = !isFinished }
  }

  func finish() {
    let waiting = lock.withLock {
      isFinished = true
      defer { waiter = nil }
      return waiter
    }
    waiting?.resume()
  }

  func finished() async {
    await withCheckedContinuation { continuation in
      let isDone = lock.withLock {
        if !isFinished { waiter = continuation }
        return isFinished
      }
      if isDone { continuation.resume() }
    }
  }
}
