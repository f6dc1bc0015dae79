import ImageReferences
import Testing

@testable import RegistryCatalogue

func reference(_ text: String) throws -> ImageReference {
  try #require(ImageText.parse(text).reference, "\(text)")
}

func day(_ text: String) throws -> CalendarDate {
  try #require(CalendarDate(text), "\(text)")
}

extension Catalogue {
  /// The id of the rule that judges the text.
  func ruleID(_ text: String) throws -> String? {
    try judge(reference(text), asOf: day("2026-11-21")).rule?.id
  }
}
