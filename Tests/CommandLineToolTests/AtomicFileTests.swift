import Foundation
import Glibc
import TemporaryFolder
import TestPrograms
import Testing

@testable import CommandLineTool

@Suite struct AtomicFileTests {
  private func write(_ text: String, _ path: String) throws(OutputError) {
    try AtomicFile.write(Array(text.utf8), to: path, name: "as typed")
  }

  @Test func aNewFileAndAReplacedOne() throws {
    let folder = try TemporaryFolder()
    try write("one", "\(folder.path)/r.csv")
    #expect(try folder.text("r.csv") == "one")
    var status = stat()
    try #require(stat("\(folder.path)/r.csv", &status) == 0)
    let mask = umask(0)
    umask(mask)
    #expect(status.st_mode & 0o777 == 0o644 & ~mask)
    let reader = try #require(FileHandle(forReadingAtPath: "\(folder.path)/r.csv"))
    try write("two, longer", "\(folder.path)/r.csv")
    #expect(try folder.text("r.csv") == "two, longer")
    // Whoever has it open keeps reading the old file, whole.
    #expect(try reader.readToEnd() == Data("one".utf8))
    #expect(try folder.names == ["r.csv"])
  }

  @Test func aSymbolicLinkStays() throws {
    let folder = try TemporaryFolder()
    try write("one", "\(folder.path)/real")
    try #require(symlink("real", "\(folder.path)/link") == 0)
    try write("two", "\(folder.path)/link")
    #expect(try folder.text("real") == "two")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "real")
    #expect(try folder.names == ["link", "real"])
  }

  /// `latest -> reports/1.csv` before the first report is there.
  @Test func whatALinkLeadsToIsMade() throws {
    let folder = try TemporaryFolder()
    try #require(mkdir("\(folder.path)/reports", 0o755) == 0)
    try #require(symlink("reports/../reports/./1.csv", "\(folder.path)/latest") == 0)
    try #require(symlink("\(folder.path)/latest", "\(folder.path)/chain") == 0)
    try write("one", "\(folder.path)/chain")
    #expect(try folder.text("reports/1.csv") == "one")
    #expect(try folder.names == ["chain", "latest", "reports"])
    try #require(symlink("reports", "\(folder.path)/other") == 0)
    try write("two", "\(folder.path)/other/1.csv")
    #expect(try folder.text("reports/1.csv") == "two")
    #expect(throws: OutputError(file: "as typed", code: ENOENT)) {
      try write("x", "\(folder.path)/new/")
    }
  }

  @Test func linksThatGoRoundLeadNowhere() throws {
    let folder = try TemporaryFolder()
    try #require(symlink("b", "\(folder.path)/a") == 0)
    try #require(symlink("a", "\(folder.path)/b") == 0)
    #expect(throws: OutputError(file: "as typed", code: ELOOP)) {
      try write("x", "\(folder.path)/a")
    }
    #expect(try folder.names == ["a", "b"])
  }

  /// The rule of Linux's `fs.protected_symlinks`: whose link, in what folder of whom, for whom.
  @Test(
    arguments: [
      (1000, S_ISVTX | S_IWOTH, 0, 1000, false), (1001, S_ISVTX | S_IWOTH, 0, 1000, true),
      (0, S_ISVTX | S_IWOTH, 0, 1000, false), (1001, S_ISVTX | S_IWOTH, 1001, 1000, false),
      (1001, S_IWOTH, 0, 1000, false), (1001, S_ISVTX, 0, 1000, false), (1001, 0, 0, 1000, false),
      (1001, S_ISVTX | S_IWOTH, 0, 0, true),
    ] as [(uid_t, mode_t, uid_t, uid_t, Bool)])
  func linksOfOthersInSharedFolders(
    owner: uid_t, mode: mode_t, folderOwner: uid_t, user: uid_t, isForeign: Bool
  ) {
    var (link, folder) = (stat(), stat())
    link.st_uid = owner
    (folder.st_mode, folder.st_uid) = (S_IFDIR | 0o755 | mode, folderOwner)
    #expect(LinkedPath.isForeign(link, in: folder, to: user) == isForeign)
  }

  /// Only root can make a link somebody else's.
  @Test(.enabled(if: geteuid() == 0)) func aLinkOfAnotherInASharedFolderIsNotFollowed() throws {
    let folder = try TemporaryFolder()
    let shared = "\(folder.path)/shared"
    try #require(mkdir(shared, 0o755) == 0 && chmod(shared, 0o1777) == 0)
    try write("mine", "\(folder.path)/mine")
    for (link, target) in [("report", "../mine"), ("folder", ".."), ("new", "../new")] {
      try #require(symlink(target, "\(shared)/\(link)") == 0)
      try #require(lchown("\(shared)/\(link)", 12345, 12345) == 0)
    }
    for path in ["report", "folder/mine", "new"] {
      let error = #expect(throws: OutputError.self) { try write("x", "\(shared)/\(path)") }
      #expect(error?.words.contains("is a symbolic link of another user") == true)
    }
    #expect(try folder.text("mine") == "mine")
    #expect(try folder.names == ["mine", "shared"])
    // His own folder is his to arrange.
    try #require(chown(shared, 12345, 12345) == 0)
    try write("two", "\(shared)/report")
    #expect(try folder.text("mine") == "two")
  }

  @Test func aFolderIsNoFile() throws {
    let folder = try TemporaryFolder()
    #expect(throws: OutputError(file: "as typed", code: EISDIR)) {
      try write("x", folder.path)
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func aMissingFolder() throws {
    let folder = try TemporaryFolder()
    #expect(throws: OutputError(file: "as typed", code: ENOENT)) {
      try write("x", "\(folder.path)/no/r.csv")
    }
    #expect(throws: OutputError(file: "as typed", code: ENOTDIR)) {
      try write("x", "/dev/null/r.csv")
    }
  }

  @Test func aNameAsLongAsNamesCanBe() throws {
    let folder = try TemporaryFolder()
    let name = String(repeating: "n", count: 255)
    try write("x", "\(folder.path)/\(name)")
    #expect(try folder.names == [name])
    #expect(throws: OutputError(file: "as typed", code: ENAMETOOLONG)) {
      try write("x", "\(folder.path)/\(name)n")
    }
    #expect(try folder.names == [name])
  }

  @Test func devicesAndPipesAreWrittenTo() throws {
    try write("x", "/dev/null")
    var status = stat()
    try #require(stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
    #expect(throws: OutputError(file: "as typed", code: ENOSPC)) { try write("x", "/dev/full") }
  }

  /// Files may not grow beyond 4 bytes: the write fails half way (setrlimit(2)).
  @Test func aFailedWriteLeavesTheOldFile() async throws {
    let folder = try TemporaryFolder()
    try write("old", "\(folder.path)/r.csv")
    // `ulimit -f` counts blocks of 512 bytes; SIGXFSZ ignored, write(2) says EFBIG.
    let run = try RealProgram.run(
      "/bin/sh",
      [
        "-c", "trap '' XFSZ; ulimit -f 1; exec kubectl-gcr_report demo -o json=\"$0\"",
        "\(folder.path)/r.csv",
      ], path: [RealProgram.products.path])
    #expect(run.status == 1)
    #expect(run.errors == "error: cannot write to \"\(folder.path)/r.csv\": File too large\n")
    #expect(try folder.text("r.csv") == "old")
    #expect(try folder.names == ["r.csv"])
  }
}
