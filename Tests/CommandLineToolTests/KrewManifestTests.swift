import Foundation
import Testing

@testable import CommandLineTool

/// krew's rules: krew.sigs.k8s.io/docs/developer-guide/plugin-manifest and
/// .../develop/naming-guide, and the checks of its `validate-krew-manifest`.
@Suite struct KrewManifestTests {
  private let name: String
  private let lines: [String]

  init() throws {
    let file = Project.root.appending(path: "krew/gcr-report.yaml")
    name = file.deletingPathExtension().lastPathComponent
    lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// All values of a key, at any depth; the manifest is plain enough for that.
  private func values(_ key: String) -> [String] {
    lines.compactMap { line in
      let text = line.trimmingCharacters(in: .whitespaces)
      let item = text.hasPrefix("- ") ? String(text.dropFirst(2)) : text
      guard item.hasPrefix("\(key): ") else { return nil }
      return String(item.dropFirst(key.count + 2))
    }
  }

  /// The lines of a block scalar (`key: |`).
  private func block(_ key: String) throws -> [String] {
    let start = try #require(lines.firstIndex(of: "  \(key): |"))
    return lines[(start + 1)...].prefix { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
  }

  @Test func identity() {
    #expect(values("apiVersion") == ["krew.googlecontainertools.github.com/v1alpha2"])
    #expect(values("kind") == ["Plugin"])
    #expect(values("name") == [name])
    #expect(values("version") == ["v\(Version.number)"])
    #expect(values("homepage").allSatisfy { $0.hasPrefix("https://") && !$0.hasSuffix("/") })
    #expect(values("homepage").count == 1)
  }

  @Test func descriptions() throws {
    let short = try #require(values("shortDescription").first)
    #expect((1...50).contains(short.count))
    #expect(!short.hasSuffix("."))
    let description = try block("description")
    #expect(!description.isEmpty)
    #expect(description.allSatisfy { $0.count <= 80 })
    let text = description.joined(separator: "\n").lowercased()
    #expect(!text.contains("usage"))
    #expect(!text.contains("kubectl gcr-report"))
    #expect(try !block("caveats").isEmpty)
  }

  @Test func platforms() throws {
    let archives = values("uri")
    #expect(!archives.isEmpty)
    let platforms = zip(values("os"), values("arch")).map { "\($0)-\($1)" }
    #expect(platforms.count == archives.count)
    #expect(Set(platforms).count == platforms.count)
    let homepage = try #require(values("homepage").first)
    let release = "\(homepage)/releases/download/v\(Version.number)"
    #expect(
      archives
        == platforms.map { "\(release)/kubectl-gcr_report-v\(Version.number)-\($0).tar.gz" })
    let sums = values("sha256")
    #expect(sums.count == archives.count)
    #expect(sums.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
    // A checksum that nobody computed.
    #expect(sums.allSatisfy { Set($0).count > 4 })
    // kubectl finds `gcr-report` as kubectl-gcr_report.
    #expect(values("bin") == archives.map { _ in "kubectl-gcr_report" })
    #expect(values("from") == archives.flatMap { _ in ["kubectl-gcr_report", "LICENSE"] })
    #expect(values("to") == archives.flatMap { _ in [".", "."] })
  }

  @Test func changelogKnowsTheVersion() throws {
    let changelog = try String(
      contentsOf: Project.root.appending(path: "CHANGELOG.md"), encoding: .utf8)
    #expect(changelog.contains("\n## [\(Version.number)]"))
  }
}
