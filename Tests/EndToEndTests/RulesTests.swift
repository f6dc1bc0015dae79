import Foundation
import TemporaryFolder
import Testing

/// `rules` and `--rules`, as a person uses them.
@Suite struct RulesTests {
  @Test func rulesAreListedWorstFirst() async throws {
    let result = try await BinaryUnderTest().run("rules")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let lines = result.stdout.components(separatedBy: "\n")
    #expect(lines[0].split(separator: " ") == ["RULE", "FATE", "CERTAINTY", "MATCHES"])
    let table = lines.dropFirst().prefix { !$0.isEmpty }.map { $0.split(separator: " ") }
    let fates = table.map { String($0[1]) }
    let order = ["gone", "retiring", "frozen", "moved", "probe", "limited", "ok"]
    let ranks = try fates.map { try #require(order.firstIndex(of: $0), "\($0)") }
    #expect(ranks == ranks.sorted())
    let names = Set(table.map { String($0[0]) })
    #expect(names.isSuperset(of: ["k8s-gcr-io", "google-containers", "istio-release"]))
    #expect(result.stdout.contains(/\ncatalogue \S+ of \d{4}-\d\d-\d\d, sha256 [0-9a-f]{64}\n/))
  }

  @Test func oneRuleTellsItsStory() async throws {
    let result = try await BinaryUnderTest().run("rules", "k8s-gcr-io")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let text = result.stdout
    #expect(text.hasPrefix("k8s-gcr-io: "))
    #expect(text.contains("\nMatches      k8s.gcr.io/*\n"))
    #expect(text.contains("\nFate today   frozen since 2023-04-03"))
    #expect(text.contains("\nCertainty    primary: the vendor or the project says so\n"))
    #expect(text.contains("\nReplacement  registry.k8s.io/"))
    #expect(text.contains(/\nSource +https:\/\/kubernetes\.io\//))
  }

  /// What is exported is what is embedded: read back, it changes no finding.
  @Test func theExportIsARulesFile() async throws {
    let binary = try BinaryUnderTest()
    let export = try await binary.run("rules", "--export")
    #expect(export.status == 0)
    #expect(export.stderr == "")
    try binary.home.write(export.stdout, to: "rules.yaml")
    let again = try await binary.run("rules", "--export", "--rules", "rules.yaml")
    #expect(again.status == 0)
    #expect(again.stderr == "")
    #expect(again.stdout == export.stdout)
    let flags = ["demo", "-o", "wide", "--all-images", "--as-of", "2026-11-20"]
    let own = try await binary.run(flags)
    let file = try await binary.run(flags + ["--rules", "rules.yaml"])
    #expect(file.stderr == "")
    #expect(Self.findings(file.stdout) == Self.findings(own.stdout))
  }

  private static func findings(_ wide: String) -> [String] {
    wide.components(separatedBy: "\n").prefix { !$0.hasPrefix("NEXT ") }
      .filter { !$0.hasPrefix("CLUSTER ") }
  }

  /// Three lines declare one's own projects; the rest of the report stays as it was.
  @Test func ownProjectsAreDeclaredInThreeLines() async throws {
    let binary = try BinaryUnderTest()
    let rules = try Self.threeLinesOfTheReadme()
    #expect(rules.split(separator: "\n").count == 3)
    try binary.home.write(rules, to: "own.yaml")
    let flags = ["demo", "-o", "json", "--all-images"]
    let before = try ScannedReport(await binary.run(flags)).cluster
    let after = try ScannedReport(await binary.run(flags + ["--rules", "own.yaml"])).cluster
    func own(_ cluster: ScannedReport.Cluster) -> [ScannedReport.Finding] {
      cluster.findings.filter { $0.image.text.hasPrefix("gcr.io/acme-prod/") }
    }
    #expect(own(before).map(\.rule) == ["gcr-unverified-project"])
    #expect(own(before).map(\.kind) == ["registry"])
    #expect(own(after).map(\.rule) == ["own-projects"])
    #expect(own(after).map(\.kind) == ["clean"])
    func others(_ cluster: ScannedReport.Cluster) -> [String] {
      cluster.findings.filter { !$0.image.text.hasPrefix("gcr.io/acme-prod/") }
        .map { "\($0.place) \($0.risk) \($0.exposure)" }
    }
    #expect(others(after) == others(before))
    let table = try await binary.run("demo", "--rules", "own.yaml")
    #expect(!table.stdout.contains("UNVERIFIED"))
    let listed = try await binary.run("rules", "own-projects", "--rules", "own.yaml")
    #expect(listed.status == 0)
    #expect(listed.stdout.contains("\nFrom         your rules file\n"))
  }

  private static func threeLinesOfTheReadme() throws -> String {
    let file = TestFolders.tests.deletingLastPathComponent().appendingPathComponent("README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let blocks = readme.components(separatedBy: "```yaml\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
    return try #require(blocks.first { $0.hasPrefix("rules:\n") })
  }
}
