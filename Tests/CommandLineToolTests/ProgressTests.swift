import KubernetesAPI
import Synchronization
import Testing

@testable import CommandLineTool

@Suite struct ProgressLineTests {
  /// Two kinds of three are done; 12,500 of 50,300 items are read.
  private static var line: ProgressLine {
    var line = ProgressLine(name: "prod-eu")
    line.note(.began(list: 1, resource: "pods"))
    line.note(.began(list: 2, resource: "nodes"))
    line.note(.began(list: 3, resource: "jobs.batch"))
    line.note(.total(list: 1, items: 50_000))
    line.note(.read(list: 1, items: 12_000))
    line.note(.read(list: 2, items: 300))
    line.note(.read(list: 1, items: 200))
    line.note(.ended(list: 2))
    line.note(.ended(list: 3))
    return line
  }

  @Test(arguments: [
    (120, "prod-eu  2/3 kinds · 12,500 of 50,300 items · 6,250/s"),
    (53, "prod-eu  2/3 kinds · 12,500 of 50,300 items · 6,250/s"),
    (52, "prod-eu  2/3 kinds · 12,500 of 50,300 items"),
    (43, "prod-eu  2/3 kinds · 12,500 of 50,300 items"),
    (42, "prod-eu  2/3 kinds"), (18, "prod-eu  2/3 kinds"), (17, "2/3 kinds"), (9, "2/3 kinds"),
    (8, "2/3 kin…"), (1, "…"),
  ])
  func leavesOutWhatMattersLess(width: Int, text: String) {
    #expect(Self.line.text(seconds: 2, width: width) == text)
  }

  @Test func longNamesLoseTheirMiddle() {
    var line = ProgressLine(name: "arn:aws:eks:eu-central-1:123456789012:cluster/production")
    line.note(.began(list: 1, resource: "pods"))
    line.note(.read(list: 1, items: 1))
    #expect(
      line.text(seconds: 0, width: 50) == "arn:aws:eks:eu-…ster/production  0/1 kind · 1 item")
  }

  @Test func namesCannotSteerTheTerminal() {
    var line = ProgressLine(name: "a\u{1B}[2J\nb")
    line.note(.began(list: 1, resource: "pods"))
    #expect(line.text(seconds: 0, width: 60) == "a\\u{1b}[2J\\nb  0/1 kind · 0 items")
  }

  /// A kind that is read namespace by namespace is done when nothing of it is under way; a page
  /// that broke off is taken back.
  @Test func countsKindsAndTakesBack() {
    var line = ProgressLine(name: "c")
    line.note(.began(list: 1, resource: "pods"))
    line.note(.read(list: 1, items: 400))
    line.note(.read(list: 1, items: -400))
    line.note(.read(list: 1, items: 500))
    line.note(.ended(list: 1))
    line.note(.began(list: 2, resource: "pods"))
    #expect(line.text(seconds: 0, width: 60) == "c  0/1 kind · 500 items")
    line.note(.ended(list: 2))
    #expect(line.text(seconds: 0, width: 60) == "c  1/1 kind · 500 items")
  }

  /// The total was a forecast: of a list that has ended the items count.
  @Test func totalsEndWithTheirLists() {
    var line = ProgressLine(name: "c")
    line.note(.began(list: 1, resource: "pods"))
    line.note(.total(list: 1, items: 1000))
    line.note(.read(list: 1, items: 1200))
    #expect(line.text(seconds: 0, width: 60) == "c  0/1 kind · 1,200 of 1,200 items")
    line.note(.ended(list: 1))
    #expect(line.text(seconds: 0, width: 60) == "c  1/1 kind · 1,200 items")
  }
}

@Suite struct ProgressTests {
  /// A terminal that keeps what is written, and a clock that is set by hand.
  private final class Screen: Sendable {
    let written = Mutex("")
    let columns = Mutex(80)
    let seconds = Mutex(0.0)

    var progress: Progress {
      Progress(
        .init(
          write: { text in self.written.withLock { $0 += text } },
          columns: { self.columns.withLock { $0 } }, seconds: { self.seconds.withLock { $0 } },
          ticks: false))
    }

    /// What was written since the last call.
    func take() -> String {
      written.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  private let screen = Screen()

  @Test func nothingIsDrawnBeforeAnythingHappens() {
    let progress = screen.progress
    progress.draw()
    progress.end()
    #expect(screen.take() == "")
  }

  @Test func linesAreRedrawnInPlace() {
    let progress = screen.progress
    progress.note(.began(list: 1, resource: "pods"), of: "a")
    #expect(screen.take() == "")
    progress.draw()
    #expect(screen.take() == "a  0/1 kind · 0 items")
    progress.note(.read(list: 1, items: 5), of: "a")
    screen.seconds.withLock { $0 = 1 }
    progress.draw()
    #expect(screen.take() == "\r\u{1B}[Ja  0/1 kind · 5 items · 5/s")
    progress.end()
    #expect(screen.take() == "\r\u{1B}[J")
    progress.note(.read(list: 1, items: 5), of: "a")
    progress.draw()
    progress.end()
    #expect(screen.take() == "")
  }

  @Test func severalClustersHaveALineEach() {
    let progress = screen.progress
    for name in ["b", "a"] { progress.note(.began(list: 1, resource: "pods"), of: name) }
    progress.draw()
    #expect(screen.take() == "b  0/1 kind · 0 items\na  0/1 kind · 0 items")
    progress.remove("b")
    #expect(screen.take() == "\r\u{1B}[1A\u{1B}[J")
    progress.draw()
    #expect(screen.take() == "a  0/1 kind · 0 items")
  }

  @Test func manyClustersAreCounted() {
    let progress = screen.progress
    for number in 1...11 { progress.note(.began(list: 1, resource: "pods"), of: "c\(number)") }
    progress.draw()
    #expect(
      screen.take()
        == (1...8).map { "c\($0)  0/1 kind · 0 items\n" }.joined() + "and 3 more")
  }

  @Test func otherTextFindsTheLinesGone() {
    let progress = screen.progress
    progress.note(.began(list: 1, resource: "pods"), of: "a")
    progress.draw()
    _ = screen.take()
    progress.whileCleared { screen.written.withLock { $0 += "warning: w\n" } }
    #expect(screen.take() == "\r\u{1B}[Jwarning: w\n")
    progress.whileCleared { screen.written.withLock { $0 += "CLUSTER\n" } }
    #expect(screen.take() == "CLUSTER\n")
    progress.draw()
    #expect(screen.take() == "a  0/1 kind · 0 items")
  }

  /// A line of 21 columns takes three rows of a window that was made ten columns wide.
  @Test func aNarrowedWindowIsErasedWhole() {
    let progress = screen.progress
    progress.note(.began(list: 1, resource: "pods"), of: "a")
    progress.draw()
    _ = screen.take()
    screen.columns.withLock { $0 = 10 }
    progress.draw()
    #expect(screen.take() == "\r\u{1B}[2A\u{1B}[J0/1 kind")
  }
}

@Suite struct ProgressWantedTests {
  private func isWanted(
    _ arguments: [String], isTerminal: Bool = true, term: String? = "xterm"
  ) throws -> Bool {
    let capture = try Capture()
    let environment = Environment(
      variables: term.map { ["TERM": $0] } ?? [:], homeDirectory: nil, currentDirectory: "/",
      now: { 0 }, terminal: TerminalFacts(isErrorTerminal: isTerminal),
      standardOutput: capture.writer(named: "standard output"),
      standardError: capture.writer(named: "standard error"))
    let parsed = try ArgumentParser(registry: .standard).parse(arguments)
    return Progress.wanted(by: parsed, in: environment) != nil
  }

  @Test func onATerminalThatCanErase() throws {
    #expect(try isWanted([]))
    #expect(try isWanted(["scan", "-o", "csv"]))
    #expect(try !isWanted([], isTerminal: false))
    #expect(try !isWanted([], term: "dumb"))
    #expect(try !isWanted([], term: ""))
    #expect(try !isWanted([], term: nil))
    #expect(try !isWanted(["--quiet"]))
    #expect(try !isWanted(["-v", "1"]))
  }
}
