import ImageReferences
import Inventory
import Manifests
import TemporaryFolder
import Testing

@testable import SourceFiles

@Suite struct FilesScanTests {
  private let search = TextSearch(
    hosts: ["old.example"], prefixHosts: ["old.example"],
    recognizes: { $0.registry == "old.example" })

  private func scan(_ folder: TemporaryFolder) -> FilesScan {
    var walk = FileWalk()
    walk.add(folder.path)
    var scan = FilesScan(search)
    scan.add(walk)
    return scan
  }

  @Test func placesAndObjects() throws {
    let folder = try TemporaryFolder([
      "a.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: n}
      spec:
        containers:
        # gcr-report: ignore some-rule because
        - {name: é, image: "old.example/a:1"}
      """,
      "docker-compose.yml": "services: {a: {image: old.example/b:1}}",
    ])
    let found = scan(folder).located.map(\.use)
    #expect(found.count == 2)
    #expect(
      found[0].place
        == SourcePlace(
          file: folder.path + "/a.yaml", line: 7, column: 23, endLine: 7, endColumn: 38,
          confidence: .parsed, ignores: [IgnoreComment(rule: "some-rule", reason: "because")]))
    #expect(
      found[0].workload
        == WorkloadIdentity(apiVersion: "v1", kind: "Pod", namespace: "n", name: "p"))
    #expect(found[0].path == "spec.containers[0].image")
    #expect(found[1].workload.kind == "Compose")
  }

  @Test func badFilesAreToldAndStopNothing() throws {
    let folder = try TemporaryFolder(["b.yaml": "a:\n\t- x\n", "c.yaml": "image: old.example/c:1"])
    try folder.write([0x00, 0x01], to: "a.bin")
    try folder.write([0xFF, 0xFE, 0x61, 0x00], to: "d.yaml")
    let scan = scan(folder)
    #expect(scan.located.map(\.use.image.text) == ["old.example/c:1"])
    #expect(scan.binaryFiles == 1)
    #expect(scan.filesRead == 2)
    #expect(folder.relative(scan.coverage.map(\.resource)) == ["b.yaml", "d.yaml"])
    #expect(scan.coverage.map(\.line) == [2, nil])
    #expect(scan.coverage.map(\.state) == [.partial, .failed])
  }

  @Test func aPrefixHasNoTag() throws {
    let folder = try TemporaryFolder(["values.yaml": "hub: old.example\ntag: 1.2\n"])
    let use = try #require(scan(folder).located.first?.use)
    #expect(use.image.text == "old.example")
    #expect(use.image.reference?.name == "old.example/pause")
    #expect(use.image.reference?.tag == nil)
    #expect(use.place?.confidence == .values)
  }

  @Test func manyFilesAreToldInTheirOrder() throws {
    let folder = try TemporaryFolder()
    for number in 100..<400 {
      try folder.write("image: old.example/a:\(number)\n", to: "\(number).yaml")
    }
    try folder.write("namespace: n\n", to: "k/kustomization.yaml")
    var walk = FileWalk()
    walk.add(folder.path)
    var scan = FilesScan(search)
    scan.keepsKustomizations = true
    scan.keepsTexts = true
    scan.add(walk)
    #expect(scan.filesRead == 301)
    #expect(scan.located.map(\.use.image.text) == (100..<400).map { "old.example/a:\($0)" })
    #expect(folder.relative(scan.kustomizations.map(\.path)) == ["k/kustomization.yaml"])
    #expect(scan.texts.count == 300)
  }

  @Test func aHugeFileStreams() throws {
    let folder = try TemporaryFolder()
    let filler = Array(String(repeating: "x: y # filler\n", count: 100_000).utf8)
    var bytes: [UInt8] = []
    while bytes.count <= FilesScan.longestParsed { bytes += filler }
    let lines = bytes.count { $0 == 0x0A }
    bytes += Array("image: old.example/end:1\n".utf8)
    try folder.write(bytes, to: "huge.yaml")
    let scan = scan(folder)
    #expect(scan.located.map(\.use.place?.line) == [lines + 1])
    #expect(scan.located.map(\.reference.obstacle) == ["the file is larger than 32 MiB"])
    #expect(scan.coverage.map(\.reason) == ["larger than 32 MiB; searched as text"])
  }
}
