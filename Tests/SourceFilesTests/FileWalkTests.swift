import TemporaryFolder
import Testing

@testable import SourceFiles

@Suite struct FileWalkTests {
  private func files(
    _ folder: TemporaryFolder, include: [String] = [], exclude: [String] = [], below: String = ""
  ) -> [String] {
    var walk = FileWalk(include: include, exclude: exclude)
    walk.add(folder.path + below)
    return folder.relative(walk.files)
  }

  @Test func sortedAndWithoutWhatIsIgnored() throws {
    let folder = try TemporaryFolder([
      "b.yaml": "", "a/z.yaml": "", "a/b/c.yaml": "", ".github/ci.yaml": "", ".git/config": "",
      ".gitignore": "/out/\n*.log\n", ".gcrreportignore": "vendor\n!keep.log\n", "out/x.yaml": "",
      "x.log": "", "keep.log": "", "vendor/v.yaml": "", "a/.gitignore": "b/\n",
    ])
    #expect(
      files(folder) == [
        ".gcrreportignore", ".github/ci.yaml", ".gitignore", "a/.gitignore", "a/z.yaml", "b.yaml",
        "keep.log",
      ])
  }

  @Test func patternsAboveCountUpToTheTopOfTheRepository() throws {
    let folder = try TemporaryFolder([
      ".git/info/exclude": "q.yaml\n", ".gitignore": "/d/x.yaml\ny.yaml\n", "d/x.yaml": "",
      "d/y.yaml": "", "d/z.yaml": "", "d/q.yaml": "",
    ])
    #expect(files(folder, below: "/d") == ["d/z.yaml"])
    #expect(files(folder, below: "/d/") == ["d/z.yaml"])
    // Named, so read.
    #expect(files(folder, below: "/d/y.yaml") == ["d/y.yaml"])
  }

  @Test func includeAndExclude() throws {
    let folder = try TemporaryFolder(["a.yaml": "", "b.json": "", "d/c.yaml": "", "t/d.yaml": ""])
    #expect(
      files(folder, include: ["*.yaml"], exclude: ["/t"]) == ["a.yaml", "d/c.yaml"])
    #expect(files(folder, include: ["/a.*", "*.json"]) == ["a.yaml", "b.json"])
  }

  @Test func linksAreNotFollowedSoNoLoopCanBe() throws {
    let folder = try TemporaryFolder(["a/x.yaml": ""])
    let outside = try TemporaryFolder(["secret.yaml": ""])
    try folder.link("a/loop", to: "..")
    try folder.link("out", to: outside.path)
    try folder.link("dangling", to: "nowhere")
    try folder.link("file.yaml", to: "a/x.yaml")
    #expect(files(folder) == ["a/x.yaml"])
    var walk = FileWalk()
    walk.add(folder.path + "/file.yaml")
    walk.add(folder.path + "/dangling")
    #expect(folder.relative(walk.files) == ["file.yaml"])
    #expect(walk.failures.map(\.why) == ["no such file or folder"])
  }

  @Test func chartsAreKnown() throws {
    let folder = try TemporaryFolder(["c/Chart.yaml": "", "c/templates/a.yaml": ""])
    var walk = FileWalk()
    walk.add(folder.path)
    #expect(walk.charts == [folder.path + "/c"])
    var single = FileWalk()
    single.add(folder.path + "/c/templates/a.yaml")
    #expect(single.charts.contains(folder.path + "/c"))
  }
}
