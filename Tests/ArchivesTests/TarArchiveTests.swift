import Archives
import Packing
import Testing

@Suite struct TarArchiveTests {
  private func names(_ bytes: [UInt8], maximumFiles: Int = 100) -> [String] {
    TarArchive(bytes, maximumFiles: maximumFiles).files.map(\.name)
  }

  @Test func regularFilesOnly() {
    let bytes =
      Packing.entry("c/Chart.yaml", "name: c\n") + Packing.entry("c/d/", "", kind: "5")
      + Packing.entry("c/link", "", kind: "2") + Packing.entry("c/empty", "")
      + Packing.entry("c/values.yaml", String(repeating: "x", count: 513)) + Packing.end
    let archive = TarArchive(bytes, maximumFiles: 100)
    #expect(archive.fault == nil)
    #expect(archive.files.map(\.name) == ["c/Chart.yaml", "c/empty", "c/values.yaml"])
    #expect(archive.files.map(\.content.count) == [8, 0, 513])
    #expect(archive.files[0].content.elementsEqual("name: c\n".utf8))
  }

  @Test func longNames() {
    let long = String(repeating: "n", count: 150)
    let record = " path=\(long)\n"
    #expect(names(Packing.entry("b", [], prefix: "a/a")) == ["a/a/b"])
    // GNU's own magic: what follows is no prefix.
    #expect(names(Packing.entry("b", [], prefix: "a/a", magic: "ustar ")) == ["b"])
    #expect(
      names(
        Packing.entry("x", "\(record.utf8.count + 3)\(record)", kind: "x")
          + Packing.entry("b", "") + Packing.entry("c", "")) == [long, "c"])
    #expect(
      names(Packing.entry("././@LongLink", "\(long)\0", kind: "L") + Packing.entry("b", ""))
        == [long])
    #expect(
      names(Packing.entry("g", "14 comment=ab\n", kind: "g") + Packing.entry("b", "")) == ["b"])
  }

  @Test func namesThatLeadElsewhereAreLabels() {
    #expect(
      names(Packing.entry("../../etc/passwd", "") + Packing.entry("/abs", ""))
        == ["../../etc/passwd", "/abs"])
  }

  @Test func faults() {
    let file = Packing.entry("a", "text")
    #expect(TarArchive([], maximumFiles: 9).fault == nil)
    #expect(TarArchive(file + file, maximumFiles: 1).fault == .tooManyFiles(limit: 1))
    #expect(TarArchive(file + [1, 2, 3], maximumFiles: 9).fault == .truncated)
    #expect(TarArchive(Array(file.prefix(600)), maximumFiles: 9).fault == nil)
    var damaged = file
    damaged[3] ^= 1
    #expect(TarArchive(file + damaged, maximumFiles: 9).fault == .damaged(atByte: 1024))
    #expect(names(file + damaged) == ["a"])
    let vast = Packing.entry("a", Array("x".utf8), size: "77777777777")
    #expect(TarArchive(vast, maximumFiles: 9).fault == .truncated)
    let strange = Packing.entry("a", Array("x".utf8), size: "0000000000x")
    #expect(TarArchive(strange, maximumFiles: 9).fault == .damaged(atByte: 0))
  }

  /// The length of a record counts, and not the line feeds in it.
  @Test(arguments: [
    ("", true), ("5 a=\n", true), ("8 a=b\n\n\n", true), ("x", false), ("999 a=b\n", false),
    ("00000000009 a=b\n", false), ("-1 a=b\n", false),
  ])
  func paxRecords(text: String, isIntact: Bool) {
    let bytes = Packing.entry("p", text, kind: "x") + Packing.entry("a", "text")
    let archive = TarArchive(bytes, maximumFiles: 9)
    #expect(archive.fault == (isIntact ? nil : .damaged(atByte: 0)))
    #expect(archive.files.map(\.name) == (isIntact ? ["a"] : []))
  }

  @Test func everyTruncationEnds() {
    let bytes = Packing.entry("a", "one") + Packing.entry("b", "two") + Packing.end
    for end in bytes.indices { #expect(names(Array(bytes[..<end])).count <= 2) }
  }
}
