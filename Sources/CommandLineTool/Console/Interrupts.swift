import Foundation
import Glibc
import KubernetesAPI
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP: the first cancels the running work, and so ends every child; a
/// second Ctrl-C ends the process at once. All leave with 128 + the first signal's number and the
/// terminal as it was found.
package enum Interrupts {
  /// How long cancelled work may take to end, in milliseconds, before the process ends anyway.
  private static let grace: Int32 = 3_000

  /// A write to a closed pipe is an errno, not a death; children get the default back.
  package static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `work` in a task that the signals cancel, and returns its status, or that of the signal.
  ///
  /// A program started with one of them ignored (`nohup`, `&` in a script) keeps ignoring it.
  package static func guarding(_ work: @escaping @Sendable () async -> Int32) async -> Int32 {
    let task = Task { await work() }
    install(cancelling: task)
    let status = await task.value
    await RunningProcesses.shared.endAll()
    let signal = firstSignal.load(ordering: .acquiring)
    return signal == 0 ? status : ExitStatus.ended(by: signal).rawValue
  }

  private static let lastWork = Mutex<(@Sendable () -> Void)?>(nil)

  /// Has this done at the first signal, on a thread of its own, before anything else; it must not
  /// wait.
  static func beforeExit(_ work: @escaping @Sendable () -> Void) {
    lastWork.withLock { $0 = work }
  }

  // MARK: The handler, and what it may touch

  private static let firstSignal = Atomic<Int32>(0)
  /// The end of the pipe that the handler writes to.
  private static let wakeEnd = Atomic<Int32>(-1)

  /// Only async-signal-safe calls (signal-safety(7)): atomics and write.
  private static let handler: @convention(c) (Int32) -> Void = { signal in
    let before = errno
    _ = firstSignal.compareExchange(
      expected: 0, desired: signal, ordering: .acquiringAndReleasing)
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = write(wakeEnd.load(ordering: .acquiring), &byte, 1)
    errno = before
  }

  private static func install(cancelling task: Task<Int32, Never>) {
    let signals = [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) }
    var ends: [Int32] = [-1, -1]
    guard !signals.isEmpty, pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    // Stored before the handler can run, so that it never initialises a global.
    firstSignal.store(0, ordering: .releasing)
    wakeEnd.store(ends[1], ordering: .releasing)
    let waitEnd = ends[0]
    let settings = TerminalSettings.ofInput()
    Thread.detachNewThread { watch(waitEnd, cancelling: task, restoring: settings) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = Int32(SA_RESTART)
    for signal in signals {
      sigaction(signal, &action, nil)
    }
  }

  /// SIG_IGN is the function pointer 1, which Swift can only compare as a number.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var current = sigaction()
    // What cannot be asked for is left as it is.
    guard sigaction(signal, nil, &current) == 0 else { return true }
    return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Sleeps until a signal comes; on its own thread, because it blocks.
  private static func watch(
    _ waitEnd: Int32, cancelling task: Task<Int32, Never>, restoring settings: TerminalSettings?
  ) {
    var seen: UInt8 = 0
    guard take(waitEnd, &seen) else { return }
    task.cancel()
    lastWork.withLock { $0 }?()
    settings?.restore()
    // Ctrl-C again, or the end of patience; cancelled work that ends earlier ends the process. The
    // others are often sent twice: by timeout(1) to the process and to its group, by the kernel and
    // by the shell when a terminal closes.
    let end = ContinuousClock.now + .milliseconds(grace)
    seen = 0
    while seen != UInt8(SIGINT), isReadable(waitEnd, until: end) {
      guard take(waitEnd, &seen) else { break }
    }
    settings?.restore()
    _exit(ExitStatus.ended(by: firstSignal.load(ordering: .acquiring)).rawValue)
  }

  /// Waits for the next signal.
  private static func take(_ waitEnd: Int32, _ signal: inout UInt8) -> Bool {
    var count = read(waitEnd, &signal, 1)
    while count < 0, errno == EINTR {
      count = read(waitEnd, &signal, 1)
    }
    return count == 1
  }

  private static func isReadable(_ descriptor: Int32, until end: ContinuousClock.Instant) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let rest = (end - ContinuousClock.now) / .milliseconds(1)
      guard rest > 0 else { return false }
      let count = poll(&entry, 1, Int32(rest.rounded(.up)))
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }
}

/// How the terminal was set when the program began; a plugin that asks for a password turns its
/// echo off, and Ctrl-C may end it before it turns it on again.
private struct TerminalSettings: Sendable {
  private let attributes: termios

  /// Nil when standard input is no terminal.
  static func ofInput() -> TerminalSettings? {
    var attributes = termios()
    guard tcgetattr(STDIN_FILENO, &attributes) == 0 else { return nil }
    return TerminalSettings(attributes: attributes)
  }

  func restore() {
    // From the background this would stop the process (SIGTTOU).
    guard tcgetpgrp(STDIN_FILENO) == getpgrp() else { return }
    var attributes = attributes
    tcsetattr(STDIN_FILENO, TCSANOW, &attributes)
    if isatty(STDOUT_FILENO) == 1 {
      // Colour off, should a row have been cut short.
      let reset: [UInt8] = [0x1B, 0x5B, 0x30, 0x6D]
      _ = write(STDOUT_FILENO, reset, reset.count)
    }
  }
}
