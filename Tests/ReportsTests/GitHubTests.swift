import Foundation
import Testing

@testable import Reports

@Suite struct GitHubTests {
  private func lines(_ report: Report) -> [String] {
    String(decoding: render(report, as: .github), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// The runner's side: actions/runner, ActionCommand.cs, `TryParseV2`.
  private func parsed(_ line: String) throws -> (command: String, title: String, message: String) {
    try #require(line.hasPrefix("::"))
    let rest = line.dropFirst(2)
    let end = try #require(rest.range(of: "::"))
    let head = rest[..<end.lowerBound]
    let space = try #require(head.firstIndex(of: " "))
    let properties = head[head.index(after: space)...].split(separator: ",")
    try #require(properties.count == 1)
    let title = try #require(properties.first.map(String.init))
    try #require(title.hasPrefix("title="))
    func unescaped(_ text: Substring) -> String {
      var text = String(text)
      for (escape, character) in [
        ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"),
      ] {
        text = text.replacing(escape, with: character)
      }
      return text
    }
    return (
      String(head[..<space]), unescaped(title.dropFirst(6)), unescaped(rest[end.upperBound...])
    )
  }

  @Test(arguments: TableTests.reports) func everyLineIsOneCommand(_ report: Report) throws {
    for line in lines(report) {
      let command = try parsed(line).command
      #expect(["error", "warning", "notice"].contains(command))
    }
  }

  @Test func worstFirstThenGaps() throws {
    let commands = try lines(SampleReports.mixed).map(parsed)
    #expect(
      commands.map(\.command) == [
        "error", "error", "warning", "notice", "notice", "notice", "notice", "notice", "warning",
        "warning", "warning", "warning",
      ])
    #expect(
      commands[0] == (
        "error", "critical: istio-system Deployment/istiod, container discovery",
        "gcr.io/istio-release/pilot:1.29.1: removed in 40 days; a container waits: "
          + "ImagePullBackOff; use docker.io/istio/pilot:1.29.1 (prod-eu)"
      ))
  }

  @Test func hostileTextBeginsNoCommand() throws {
    let report = Report.make(
      clusters: [
        .make(
          contexts: ["a,b:c%0A::stop-commands::x"],
          findings: [
            .make(
              .make("n\n::error::x", "Pod", "p,file=/etc/passwd::y"),
              reasons: ["100%\r\n::set-output name=a::b"])
          ])
      ])
    let line = lines(report)
    #expect(line.count == 1)
    let command = try parsed(line[0])
    #expect(command.command == "warning")
    #expect(
      command.title == "medium: n\\n::error::x Pod/p,file=/etc/passwd::y, container app")
    #expect(
      command.message
        == "k8s.gcr.io/web:1.0: 100%\\r\\n::set-output name=a::b (a,b:c%0A::stop-commands::x)")
  }
}
