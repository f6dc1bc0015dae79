import Foundation
import Testing

@testable import CommandLineTool

@Suite("Folders of generated files")
struct OutputTreeTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "gcr-report-tree-\(UUID().uuidString)")

  private func tree(overwrites: Bool = false) -> OutputTree {
    OutputTree(directory: folder.path, name: "out", overwrites: overwrites)
  }

  private func content(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  @Test("Writes files below folders that it makes, and the same once more")
  func writes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let files: [OutputTree.File] = [
      .init(path: "README.md", content: "read\n"),
      .init(path: "a/b/run.sh", content: "#!/bin/sh\n", isExecutable: true),
    ]
    try tree().write(files)
    try tree().write(files)
    #expect(try content("README.md") == "read\n")
    #expect(FileManager.default.isExecutableFile(atPath: folder.path + "/a/b/run.sh"))
    #expect(!FileManager.default.isExecutableFile(atPath: folder.path + "/README.md"))
  }

  @Test("Writes nothing when one file is there with other content, unless told to")
  func refuses() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try tree().write([.init(path: "b", content: "mine")])
    let files: [OutputTree.File] = [
      .init(path: "a", content: "new"), .init(path: "b", content: "other"),
    ]
    #expect(throws: OutputTreeError.exists("out/b")) { try tree().write(files) }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a"))
    try tree(overwrites: true).write(files)
    #expect(try content("b") == "other")
  }

  @Test("Follows no symbolic link below the folder", arguments: [false, true])
  func links(overwrites: Bool) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try tree().write([.init(path: "a", content: "mine")])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: "a")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/way", withDestinationPath: "/tmp")
    #expect(throws: OutputTreeError.notAFile("out/link")) {
      try tree(overwrites: overwrites).write([.init(path: "link", content: "x")])
    }
    #expect(throws: OutputError.self) {
      try tree(overwrites: overwrites).write([.init(path: "way/\(UUID())", content: "x")])
    }
    #expect(try content("a") == "mine")
  }
}
