package import ImageReferences
package import RegistryCatalogue

/// The image that a DaemonSet runs: pinned, and from a registry that will still be there.
package struct MirrorImagePin: Hashable, Sendable {
  package let reference: ImageReference

  package init(
    _ text: String, catalogue: Catalogue, asOf day: CalendarDate
  ) throws(MirrorError) {
    guard let reference = ImageText.parse(text).reference, reference.digest != nil else {
      throw .notPinned(text)
    }
    let judgement = catalogue.judge(reference, asOf: day)
    guard judgement.fate == .ok || judgement.fate == .limited, judgement.removalDate == nil else {
      throw .notLiving(text, "\(judgement.place): \(judgement.fate.rawValue)")
    }
    self.reference = reference
  }
}
