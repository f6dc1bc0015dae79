import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

@Suite struct FixDocumentTests {
  /// As the command line makes names of files.
  static func safe(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> Character in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "@": Character(scalar)
        default: "_"
        }
      })
  }

  @Test(arguments: FixFormat.allCases)
  func standardOutput(format: FixFormat) throws {
    let plan = FixPlan(try Samples.everything())
    let ending = format == .commands || format == .patches ? "sh" : "yaml"
    try Golden.expect(
      FixDocument(plan, as: format).text(), "fix/\(format.rawValue).\(ending)")
  }

  @Test(arguments: FixFormat.allCases)
  func files(format: FixFormat) throws {
    let plan = FixPlan(try Samples.everything())
    let files = FixDocument(plan, as: format).files(safe: Self.safe)
    #expect(Set(files.map(\.path)).count == files.count)
    let text = files.map { "### \($0.path)\($0.isExecutable ? " (runs)" : "")\n\($0.content)" }
      .joined(separator: "\n")
    try Golden.expect(text, "fix/\(format.rawValue)-files.txt")
  }

  /// Nothing of a cluster acts on a terminal, ends a comment or leaves its line.
  @Test(arguments: FixFormat.allCases)
  func hostileTextStaysText(format: FixFormat) throws {
    let document = FixDocument(FixPlan(try Samples.everything()), as: format)
    let texts =
      [document.text(), document.text(width: 40)]
      + document.files(safe: Self.safe).map(\.content)
    for text in texts {
      #expect(text.hasSuffix("\n"))
      #expect(
        !text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || $0 == "\u{202E}") })
      for line in text.split(separator: "\n") where line.contains("rm -rf") {
        let isCode = line.contains("`") && !line.contains("`$(")
        #expect(line.hasPrefix("#") || isCode || line.contains("'\\''; rm -rf"), "\(line)")
      }
    }
  }

  @Test func narrowTerminalsBreakComments() throws {
    let plan = FixPlan(try Samples.report(Samples.cluster([.make()])))
    let text = FixDocument(plan, as: .commands).text(width: 40)
    for line in text.split(separator: "\n") where line.hasPrefix("# ") && line.contains(" a ") {
      #expect(line.count <= 40)
    }
  }

  @Test func severalClustersHaveAFolderEach() throws {
    let report = try Samples.report(
      Samples.cluster([.make()], contexts: ["a/b"]), Samples.cluster([.make()], contexts: ["a:b"]),
      Samples.cluster([], contexts: ["c"]))
    let files = FixDocument(FixPlan(report), as: .patches).files(safe: Self.safe)
    #expect(
      files.map(\.path) == [
        "README.md", "a_b/README.md", "a_b/apply.sh", "a_b/rollback.sh",
        "a_b/patches/shop/deployment-web.json", "a_b/rollback/shop/deployment-web.json",
        "a_b/strategic/shop/deployment-web.yaml",
        "a_b-2/README.md", "a_b-2/apply.sh", "a_b-2/rollback.sh",
        "a_b-2/patches/shop/deployment-web.json", "a_b-2/rollback/shop/deployment-web.json",
        "a_b-2/strategic/shop/deployment-web.yaml",
        "c/README.md",
      ])
    #expect(files.filter(\.isExecutable).map(\.path).allSatisfy { $0.hasSuffix(".sh") })
    #expect(files[2].content.contains("kubectl --context a/b -n shop patch"))
    #expect(files[8].content.contains("kubectl --context a:b -n shop patch"))
  }

  @Test func onlyTheWorkloadsThatWereAskedFor() throws {
    let report = try Samples.everything()
    let plan = FixPlan(report) { $0.name == "old" }
    #expect(plan.summary == "1 image use for a person to decide")
    #expect(plan.clusters[0].gaps == ["jobs.batch in vault (forbidden)"])
  }

  @Test func nothingToDo() throws {
    let plan = FixPlan(try Samples.report(Samples.cluster([])))
    #expect(plan.summary == "nothing to change in what was read")
    #expect(plan.clusters.allSatisfy { $0.isEmpty && $0.gaps.isEmpty })
    for format in FixFormat.allCases {
      #expect(
        FixDocument(plan, as: format).text().contains("Nothing to change in what was read."))
    }
  }
}
