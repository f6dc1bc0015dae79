import Foundation
import Glibc
import Testing

@testable import CommandLineTool

/// The built binary's sample report: outputs and the baseline, as a person uses them.
@Suite struct DemoOutputTests {
  private func run(_ arguments: [String], in folder: URL) throws -> (Int32, String, String) {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "kubectl-gcr_report")
    process.arguments = ["demo"] + arguments
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
    let output = folder.appending(path: "stdout")
    let errors = folder.appending(path: "stderr")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOf: output, encoding: .utf8),
      try String(contentsOf: errors, encoding: .utf8)
    )
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "gcr-report-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func severalOutputsFromOneScan() throws {
    try withFolder { folder in
      let (status, output, errors) = try run(
        ["-o", "table", "-o", "csv=r.csv", "-o", "json=%c.json", "--columns", "image,risk"],
        in: folder)
      #expect(status == 0)
      #expect(output.hasPrefix("SAMPLE DATA"))
      #expect(errors == "")
      let csv = try String(contentsOf: folder.appending(path: "r.csv"), encoding: .utf8)
      #expect(csv.hasPrefix("image,risk\r\n"))
      let json = try Data(contentsOf: folder.appending(path: "sample.json"))
      #expect(try JSONSerialization.jsonObject(with: json) is [String: Any])
    }
  }

  @Test func aFileThatCannotBeWrittenLeavesTheOthers() throws {
    try withFolder { folder in
      let (status, output, errors) = try run(
        ["-o", "csv=no/r.csv", "-o", "name", "-q"], in: folder)
      #expect(status == 1)
      #expect(output.contains("k8s.gcr.io/"))
      #expect(errors == "error: cannot write to \"no/r.csv\": No such file or directory\n")
    }
  }

  @Test func onlyNewFindingsCountAgainstABaseline() throws {
    try withFolder { folder in
      #expect(try run(["-o", "json=base.json"], in: folder).0 == 0)
      #expect(try run(["--fail-on", "low"], in: folder).0 == 3)
      let (status, _, errors) = try run(
        ["--fail-on", "low", "--baseline", "base.json"], in: folder)
      #expect(status == 0)
      #expect(errors.hasPrefix("baseline \"base.json\": 0 new findings, "))
      let bad = try run(["--baseline", "none.json"], in: folder)
      #expect(bad.0 == 2)
      #expect(
        bad.2 == "error: baseline \"none.json\": cannot be read: no such file\n"
          + "see \"kubectl gcr-report help\" for usage\n")
    }
  }
}
