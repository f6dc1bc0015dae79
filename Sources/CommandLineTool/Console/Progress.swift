package import KubernetesAPI
import Reports
import Synchronization

/// Shows on a terminal how far a scan has come: one line for each cluster, redrawn in place.
///
/// Events only change numbers; a ticker draws them at a bounded rate. Whatever else is written to
/// the terminal goes through `whileCleared`, so it never mixes with these lines.
package final class Progress: Sendable {
  /// What it needs of the world.
  package struct Surroundings: Sendable {
    package var write: @Sendable (String) -> Void
    /// Columns of the terminal now: windows are resized while a scan runs.
    package var columns: @Sendable () -> Int
    /// Seconds on a clock that never goes back.
    package var seconds: @Sendable () -> Double
    /// Whether a task of its own draws; tests call `draw` themselves.
    package var ticks: Bool

    package init(
      write: @escaping @Sendable (String) -> Void, columns: @escaping @Sendable () -> Int,
      seconds: @escaping @Sendable () -> Double, ticks: Bool = true
    ) {
      self.write = write
      self.columns = columns
      self.seconds = seconds
      self.ticks = ticks
    }
  }

  private struct State {
    /// In the order in which they began.
    var lines: [ProgressLine] = []
    /// Columns of each line that stands on the terminal.
    var drawn: [Int] = []
    var begun: Double?
    var ticker: Task<Void, Never>?
    var hasEnded = false
  }

  /// A scan that is over before this needs no progress.
  package static let delay = Duration.milliseconds(300)
  package static let interval = Duration.milliseconds(125)
  /// More clusters than this are read at once by nobody; the rest is counted.
  private static let maximumLines = 8

  private let surroundings: Surroundings
  private let state = Mutex(State())

  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// - Parameter name: the line that it belongs to; it is added when it is new.
  package func note(_ event: ListProgress, of name: String) {
    state.withLock { state in
      guard !state.hasEnded else { return }
      if let place = state.lines.firstIndex(where: { $0.name == name }) {
        state.lines[place].note(event)
      } else {
        var line = ProgressLine(name: name)
        line.note(event)
        state.lines.append(line)
      }
      guard state.begun == nil else { return }
      state.begun = surroundings.seconds()
      if surroundings.ticks { state.ticker = Task { [weak self] in await self?.tick() } }
    }
  }

  /// A cluster is read: its line goes.
  package func remove(_ name: String) {
    state.withLock { state in
      state.lines.removeAll { $0.name == name }
      clear(&state)
    }
  }

  /// Draws the lines anew.
  package func draw() {
    state.withLock { state in
      guard !state.hasEnded, let begun = state.begun else { return }
      // The last column stays free: a full line would move some terminals to the next.
      let width = max(1, surroundings.columns() - 1)
      let seconds = surroundings.seconds() - begun
      var texts = state.lines.prefix(Self.maximumLines).map {
        $0.text(seconds: seconds, width: width)
      }
      let rest = state.lines.count - texts.count
      if rest > 0 { texts.append(TerminalText.truncated("and \(rest) more", to: width)) }
      let erasing = Self.erasing(state.drawn, columns: width + 1)
      state.drawn = texts.map { TerminalText.width($0) }
      surroundings.write(erasing + texts.joined(separator: "\n"))
    }
  }

  /// Runs `body` while no line of ours stands on the terminal; the next tick draws them again.
  package func whileCleared<Value: Sendable, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try state.withLock { (state) throws(Failure) -> Value in
      clear(&state)
      return try body()
    }
  }

  /// Takes the lines away for good.
  package func end() {
    state.withLock { end(&$0) }
  }

  /// The same where nobody may wait, just before the process ends.
  package func endAtOnce() {
    state.withLockIfAvailable { end(&$0) }
  }

  private func end(_ state: inout State) {
    clear(&state)
    state.hasEnded = true
    state.ticker?.cancel()
    state.ticker = nil
  }

  private func clear(_ state: inout State) {
    guard !state.drawn.isEmpty else { return }
    surroundings.write(Self.erasing(state.drawn, columns: surroundings.columns()))
    state.drawn = []
  }

  private func tick() async {
    var wait = Self.delay
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: wait)
      } catch {
        return
      }
      draw()
      wait = Self.interval
    }
  }

  /// To the first column of the first line that stands there, and everything below erased (ECMA-48:
  /// CUU, ED). A line that was drawn wider than the terminal is now takes several rows.
  private static func erasing(_ drawn: [Int], columns: Int) -> String {
    guard !drawn.isEmpty else { return "" }
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
    return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\u{1B}[J"
  }
}
