import Reports
import Testing

@testable import CommandLineTool

@Suite struct FittingTableTests {
  private let table = FittingTable(
    titles: ["STATE", "IMAGE", "THERE", "NOTE"],
    rows: [
      ["gone", "registry.example/team/app:1", "-", "the registry answered 404 NAME_UNKNOWN"],
      ["exists", "a/b:1", "exists", "-"],
    ])

  @Test(arguments: [
    RenderOptions(width: 40, isTerminal: false), RenderOptions(width: 100, isTerminal: true),
  ])
  func aTableWhereItFits(options: RenderOptions) {
    #expect(
      table.lines(options) == [
        "STATE   IMAGE                        THERE   NOTE",
        "gone    registry.example/team/app:1  -       the registry answered 404 NAME_UNKNOWN",
        "exists  a/b:1                        exists  -",
      ])
  }

  @Test func blocksWhereItDoesNot() {
    #expect(
      table.lines(RenderOptions(width: 40, isTerminal: true)) == [
        "gone  registry.example/team/app:1",
        "    note: the registry answered 404",
        "    NAME_UNKNOWN",
        "exists  a/b:1",
        "    there: exists",
      ])
  }
}
