import Foundation
import Testing

@testable import CommandLineTool

@Suite struct FlagReferenceTests {
  private static let begin = "<!-- flag reference: begin -->\n"
  private static let end = "<!-- flag reference: end -->"
  private static let readme = Project.root.appending(path: "README.md")

  @Test func everyFlagHasARow() {
    let text = FlagReference.markdown(TestRegistry.all)
    for flag in TestRegistry.all.flags.entries.map(\.definition) {
      #expect(text.contains("\(flag.spelling)"), "\(flag.name)")
    }
    #expect(
      text.contains(
        "| `--color auto\\|always\\|never` | scan, explain, files, merge, history, demo | Colour tables; auto does so on a terminal"
          + " and obeys NO_COLOR and CLICOLOR_FORCE (default auto) |"))
    #expect(text.contains("| `rules [NAME]` | Stand in for rules |"))
  }

  /// The part of the README between the two comments; UPDATE_GOLDENS=1 rewrites it and fails.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: readme.path)))
  func readmeIsInStep() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let start = try #require(text.range(of: Self.begin)).upperBound
    let stop = try #require(text.range(of: Self.end)).lowerBound
    try #require(start <= stop)
    let expected = FlagReference.markdown(.standard)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      let updated = text.replacingCharacters(in: start..<stop, with: expected)
      try updated.write(to: Self.readme, atomically: true, encoding: .utf8)
      Issue.record("the README's flag reference was rewritten; look at it and run the tests again")
      return
    }
    #expect(text[start..<stop] == expected, "UPDATE_GOLDENS=1 rewrites the reference")
  }
}
