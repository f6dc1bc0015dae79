import Archives
import Packing
import Testing

@Suite struct GunzipTests {
  private let text = Array(String(repeating: "release of a chart, ", count: 9000).utf8)

  @Test func theTextComesBack() throws {
    #expect(try Gunzip.inflate(Packing.gzip(text)) == text)
    #expect(try Gunzip.inflate(Packing.gzip([])) == [])
    #expect(try Gunzip.inflate(Packing.gzip(text) + [1, 2, 3]) == text)
  }

  @Test func everyTruncationIsRefused() {
    let packed = Packing.gzip(Array("a short text".utf8))
    for end in packed.indices {
      #expect(throws: Gunzip.Fault.truncated) { try Gunzip.inflate(Array(packed[..<end])) }
    }
  }

  @Test func damageNeverGivesAnotherText() {
    let text = Array("a short text".utf8)
    let packed = Packing.gzip(text)
    var refused = 0
    for index in packed.indices {
      var broken = packed
      broken[index] ^= 0x40
      do {
        // The header's time, and bits after the last block, say nothing about the text.
        #expect(try Gunzip.inflate(broken) == text)
      } catch {
        refused += 1
      }
    }
    #expect(refused > packed.count / 2)
  }

  @Test func sizeAndGrowthAreBounded() {
    let packed = Packing.gzip(text)
    #expect(throws: Gunzip.Fault.tooLarge(limit: 70_000)) {
      try Gunzip.inflate(packed, limits: .init(maximumBytes: 70_000))
    }
    let zeros = Packing.gzip([UInt8](repeating: 0, count: 8 << 20))
    #expect(throws: Gunzip.Fault.bomb(ratio: 100)) { try Gunzip.inflate(zeros) }
    // Small texts may repeat themselves.
    #expect(throws: Never.self) {
      try Gunzip.inflate(Packing.gzip([UInt8](repeating: 0, count: 1 << 20)))
    }
  }
}
