import ImageReferences
import RegistryCatalogue

/// The image that is to look for images at risk must not be one.
struct ScheduleImage {
  private let text: String
  private let reference: ImageReference

  /// - Throws: unless the text is a reference with a tag or digest.
  init(_ text: String) throws(UsageError) {
    self.text = text
    switch ImageText.parse(text) {
    case .reference(let reference):
      self.reference = reference
    case .invalid(_, let reason), .placeholder(_, let reason):
      throw Self.wrong(text, "an image reference: \(reason)")
    }
    // What was not written is normalised to `latest`.
    let names = text.split(separator: "/").last?.contains(":") == true || text.contains("@")
    guard names, text == reference.raw, !text.contains(where: \.isWhitespace) else {
      throw Self.wrong(
        text, "a tag or digest after it, so that the scan changes only when you change it")
    }
  }

  /// Refuses what the catalogue knows to be at risk, and says where it does not know.
  func check(
    _ catalogue: Catalogue, on day: CalendarDate, _ diagnostics: Diagnostics
  ) throws(UsageError) {
    let judgement = catalogue.judge(reference, asOf: day)
    let rule = judgement.rule?.id ?? ""
    switch judgement.fate {
    case .gone, .retiring, .frozen, .moved:
      throw Self.wrong(
        text,
        "a registry that is not itself at risk; \(judgement.place) is \(judgement.fate.rawValue)"
          + " (see \"kubectl gcr-report rules \(rule)\")")
    case .probe:
      diagnostics.warning(
        "whether \(judgement.place) lasts is unknown (see \"kubectl gcr-report rules \(rule)\")")
    case .limited, .ok:
      return
    }
  }

  private static func wrong(_ text: String, _ expected: String) -> UsageError {
    .invalidValue(
      flag: Flags.schedule.image.definition.spelling, value: text, expected: expected)
  }
}
