import Foundation
import TemporaryFolder
import Testing

/// What `mirror` and `policy` say of a test cluster, as a person runs them: from a scan of now over
/// TLS, and from a report of the same cluster.
struct GeneratedDocuments {
  let folder: TemporaryFolder
  private let kubeconfig: KubeconfigFixture
  private let binary: BinaryUnderTest

  /// - Parameter credential: of a user who may read everything, or less.
  init(
    _ population: TestClusterOptions.Population = .recorded,
    _ profile: TestClusterOptions.Profile = .current,
    _ credential: KubeconfigFixture.Credential = .adminCertificate
  ) async throws {
    folder = try TemporaryFolder()
    kubeconfig = try KubeconfigFixture(
      try await SharedClusters.shared.server(population, profile), credential)
    binary = try BinaryUnderTest()
  }

  func run(_ arguments: [String]) async throws -> ProcessResult {
    try await binary.run(arguments, kubeconfig: kubeconfig.url, folder: folder.url)
  }

  func run(_ arguments: String...) async throws -> ProcessResult {
    try await run(arguments)
  }

  /// Without any cluster.
  func runAlone(_ arguments: [String]) async throws -> ProcessResult {
    try await binary.run(arguments, folder: folder.url)
  }

  /// Leaves `report.json`.
  func scan(_ arguments: [String] = []) async throws {
    let scan = try await run(["-o", "json=report.json"] + arguments)
    #expect(scan.status == 0, "\(scan.stderr)")
  }

  /// Every file below a folder, by its path.
  func files(_ name: String) throws -> [String: String] {
    let root = folder.url.appendingPathComponent(name)
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let file = root.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[path] = try String(contentsOf: file, encoding: .utf8)
    }
    return files
  }

  func isExecutable(_ name: String) -> Bool {
    FileManager.default.isExecutableFile(
      atPath: folder.url.appendingPathComponent(name).path)
  }

  /// Runs a command three times with `--output-dir`: into a new folder, into the same one, and
  /// after a change by another hand; then with `--overwrite`.
  ///
  /// - Parameter changed: a file that the command writes.
  /// - Returns: the files.
  @discardableResult
  func expectCareOfAFolder(
    _ arguments: [String], changed: String
  ) async throws -> [String: String] {
    let arguments = arguments + ["--output-dir", "out"]
    let first = try await run(arguments)
    #expect(first.status == 0, "\(first.stderr)")
    let written = try files("out")
    #expect(first.stdout == "\(written.count) files in out. Begin with out/README.md\n")
    #expect(written["README.md"] != nil)
    for (name, text) in written {
      #expect(text.hasSuffix("\n"), "\(name)")
      #expect(!text.unicodeScalars.contains { $0 != "\n" && $0 != "\t" && $0.value < 0x20 })
    }
    // The same files are left as they are, and others are none of ours.
    try folder.write("mine", to: "out/notes.txt")
    let again = try await run(arguments)
    #expect(again.status == 0)
    #expect(again.stdout == first.stdout)

    let name = "out/\(changed)"
    try folder.write("another hand", to: name)
    let refused = try await run(arguments)
    #expect(refused.status == 2)
    #expect(refused.stdout == "")
    let error =
      "error: \"\(name)\" is there already and holds something else; nothing was written. Name"
      + " another folder, or let --overwrite replace it\n"
    #expect(refused.stderr.contains(error))
    let expected = written.merging(["notes.txt": "mine", changed: "another hand"]) { $1 }
    #expect(try files("out") == expected)

    let replaced = try await run(arguments + ["--overwrite"])
    #expect(replaced.status == 0)
    #expect(try files("out") == written.merging(["notes.txt": "mine"]) { $1 })
    return written
  }
}
