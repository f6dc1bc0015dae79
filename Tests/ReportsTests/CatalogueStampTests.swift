import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct CatalogueStampTests {
  @Test func theStampIsOfTheRulesInForce() throws {
    let embedded = try Catalogue.embedded
    let rules = """
      apiVersion: gcr-report/v1
      kind: RegistryCatalogue
      rules:
      - {id: corp, match: [old.corp.example], fate: gone}
      """
    let catalogue = try embedded.adding(Array(rules.utf8), path: "own.yaml")
    #expect(
      CatalogueStamp(catalogue, userRules: "own.yaml")
        == CatalogueStamp(
          version: embedded.version, date: embedded.date, sha256: catalogue.sha256,
          userRules: "own.yaml"))
    #expect(
      CatalogueStamp(catalogue, userRules: "own.yaml").sha256
        != CatalogueStamp(embedded, userRules: nil).sha256)
  }
}
