import Archives
import ImageReferences
import Inventory
import Manifests
import Packing
import Testing

@testable import SourceFiles

@Suite struct PackagedChartTests {
  private func scan(_ bytes: [UInt8], name: String = "web-1.tgz") -> FilesScan {
    var scan = FilesScan(
      TextSearch(
        hosts: ["old.example"], prefixHosts: ["old.example"],
        recognizes: { $0.registry == "old.example" }))
    scan.add(bytes, name: name, kind: .archive)
    return scan
  }

  private func chart(_ files: [(String, String)]) -> [UInt8] {
    Packing.chart(files.map { ($0.0, Array($0.1.utf8)) })
  }

  @Test func valuesTemplatesAndChartsInsideIt() {
    let inner = chart([
      ("sub/Chart.yaml", "name: sub\n"),
      ("sub/values.yaml", "image: {repository: old.example/sub, tag: '2'}\n"),
    ])
    let bytes = Packing.chart([
      ("web/Chart.yaml", Array("name: web\n".utf8)),
      ("web/values.yaml", Array("a: 1\nimage: old.example/web:1\n".utf8)),
      ("web/templates/a.yaml", Array("{{ if .x }}\nimage: old.example/t:1\n{{ end }}\n".utf8)),
      ("web/charts/sub-1.tgz", inner),
    ])
    let scan = scan(bytes)
    #expect(
      scan.located.map { "\($0.use.place?.file ?? ""):\($0.use.place?.line ?? 0)" } == [
        "web-1.tgz!/web/values.yaml:2", "web-1.tgz!/web/templates/a.yaml:2",
        "web-1.tgz!/web/charts/sub-1.tgz!/sub/values.yaml:1",
      ])
    #expect(
      scan.located.map(\.use.image.text) == [
        "old.example/web:1", "old.example/t:1", "old.example/sub:2",
      ])
    #expect(scan.located.map(\.use.workload.kind) == ["Values", "Template", "Values"])
    #expect(scan.located.allSatisfy { $0.reference.obstacle == FilesScan.packedObstacle })
    #expect(scan.coverage.isEmpty)
    #expect(scan.filesRead == 5)
  }

  @Test func anotherArchiveIsABinaryFile() {
    let scan = scan(chart([("src/values.yaml", "image: old.example/web:1\n")]))
    #expect(scan.located.isEmpty)
    #expect(scan.binaryFiles == 1)
    #expect(scan.coverage.isEmpty)
  }

  @Test func damageIsTold() {
    let whole = chart([
      ("c/Chart.yaml", "name: c\n"), ("c/values.yaml", "image: old.example/w:1\n"),
    ])
    let cut = scan(Array(whole.prefix(whole.count - 20)))
    #expect(cut.coverage.map(\.resource) == ["web-1.tgz"])
    #expect(scan(Array("text".utf8)).coverage.map(\.reason) == ["the archive is damaged"])
    #expect(scan([]).coverage.map(\.reason) == ["the archive ends too early"])
  }

  @Test func bombsAreNotUnpacked() {
    let zeros = [UInt8](repeating: 0, count: 8 << 20)
    let bomb = scan(Packing.chart([("c/Chart.yaml", []), ("c/values.yaml", zeros)]))
    #expect(
      bomb.coverage.map(\.reason) == [
        "it grows more than 100-fold when unpacked, as no chart does; read as far as that"
      ])
    var limits = PackedLimits(bytes: 2048, files: 10)
    let small = PackagedChart(
      Packing.chart([("c/Chart.yaml", []), ("c/a.yaml", [UInt8](repeating: 65, count: 4000))]),
      limits: &limits)
    #expect(small.problem?.hasPrefix("more than ") == true)
    #expect(small.files.map(\.name) == ["c/Chart.yaml"])
    #expect(limits.bytes == 0)
    limits = PackedLimits(files: 2)
    let many = PackagedChart(
      Packing.chart((1...3).map { ("c\($0)/Chart.yaml", []) }), limits: &limits)
    #expect(many.problem == "too many files in the archive")
  }

  @Test func archivesInArchivesEnd() {
    var bytes = chart([("c/Chart.yaml", ""), ("c/values.yaml", "image: old.example/deep:1\n")])
    for _ in 0..<8 { bytes = Packing.chart([("c/Chart.yaml", []), ("c/charts/n.tgz", bytes)]) }
    let scan = scan(bytes)
    #expect(scan.located.isEmpty)
    #expect(scan.coverage.map(\.reason) == ["archives in archives; read no deeper"])
  }
}
