package import ImageReferences
package import RegistryCatalogue

/// A catalogue that can be asked again, to tell a change of the cluster from one of its own.
package struct DiffJudge: Sendable {
  /// Of the rules, as `CatalogueStamp` has it.
  package let sha256: String
  package let complains: @Sendable (ImageText, CalendarDate) -> Bool

  package init(
    sha256: String, complains: @escaping @Sendable (ImageText, CalendarDate) -> Bool
  ) {
    self.sha256 = sha256
    self.complains = complains
  }

  /// Text that is no reference is never complained of by a rule.
  package init(_ catalogue: Catalogue) {
    self.init(sha256: catalogue.sha256) { image, day in
      guard let reference = image.reference else { return false }
      return catalogue.hasComplaint(about: reference, asOf: day)
    }
  }
}
