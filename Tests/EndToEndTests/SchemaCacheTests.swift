import Foundation
import TemporaryFolder
import Testing

/// `--cache-dir`: what it keeps, for whom, and what becomes of a broken one.
@Suite struct SchemaCacheTests {
  private func documents(_ scan: FaultScan) async throws -> Int {
    let count = try await scan.server.log().count { $0.path.hasPrefix("/openapi/v3/") }
    try await scan.server.reset()
    return count
  }

  private func files(_ folder: URL) throws -> [URL] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return names.filter { $0.hasSuffix(".json") }.sorted().map {
      folder.appendingPathComponent($0)
    }
  }

  @Test func theFolderHoldsPlacesOfFieldsAlone() async throws {
    let scan = try await FaultScan()
    let folder = scan.binary.home.url.appendingPathComponent("own/cache")
    let first = try await scan.report(["--cache-dir", "own/cache", "--helm"])
    #expect(try await documents(scan) == 8)
    let files = try files(folder)
    #expect(files.count == 8)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("admin-token") && !text.contains("gcr.io"), "\(file.path)")
      #expect(try mode(file) == 0o600)
      #expect(try mode(file.deletingLastPathComponent()) == 0o700)
    }
    let second = try await scan.report(["--cache-dir", folder.path, "--helm"])
    #expect(try await documents(scan) == 0)
    #expect(second.text == first.text)
    // `access` shares it.
    #expect(try await scan.run("access", "--cache-dir", folder.path).status == 0)
    #expect(try await documents(scan) == 0)
  }

  private func mode(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
  }

  @Test func whatIsBrokenIsAskedForAgain() async throws {
    let scan = try await FaultScan()
    let folder = scan.binary.home.url.appendingPathComponent("cache")
    let first = try await scan.report(["--cache-dir", folder.path])
    let files = try files(folder)
    try await scan.server.reset()
    try Data(contentsOf: files[0]).dropLast(5).write(to: files[0])
    try Data("{}".utf8).write(to: files[1])
    try Data().write(to: files[2])
    let again = try await scan.report(["--cache-dir", folder.path])
    #expect(again.text == first.text)
    #expect(again.result.stderr.isEmpty)
    #expect(try await documents(scan) == 3)
    // They are whole again.
    _ = try await scan.report(["--cache-dir", folder.path])
    #expect(try await documents(scan) == 0)
  }

  @Test func theUsualPlaceIsUnderTheHomeOrXDG() async throws {
    var scan = try await FaultScan()
    #expect(try await scan.run().status == 0)
    #expect(
      try files(scan.binary.home.url).allSatisfy { $0.path.contains("/.kube/cache/gcr-report/") })
    let folder = try TemporaryFolder()
    scan.binary.environment["XDG_CACHE_HOME"] = folder.url.path
    #expect(try await scan.run().status == 0)
    #expect(try files(folder.url.appendingPathComponent("kube/gcr-report")).count == 8)
    // The demo has no cluster, and leaves nothing.
    let binary = try BinaryUnderTest()
    #expect(try await binary.run("demo").status == 0)
    #expect(try files(binary.home.url).isEmpty)
  }

  @Test func aFolderThatOthersMayWriteToIsNotBelieved() async throws {
    let scan = try await FaultScan()
    let folder = scan.binary.home.url.appendingPathComponent("cache")
    _ = try await scan.report(["--cache-dir", folder.path])
    let file = try #require(try files(folder).first)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: file.deletingLastPathComponent().path)
    try await scan.server.reset()
    let result = try await scan.run("--cache-dir", folder.path, "-v")
    #expect(result.status == 0)
    #expect(result.stderr.contains("is not used: others than its user may write to it"))
    #expect(try await documents(scan) == 8)
  }
}
