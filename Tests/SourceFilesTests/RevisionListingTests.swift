import Testing

@testable import SourceFiles

@Suite struct RevisionListingTests {
  private static let object = String(repeating: "a", count: 40)

  private func entry(
    _ path: String, _ kind: RevisionListing.Entry.Kind = .file
  ) -> RevisionListing.Entry {
    RevisionListing.Entry(kind: kind, object: Self.object, size: 1, path: path)
  }

  @Test func theFormOfGit() throws {
    let text =
      "100644 blob \(Self.object)      12\ta b/c\td.yaml\0120000 blob \(Self.object)       3\tlink\0"
      + "160000 commit \(Self.object)       -\tsub\0"
    #expect(
      RevisionListing(Array(text.utf8))?.entries == [
        .init(kind: .file, object: Self.object, size: 12, path: "a b/c\td.yaml"),
        .init(kind: .link, object: Self.object, size: 3, path: "link"),
        .init(kind: .submodule, object: Self.object, size: 0, path: "sub"),
      ])
    #expect(RevisionListing([])?.entries == [])
    for bad in ["x", "100644 blob abc 1\tp\0", "100644 blob \(Self.object)\tp\0", "\t\0"] {
      #expect(RevisionListing(Array(bad.utf8)) == nil, "\(bad)")
    }
  }

  private func names(
    _ paths: [String], root: String = "", name: String = ".", ignore: [String: String] = [:],
    include: [String] = [], exclude: [String] = []
  ) -> [String] {
    RevisionFiles(
      RevisionListing(paths.map { entry($0) }), root: root, name: name, ignoreFiles: ignore,
      include: include, exclude: exclude
    ).files.map(\.name)
  }

  @Test func whatLiesBelowAPath() {
    let paths = ["a.yaml", "d/b.yaml", "d/e/c.yaml", "dd/x.yaml"]
    #expect(names(paths) == paths)
    #expect(names(paths, root: "d", name: "d/") == ["d/b.yaml", "d/e/c.yaml"])
    #expect(names(paths, root: "d", name: "../r/d") == ["../r/d/b.yaml", "../r/d/e/c.yaml"])
    #expect(names(paths, root: "d/b.yaml", name: "d/b.yaml") == ["d/b.yaml"])
    #expect(names(paths, root: "nope", name: "nope") == [])
  }

  @Test func ignoredFilesAndPatterns() {
    let paths = ["a.yaml", "d/b.yaml", "d/e/c.yaml", "d/e/keep.yaml"]
    #expect(names(paths, ignore: ["": "d/\n"]) == ["a.yaml"])
    #expect(
      names(paths, ignore: ["d": "e/*\n!keep.yaml\n"]) == ["a.yaml", "d/b.yaml", "d/e/keep.yaml"])
    #expect(names(paths, root: "d/e", name: "d/e", ignore: ["": "c.yaml"]) == ["d/e/keep.yaml"])
    #expect(names(paths, include: ["b.*"]) == ["d/b.yaml"])
    #expect(names(paths, exclude: ["e"]) == ["a.yaml", "d/b.yaml"])
    // What was named is read.
    #expect(names(paths, root: "a.yaml", name: "a.yaml", ignore: ["": "*"]) == ["a.yaml"])
  }

  @Test func chartsLinksAndSubmodules() {
    let listing = RevisionListing([
      entry("c/Chart.yaml"), entry("c/templates/a.yaml"), entry("l", .link), entry("m", .submodule),
    ])
    let all = RevisionFiles(listing, root: "", name: ".", ignoreFiles: [:])
    #expect(all.charts == ["c"])
    #expect(all.submodules == ["m"])
    #expect(all.files.map(\.name) == ["c/Chart.yaml", "c/templates/a.yaml"])
    let part = RevisionFiles(
      listing, root: "c/templates", name: "/r/c/templates", ignoreFiles: [:])
    #expect(part.charts == ["/r/c"])
    #expect(part.files.map(\.name) == ["/r/c/templates/a.yaml"])
  }

  @Test func objects() {
    let object = Self.object
    func contents(_ text: String, _ count: Int) -> [String?]? {
      ObjectBatch.contents(Array(text.utf8), count: count)?.map { content in
        content.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    #expect(
      contents("\(object) blob 3\na\nb\n\(object) missing\n\(object) blob 0\n\n", 3)
        == ["a\nb", nil, ""])
    #expect(contents("", 0) == [])
    for bad in ["", "\(object) blob 9\nab\n", "\(object) blob -1\n\n", "x", "a b c\n"] {
      #expect(contents(bad, 1) == nil, "\(bad)")
    }
    #expect(contents("\(object) blob 1\na\nrest", 1) == nil)
  }
}
