import CSpawn
import Glibc

/// Starts one process and sees it to its end; lives on the thread of that process.
///
/// The child stays a zombie until everything else is done. Until then its process id and group id
/// cannot be given to another process, so every signal reaches the one that was meant.
struct ProcessSupervision {
  private enum Phase {
    case running(until: ContinuousClock.Instant)
    /// SIGTERM was sent; SIGKILL follows.
    case ending(any Error, killAt: ContinuousClock.Instant)
    case killed(any Error)

    var reasonToEnd: (any Error)? {
      switch self {
      case .running: nil
      case .ending(let reason, _), .killed(let reason): reason
      }
    }
  }

  private let child: ChildProcess
  private let process: pid_t
  private let cancellation: WakeSignal
  private let clock = ContinuousClock()
  private let exitDescriptor: Int32
  private var output: PipeReader
  private var messages: PipeReader?
  private var collected: [UInt8] = []
  private var lines = PlainLines()
  private var phase: Phase
  private var isCancelled = false

  init(of child: ChildProcess, cancellation: WakeSignal) throws(ChildProcess.Failure) {
    self.child = child
    self.cancellation = cancellation
    let started: (process: pid_t, output: Int32, messages: Int32?)
    do {
      started = try Self.start(child)
    } catch {
      throw .notStarted(code: error.code)
    }
    process = started.process
    output = PipeReader(started.output)
    messages = started.messages.map(PipeReader.init)
    exitDescriptor = cspawn_exit_descriptor(started.process)
    phase = .running(until: clock.now.advanced(by: child.timeLimit))
  }

  mutating func runToEnd() throws -> ChildProcess.Result {
    defer { closeDescriptors() }
    while !waitForActivity() {
      readWhatCame()
      advance()
    }
    // All the child wrote before it exited is in the pipes now. A grandchild that holds them
    // open is neither waited for nor killed.
    readWhatCame()
    if let line = lines.finish() { child.reportLine(line) }
    if phase.reasonToEnd != nil { send(SIGKILL) }

    var status: Int32 = 0
    var signal: Int32 = 0
    let code = cspawn_collect(process, &status, &signal)
    if let reason = phase.reasonToEnd { throw reason }
    guard code == 0 else { throw ChildProcess.Failure.statusLost(code: code) }
    return ChildProcess.Result(
      termination: signal == 0 ? .exited(status: status) : .signalled(signal), output: collected)
  }

  // MARK: Waiting

  /// Waits until a pipe, the exit, a cancellation or a time limit asks for attention; true when
  /// the child has exited.
  private mutating func waitForActivity() -> Bool {
    var descriptors = [
      pollfd(fd: exitDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output.openDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: messages?.openDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
      // Sent once and never read: looked at only while it can still change something.
      pollfd(fd: isRunning ? cancellation.descriptor : -1, events: Int16(POLLIN), revents: 0),
    ]
    // EINTR and every other outcome lead to the same look at the state of things.
    poll(&descriptors, nfds_t(descriptors.count), millisecondsToWait())
    isCancelled = descriptors[3].revents != 0
    return cspawn_has_exited(process) != 0
  }

  private var isRunning: Bool { phase.reasonToEnd == nil }

  private func millisecondsToWait() -> Int32 {
    let deadline: ContinuousClock.Instant
    switch phase {
    case .running(let until): deadline = until
    case .ending(_, let killAt): deadline = killAt
    case .killed: deadline = clock.now.advanced(by: .seconds(1))
    }
    let left = clock.now.duration(to: deadline)
    let milliseconds = left <= .zero ? 0 : min(left / .milliseconds(1) + 1, 3_600_000)
    // Without an exit descriptor the exit is asked for, a hundred times a second.
    return Int32(exitDescriptor < 0 ? min(milliseconds, 10) : milliseconds)
  }

  // MARK: Reading

  private mutating func readWhatCame() {
    // At most what a pipe holds: somebody who never stops writing does not keep us here.
    let bytes = output.readAvailable(atMost: 1 << 20)
    if isRunning {
      collected += bytes
      if collected.count > child.outputLimit {
        end(because: ChildProcess.Failure.outputLimitReached(bytes: child.outputLimit))
      }
    }
    if let bytes = messages?.readAvailable(atMost: 1 << 20) {
      for line in lines.append(bytes) { child.reportLine(line) }
    }
  }

  // MARK: Ending

  private mutating func advance() {
    switch phase {
    case .running(let until):
      if isCancelled {
        end(because: CancellationError())
      } else if clock.now >= until {
        end(because: ChildProcess.Failure.timeLimitReached(child.timeLimit))
      }
    case .ending(let reason, let killAt):
      guard clock.now >= killAt else { return }
      send(SIGKILL)
      phase = .killed(reason)
    case .killed:
      break
    }
  }

  private mutating func end(because reason: any Error) {
    guard isRunning else { return }
    send(SIGTERM)
    phase = .ending(reason, killAt: clock.now.advanced(by: child.terminationGrace))
  }

  private func send(_ signal: Int32) {
    // An interactive child shares our group: only it is meant.
    kill(child.isInteractive ? process : -process, signal)
  }

  private mutating func closeDescriptors() {
    output.close()
    messages?.close()
    if exitDescriptor >= 0 { close(exitDescriptor) }
  }
}
