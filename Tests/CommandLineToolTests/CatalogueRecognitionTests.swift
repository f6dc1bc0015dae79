import Inventory
import RegistryCatalogue
import Testing

@testable import CommandLineTool

/// What texts that no schema explains are by the catalogue.
@Suite struct CatalogueRecognitionTests {
  @Test(arguments: [
    ("k8s.gcr.io/pause:3.9", CataloguedText.image),
    ("k8s.gcr.io", .prefix(representative: "k8s.gcr.io/pause")),
    ("minio/mc:1", .image), ("minio/mc", .image),
    // All of Docker Hub has a rule, and any word may be a name there.
    ("grafana/grafana", nil), ("src/main", nil), ("minio", nil), ("", nil),
    ("registry.example/a:1", nil),
  ])
  func textsAreWhatTheirRulesSay(text: String, expected: CataloguedText?) throws {
    let catalogue = try Catalogue.embedded
    let asOf = try #require(CalendarDate("2026-11-21"))
    let found = catalogue.recognize(
      text, hubAccounts: Set(catalogue.hubAccounts), asOf: asOf)
    #expect(found == expected)
  }

  /// Readers that know no field ask for no names without a registry.
  @Test func namesWithoutARegistryAreAskedFor() throws {
    let asOf = try #require(CalendarDate("2026-11-21"))
    #expect(try Catalogue.embedded.recognize("minio/mc:1", asOf: asOf) == nil)
  }
}
