import Foundation
import Testing

/// Two runs over the same cluster give the same bytes, whatever order answers arrive in.
@Suite struct DeterminismTests {
  static let formats = ["table", "wide", "csv", "json"]

  @Test(arguments: [TestClusterOptions.Population.recorded, .second], formats)
  func everyRunSaysTheSame(
    population: TestClusterOptions.Population, format: String
  ) async throws {
    let server = try await SharedClusters.shared.server(population)
    let fixture = try KubeconfigFixture(server)
    let flags =
      ["-o", format, "--all-images", "--include", "history"] + BinaryUnderTest.fixedDay
    var outcomes: Set<String> = []
    for variation in [[], ["--chunk-size", "0"], ["--chunk-size", "37"]] {
      let result = try await BinaryUnderTest().run(flags + variation, kubeconfig: fixture.url)
      #expect(result.status == 0)
      outcomes.insert(Self.withoutTimeOfScan(result.stdout))
    }
    #expect(outcomes.count == 1)
  }

  @Test func evidenceOfTodayIsStableToo() async throws {
    let server = try await SharedClusters.shared.server(.second)
    let fixture = try KubeconfigFixture(server)
    var outcomes: Set<String> = []
    for _ in 0..<4 {
      let result = try await BinaryUnderTest().run(
        "-o", "csv", "--all-images", kubeconfig: fixture.url)
      outcomes.insert(Self.withoutDays(Self.withoutTimeOfScan(result.stdout)))
    }
    #expect(outcomes.count == 1)
  }

  /// The second at which a scan began is all that may differ.
  private static func withoutTimeOfScan(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
  }

  private static func withoutDays(_ text: String) -> String {
    text.replacing(/,TIME,\d{4}-\d\d-\d\d,/, with: ",TIME,DAY,")
  }
}
