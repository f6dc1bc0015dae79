package import RegistryCatalogue

/// Which catalogue judged.
package struct CatalogueStamp: Hashable, Sendable {
  package var version: String
  package var date: CalendarDate
  /// Hex SHA-256 of the rules in force, the user's included.
  package var sha256: String
  /// Path of `--rules`, if any.
  package var userRules: String?

  package init(version: String, date: CalendarDate, sha256: String, userRules: String? = nil) {
    self.version = version
    self.date = date
    self.sha256 = sha256
    self.userRules = userRules
  }

  /// - Parameter userRules: path of the rules that `catalogue` has on top of the embedded ones.
  package init(_ catalogue: Catalogue, userRules: String?) {
    self.init(
      version: catalogue.version, date: catalogue.date, sha256: catalogue.sha256,
      userRules: userRules)
  }

  /// Days from the catalogue's date to `day`; above `Catalogue.oldAfterDays` it is called old.
  package func age(on day: CalendarDate) -> Int {
    date.days(until: day)
  }
}
