import Foundation
import History
import RegistryCatalogue
import Reports
import TemporaryFolder
import Testing

@testable import CommandLineTool

/// `history`, from arguments to what is printed, on reports of the embedded sample.
@Suite struct HistoryCommandTests {
  private struct Outcome {
    var status: ToolStatus
    var output: String
    var error: String
  }

  private let temporary: TemporaryFolder

  private var folder: String { temporary.path }

  init() throws {
    temporary = try TemporaryFolder()
  }

  private func run(_ arguments: String...) async throws -> Outcome {
    try await run(arguments)
  }

  private func run(_ arguments: [String]) async throws -> Outcome {
    let output = try Capture()
    let error = try Capture()
    let environment = Environment(
      variables: ["XDG_DATA_HOME": folder], homeDirectory: nil, currentDirectory: folder,
      now: { 1_795_248_549 }, terminal: TerminalFacts(),
      standardOutput: output.writer(named: "standard output"),
      standardError: error.writer(named: "standard error"))
    let status = await CommandLineTool.run(
      arguments: arguments, environment: environment, registry: .standard)
    return Outcome(status: status, output: try output.text(), error: try error.text())
  }

  /// The sample as it was on two days, the second without the namespace `web`'s worst.
  private func reports() async throws -> (Report, Report) {
    let json = try await run("demo", "-o", "json").output
    let whole = try ReportReader.read(Array(json.utf8))
    var later = whole
    later.scannedAt += 86_400
    later.clusters[0].findings.removeFirst()
    for number in later.clusters[0].namespaces.indices {
      later.clusters[0].namespaces[number].worst = nil
    }
    return (whole, later)
  }

  @Test func thereIsNoHistoryYet() async throws {
    for arguments in [["list"], ["diff"], ["trend"], ["show", "1"], ["prune", "--keep", "1"]] {
      let outcome = try await run(["history"] + arguments)
      #expect(outcome.status == .error)
      #expect(
        outcome.error
          == "error: there is no history at \"\(folder)/gcr-report/history.db\";"
          + " a scan with --record starts one\n")
      #expect(outcome.output == "")
    }
  }

  @Test func listsShowsComparesAndPrunes() async throws {
    let (former, later) = try await reports()
    let store = HistoryStore(path: "\(folder)/gcr-report/history.db")
    _ = try store.record(former)
    _ = try store.record(later)

    let list = try await run("history")
    #expect(list.status == .done)
    let lines = list.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("ID  TIME (UTC)        CRITICAL  HIGH  MEDIUM  LOW  REMARKS"))
    #expect(lines[1].hasPrefix("1   2026-11-21 08:09  "))
    #expect(lines[2].hasPrefix("2   2026-11-22 08:09  "))

    let show = try await run("history", "show", "1", "-o", "json")
    #expect(show.status == .done)
    #expect(show.output == String(decoding: render(former, as: .json), as: UTF8.self))

    let diff = try await run("history", "diff")
    #expect(diff.status == .done)
    #expect(
      diff.output.hasPrefix(
        "From scan 1 of 2026-11-21 08:09, catalogue \(former.catalogue.version)\n"
          + "to scan 2 of 2026-11-22 08:09, as of 2026-11-21, catalogue"
          + " \(former.catalogue.version)\n\n1 fixed (cluster changed)\n"))
    let none = try await run("history", "diff", "--fail-on-new")
    #expect(none.status == .done)
    let back = try await run("history", "diff", "2", "1", "--fail-on-new")
    #expect(back.status == .findings)
    #expect(back.output.contains("1 appeared (cluster changed)\n"))
    #expect(back.output.contains("cluster changed"))

    let prune = try await run("history", "prune", "--keep", "1")
    #expect(prune.output.hasPrefix("Removed 1 scan (1); 1 scan left."))
    #expect(prune.error == "")
    #expect(try store.scans().map(\.id) == [2])
    let old = try await run("history", "prune", "--older-than", "1w")
    #expect(old.output == "Removed 0 scans; 1 scan left.\n")
  }

  @Test func theTrendFallsAndIsDrawnInEveryForm() async throws {
    var (former, later) = try await reports()
    later.asOf = CalendarDate(secondsSince1970: later.scannedAt)
    let store = HistoryStore(path: "\(folder)/gcr-report/history.db")
    _ = try store.record(former)
    _ = try store.record(later)
    later.clusters[0].failure = "refused"
    later.scannedAt += 86_400
    later.asOf = CalendarDate(secondsSince1970: later.scannedAt)
    _ = try store.record(later)
    former.scannedAt += 1
    former.asOf = later.asOf
    _ = try store.record(former)

    let trend = try await run("history", "trend")
    #expect(trend.status == .done)
    #expect(trend.output.contains("  -1, partly read\n"))
    #expect(trend.output.contains("1 scan as of another day left out."))
    let page = try await run("history", "trend", "-o", "html=t.html", "-o", "json")
    #expect(page.status == .done)
    #expect(page.output.contains("\"kind\": \"Trend\""))
    let html = try String(contentsOfFile: "\(folder)/t.html", encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    let list = try await run("history", "-o", "json")
    #expect(list.output.contains("\"kind\": \"History\""))
    let diff = try await run("history", "diff", "-o", "markdown", "--fail-on-new")
    // The newest scan is the one that could not be read: nothing new, and nothing known.
    #expect(diff.status == .incomplete)
    #expect(diff.output.contains("## No longer read\n\n- the whole cluster: refused\n"))
  }

  @Test func aDiffNeedsTwoScansOfOneCluster() async throws {
    var (former, _) = try await reports()
    let store = HistoryStore(path: "\(folder)/gcr-report/history.db")
    _ = try store.record(former)
    let one = try await run("history", "diff")
    #expect(one.status == .error)
    #expect(one.error.hasSuffix("holds one scan, and a diff needs two\n"))
    former.clusters[0].contexts = ["other"]
    former.clusters[0].clusterUID = "other"
    _ = try store.record(former)
    let two = try await run("history", "diff")
    #expect(two.status == .error)
    #expect(
      two.error.hasSuffix(
        "holds no earlier scan of a cluster of the newest one; name two scans by their"
          + " numbers\n"))
  }

  @Test(arguments: [
    ("", "Report of"), ("history", "Scans in"), ("diff", "What"), ("trend", "Findings"),
  ])
  func schemas(name: String, title: String) async throws {
    let outcome =
      name.isEmpty ? try await run("schema") : try await run("schema", name)
    #expect(outcome.status == .done)
    #expect(outcome.output.contains("\"title\": \"\(title) "))
  }

  @Test func comparesFiles() async throws {
    let (former, later) = try await reports()
    try Data(render(former, as: .json)).write(to: URL(fileURLWithPath: "\(folder)/a.json"))
    try Data(render(later, as: .json)).write(to: URL(fileURLWithPath: "\(folder)/b.json"))
    let diff = try await run("history", "diff", "a.json", "b.json")
    #expect(diff.status == .done)
    #expect(diff.output.contains("1 fixed (cluster changed)\n"))
    let missing = try await run("history", "diff", "a.json", "c.json")
    #expect(missing.status == .usage)
    #expect(missing.error.hasPrefix("error: report \"c.json\": cannot be read: "))
  }

  static let wrong: [(arguments: [String], message: String)] = [
    (["lsit"], "unknown argument \"lsit\" after \"history\"; did you mean \"list\"?"),
    (["show"], "\"history\" needs an argument: the number of a scan after \"show\""),
    (["list", "3"], "unexpected argument \"3\" after \"history\""),
    (["show", "1", "2"], "unexpected argument \"2\" after \"history\""),
    (
      ["diff", "1"],
      "\"history\" needs an argument: two scans or files after \"diff\", or none for the last two"
    ),
    (["prune"], "\"history\" needs an argument: --keep N or --older-than DAYS beside \"prune\""),
    (["--keep", "3"], "\"--keep\" does nothing without history prune"),
    (
      ["trend", "-o", "csv"],
      "invalid value \"csv\" for \"--output\"; expected table, json or html after"
        + " \"history trend\""
    ),
    (
      ["diff", "-o", "html"],
      "invalid value \"html\" for \"--output\"; expected table, json or markdown after"
        + " \"history diff\""
    ),
    (
      ["prune", "--keep", "1", "-o", "json"],
      "\"--output\" does nothing without history list, show, diff or trend"
    ),
    (["trend", "--fail-on-new"], "\"--fail-on-new\" does nothing without history diff"),
    (
      ["prune", "--keep", "0"],
      "invalid value \"0\" for \"--keep\"; expected a whole number, 1 or more"
    ),
    (
      ["prune", "--older-than", "3y"],
      "invalid value \"3y\" for \"--older-than\"; expected a number of days or weeks such as 90d"
        + " or 12w"
    ),
  ]

  @Test(arguments: wrong)
  func mistakes(arguments: [String], message: String) throws {
    #expect {
      let parsed = try ArgumentParser(registry: .standard).parse(["history"] + arguments)
      let action = try HistoryAction(parsed.positionals)
      try action.check(parsed)
    } throws: { error in
      describe(error) == message
    }
  }

  @Test(
    arguments: [
      (["--record"], RecordTarget.standard), (["--record="], .standard),
      (["--record=x.db"], .file("x.db")), ([], nil),
    ] as [([String], RecordTarget?)])
  func record(arguments: [String], expected: RecordTarget?) throws {
    let parsed = try ArgumentParser(registry: .standard).parse(arguments)
    #expect(parsed[Flags.history.record] == expected)
  }
}
