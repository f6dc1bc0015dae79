import Foundation
import Testing

@testable import KubernetesAPI

@Suite struct ChildProcessTests {
  private func shell(
    _ script: String, arguments: [String] = [], environment: [String: String] = [:],
    isInteractive: Bool = false, timeLimit: Duration = .seconds(60),
    reportLine: @escaping @Sendable (String) -> Void = { _ in }
  ) -> ChildProcess {
    ChildProcess(
      executable: "/bin/sh", arguments: ["sh", "-c", script] + arguments,
      environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
      isInteractive: isInteractive, timeLimit: timeLimit,
      terminationGrace: .milliseconds(50), reportLine: reportLine)
  }

  private func output(of child: ChildProcess) async throws -> String {
    let result = try await child.run()
    #expect(result.termination == .exited(status: 0))
    return String(decoding: result.output, as: UTF8.self)
  }

  /// Whether a process still runs; a zombie that nobody collects does not.
  private func isAlive(_ process: String) -> Bool {
    guard let status = FileManager.default.contents(atPath: "/proc/\(process)/stat") else {
      return false
    }
    let state = String(decoding: status, as: UTF8.self).split(separator: ") ").last?.first
    return state != "Z" && state != "X"
  }

  @Test func `arguments and environment arrive exactly`() async throws {
    #expect(
      try await output(of: shell("printf '%s|' \"$@\"", arguments: ["name", "a", "b c", "", "é"]))
        == "a|b c||é|")
    let environment = ChildProcess(
      executable: "/usr/bin/env", arguments: ["env"],
      environment: ["ONE": "1", "TWO": "with space\tand=sign", "EMPTY": ""],
      timeLimit: .seconds(60))
    #expect(
      try await output(of: environment).split(separator: "\n").sorted()
        == ["EMPTY=", "ONE=1", "TWO=with space\tand=sign"])
  }

  @Test(arguments: [0, 1, 1 << 20]) func `input arrives whole and ends`(count: Int) async throws {
    var child = shell("cat; printf '|'")
    child.input = [UInt8](repeating: 0x61, count: count)
    child.outputLimit = 2 << 20
    #expect(try await output(of: child) == String(repeating: "a", count: count) + "|")
  }

  @Test(arguments: [
    ("exit 0", ChildProcess.Termination.exited(status: 0)),
    ("exit 7", .exited(status: 7)),
    ("kill -KILL $$", .signalled(SIGKILL)),
  ])
  func `how it ended is told`(script: String, expected: ChildProcess.Termination) async throws {
    #expect(try await shell(script).run().termination == expected)
  }

  @Test(arguments: [("/nowhere/plugin", ENOENT), ("/etc/passwd", EACCES), ("/bin/s\0h", EINVAL)])
  func `a program that cannot start gives the errno`(path: String, code: Int32) async throws {
    let child = ChildProcess(
      executable: path, arguments: ["x"], environment: [:], timeLimit: .seconds(60))
    await #expect(throws: ChildProcess.Failure.notStarted(code: code)) { try await child.run() }
  }

  @Test func `signals are at their defaults in the child`() async throws {
    signal(SIGPIPE, SIG_IGN)
    let script = "sed -n 's/^Sig\\(Ign\\|Blk\\):.//p' /proc/self/status"
    let masks = try await output(of: shell(script)).split(separator: "\n")
      .map { UInt64($0, radix: 16) }
    // 32 and 33 are glibc's own, which no program can change (signal(7)).
    let reserved: UInt64 = 0b11 << 31
    #expect(masks.map { $0.map { $0 & ~reserved } } == [0, 0])
  }

  @Test func `none outlives the program, and none starts while it ends`() async throws {
    let running = RunningProcesses()
    let ready = Latch()
    let log = LineLog()
    let child = shell("trap '' TERM; echo $$ >&2; exec sleep 60") { line in
      log.append(line)
      Task { await ready.open() }
    }
    // Nobody cancels this task: the children that run are enough.
    let task = Task { try await child.run(among: running) }
    await ready.wait()
    #expect(log.lines.count == 1 && log.lines.allSatisfy(isAlive))
    await running.endAll()
    #expect(!log.lines.contains(where: isAlive))
    await #expect(throws: CancellationError.self) { try await task.value }
    await #expect(throws: CancellationError.self) { try await child.run(among: running) }
    await running.endAll()
  }

  @Test func `no descriptor above 2 is passed on`() async throws {
    let inheritable = open("/dev/null", O_RDONLY)
    defer { close(inheritable) }
    // The fourth is that of the listing itself.
    #expect(try await output(of: shell("ls /proc/self/fd")) == "0\n1\n2\n3\n")
  }

  @Test func `not interactive means no input and an own process group`() async throws {
    #expect(
      try await output(of: shell("cat; readlink /proc/$$/fd/0")) == "/dev/null\n")
    let ids = try await output(of: shell("echo $$; cut -d ' ' -f 5 /proc/$$/stat"))
      .split(separator: "\n")
    #expect(ids.count == 2 && ids.first == ids.last)
  }

  @Test func `interactive means our input, messages and process group`() async throws {
    let script = "readlink /proc/$$/fd/0 /proc/$$/fd/2; cut -d ' ' -f 5 /proc/$$/stat"
    let ours = try ["/proc/self/fd/0", "/proc/self/fd/2"].map {
      try FileManager.default.destinationOfSymbolicLink(atPath: $0)
    }
    #expect(
      try await output(of: shell(script, isInteractive: true)).split(separator: "\n").map(
        String.init)
        == ours + ["\(getpgrp())"])
  }

  @Test func `a grandchild that keeps the pipes open is not waited for`() async throws {
    let start = ContinuousClock.now
    let text = try await output(of: shell("sleep 600 & echo $!"))
    #expect(ContinuousClock.now - start < .seconds(60))
    let grandchild = text.trimmingCharacters(in: .newlines)
    #expect(isAlive(grandchild))
    kill(try #require(pid_t(grandchild)), SIGKILL)
  }

  @Test func `the time limit ends a plugin that ignores the request to end`() async throws {
    let child = shell("trap '' TERM; sleep 600", timeLimit: .milliseconds(50))
    await #expect(throws: ChildProcess.Failure.timeLimitReached(.milliseconds(50))) {
      try await child.run()
    }
  }

  @Test(arguments: [false, true])
  func `cancellation ends the whole group`(ignoresTermination: Bool) async throws {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let trap = ignoresTermination ? "trap '' TERM;" : ""
    let child = shell(
      "\(trap) sleep 600 & echo $! $$ >&2; sleep 600; sleep 600",
      reportLine: { continuation.yield($0) })
    let task = Task { try await child.run() }
    var iterator = lines.makeAsyncIterator()
    let processes = try #require(await iterator.next()).split(separator: " ").map(String.init)
    #expect(processes.count == 2)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    for process in processes {
      // SIGKILL was sent; the kernel may take a moment.
      while isAlive(process) { await Task.yield() }
    }
  }

  @Test func `a cancelled task starts nothing`() async throws {
    let child = shell("exit 0")
    let latch = Latch()
    let task = Task {
      await latch.wait()
      return try await child.run()
    }
    task.cancel()
    await latch.open()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `output up to the limit is kept whole`() async throws {
    #expect(try await shell("head -c 1048576 /dev/zero").run().output.count == 1 << 20)
  }

  @Test(arguments: ["head -c 1048577 /dev/zero", "cat /dev/zero"])
  func `more output than the limit is refused`(script: String) async throws {
    await #expect(throws: ChildProcess.Failure.outputLimitReached(bytes: 1 << 20)) {
      try await shell(script).run()
    }
  }

  @Test func `messages come line by line, harmless`() async throws {
    let log = LineLog()
    _ = try await shell(
      #"printf 'one\r\ntwo \033[31mred\n\nlast' >&2"#, reportLine: log.append
    ).run()
    #expect(log.lines == ["one", #"two \u{1B}[31mred"#, "", "last"])
  }

  @Test func `no descriptor is left open`() async throws {
    func count() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
    // Other tests open and close descriptors meanwhile, so one round says nothing; a leak would
    // show in every one of them.
    let runs = 40
    var growth: [Int] = []
    for _ in 0..<8 where growth.allSatisfy({ $0 >= runs / 4 }) {
      let before = try count()
      try await runAll(runs)
      growth.append(try count() - before)
    }
    #expect(growth.contains { $0 < runs / 4 }, "\(growth)")
  }

  private func runAll(_ runs: Int) async throws {
    for index in 0..<runs {
      switch index % 4 {
      case 0: _ = try await shell("exit 0").run()
      case 1: _ = try await shell("exit 0", isInteractive: true).run()
      case 2:
        var missing = shell("")
        missing.executable = "/nowhere"
        await #expect(throws: ChildProcess.Failure.self) { try await missing.run() }
      default:
        await #expect(throws: ChildProcess.Failure.self) {
          try await shell("sleep 9", timeLimit: .zero).run()
        }
      }
    }
  }
}
