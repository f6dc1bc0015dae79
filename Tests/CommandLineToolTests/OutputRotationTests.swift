import Testing

@testable import CommandLineTool

/// Which files are an output's own, and which of them go.
@Suite struct OutputRotationTests {
  private func tooOld(
    _ template: String, _ names: [String], keep: Int, current: String, context: String = "c"
  ) throws -> [String] {
    OutputRotation(template: try FileNameTemplate(template), context: context, keep: keep)
      .tooOld(among: names, current: current)
  }

  @Test func theNewestByNameStay() throws {
    let names = ["r-2026-01-03", "r-2026-01-01", "r-2025-12-31", "r-2026-01-02"]
    #expect(
      try tooOld("/x/r-%d", names, keep: 2, current: "r-2026-01-03")
        == ["r-2025-12-31", "r-2026-01-01"])
    #expect(try tooOld("r-%d", names, keep: 4, current: "r-2026-01-03") == [])
    #expect(try tooOld("r-%d", names, keep: 9, current: "r-2026-01-03") == [])
  }

  /// A clock that went back: what was just written is never what goes.
  @Test func theFileJustWrittenStays() throws {
    let names = ["r-2026-01-03", "r-2026-01-01", "r-2030-01-01"]
    #expect(
      try tooOld("r-%d", names, keep: 1, current: "r-2026-01-01")
        == ["r-2026-01-03", "r-2030-01-01"])
  }

  @Test func ofOneDayTheTimeDecides() throws {
    let names = ["r-2026-01-01T235959Z", "r-2026-01-02T000000Z", "r-2026-01-01T000001Z"]
    #expect(
      try tooOld("r-%dT%t", names, keep: 1, current: "r-2026-01-02T000000Z")
        == ["r-2026-01-01T000001Z", "r-2026-01-01T235959Z"])
    // The time may stand before the day.
    #expect(
      try tooOld(
        "%t-%d", ["235959Z-2026-01-01", "000000Z-2026-01-02"], keep: 1,
        current: "000000Z-2026-01-02") == ["235959Z-2026-01-01"])
  }

  @Test(arguments: [
    "r-2026-01-01.csv", "r-2026-01-01", "x-r-2026-01-01.json", "r-2026-01-01.json~",
    "r-2026-02-30.json", "r-0000-01-01.json", "r-2026-1-01.json", "r-2026-01-01.JSON",
    "r-２026-01-01.json", "r-2026-01-01\u{301}.json", "r-+026-01-01.json", "", "r-.json",
    "r-%d.json", "r-2026-01-01-2026-01-01.json",
  ])
  func othersAreNone(name: String) throws {
    #expect(try FileNameTemplate("r-%d.json").stamp(of: name, context: "c") == nil)
  }

  @Test(arguments: ["246060Z", "000060Z", "006000Z", "00000Z", "000000z", "0000000", "-00000Z"])
  func timesAreReal(time: String) throws {
    #expect(try FileNameTemplate("%d%t").stamp(of: "2026-01-01\(time)", context: "c") == nil)
  }

  /// Each cluster's files are counted alone.
  @Test func theContextIsTheVeryOne() throws {
    let template = try FileNameTemplate("%c-%d")
    #expect(template.stamp(of: "a_b-2026-01-01", context: "a/b") == "2026-01-01T")
    #expect(template.stamp(of: "a-2026-01-01", context: "a/b") == nil)
    #expect(template.stamp(of: "a_b-2026-01-01", context: "a") == nil)
  }
}
