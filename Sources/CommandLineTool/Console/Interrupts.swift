import Foundation
import Glibc
import Synchronization

/// Ctrl-C: the first cancels the running work, the second ends the process at once; both leave
/// with status 130 and the terminal as it was found.
package enum Interrupts {
  /// How long cancelled work may take to end, in milliseconds, before the process ends anyway.
  private static let grace: Int32 = 3_000

  /// A write to a closed pipe is an errno, not a death; children get the default back.
  package static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `work` in a task that SIGINT cancels, and returns its status, or 130 after SIGINT.
  ///
  /// A program started with SIGINT ignored (`nohup`, `&` in a script) keeps ignoring it.
  package static func guarding(_ work: @escaping @Sendable () async -> Int32) async -> Int32 {
    let task = Task { await work() }
    install(cancelling: task)
    let status = await task.value
    return signalCount.load(ordering: .acquiring) > 0 ? ExitStatus.interrupted.rawValue : status
  }

  private static let lastWork = Mutex<(@Sendable () -> Void)?>(nil)

  /// Has this done at Ctrl-C, on a thread of its own, before anything else; it must not wait.
  static func beforeExit(_ work: @escaping @Sendable () -> Void) {
    lastWork.withLock { $0 = work }
  }

  // MARK: The handler, and what it may touch

  private static let signalCount = Atomic<Int>(0)
  /// The end of the pipe that the handler writes to.
  private static let wakeEnd = Atomic<Int32>(-1)

  /// Only async-signal-safe calls (signal-safety(7)): atomics and write.
  private static let handler: @convention(c) (Int32) -> Void = { _ in
    let before = errno
    signalCount.wrappingAdd(1, ordering: .acquiringAndReleasing)
    var byte: UInt8 = 0
    _ = write(wakeEnd.load(ordering: .acquiring), &byte, 1)
    errno = before
  }

  private static func install(cancelling task: Task<Int32, Never>) {
    var current = sigaction()
    var ends: [Int32] = [-1, -1]
    guard sigaction(SIGINT, nil, &current) == 0, !isIgnoring(current),
      pipe(&ends) == 0
    else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    // Stored before the handler can run, so that it never initialises a global.
    signalCount.store(0, ordering: .releasing)
    wakeEnd.store(ends[1], ordering: .releasing)
    let waitEnd = ends[0]
    let settings = TerminalSettings.ofInput()
    Thread.detachNewThread { watch(waitEnd, cancelling: task, restoring: settings) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = Int32(SA_RESTART)
    sigaction(SIGINT, &action, nil)
  }

  /// SIG_IGN is the function pointer 1, which Swift can only compare as a number.
  private static func isIgnoring(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Sleeps until a signal comes; on its own thread, because it blocks.
  private static func watch(
    _ waitEnd: Int32, cancelling task: Task<Int32, Never>, restoring settings: TerminalSettings?
  ) {
    var byte: UInt8 = 0
    var count = read(waitEnd, &byte, 1)
    while count < 0, errno == EINTR {
      count = read(waitEnd, &byte, 1)
    }
    guard count == 1 else { return }
    task.cancel()
    lastWork.withLock { $0 }?()
    settings?.restore()
    // The second signal, or the end of patience; cancelled work that ends earlier ends the process.
    var entry = pollfd(fd: waitEnd, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, grace)
    settings?.restore()
    _exit(ExitStatus.interrupted.rawValue)
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
