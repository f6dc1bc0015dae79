import ImageReferences
import Inventory
import RegistryCatalogue

extension Catalogue {
  /// Whether a text that reads like an image is one that a rule warns of.
  func complains(about image: ImageReference, asOf: CalendarDate) -> Bool {
    guard hasComplaint(about: image, asOf: asOf) else { return false }
    if case .prefix = recognize(image.raw, asOf: asOf) { return false }
    return true
  }

  /// What a text is that no schema explains; nil where no rule speaks of it.
  ///
  /// A place of which a rule says something whatever follows it is no image: `gcr.io/istio-release`.
  ///
  /// - Parameter hubAccounts: whose names may lack their registry.
  func recognize(
    _ text: String, hubAccounts: Set<String> = [], asOf: CalendarDate
  ) -> CataloguedText? {
    guard let reference = ImageText.parse(text).reference else { return nil }
    if reference.writtenTag == nil, reference.digest == nil,
      let image = ImageText.parse("\(text)/pause").reference, image.hasWrittenRegistry,
      // Most places have no rule, which the index tells at once.
      judge(image, asOf: asOf).rule != nil,
      reference.hasWrittenRegistry ? coversAll(below: text) : wholeHosts.contains(text)
    {
      return hasComplaint(about: image, asOf: asOf) ? .prefix(representative: image.raw) : nil
    }
    guard reference.hasWrittenRegistry else {
      // A rule about all of Docker Hub says nothing of a name that may be anything.
      let account = String(reference.repository.prefix { $0 != "/" })
      return hubAccounts.contains(account) && hasComplaint(about: reference, asOf: asOf)
        ? .image : nil
    }
    return judge(reference, asOf: asOf).rule == nil ? nil : .image
  }
}
