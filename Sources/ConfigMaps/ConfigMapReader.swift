import ImageReferences
package import Inventory

/// From a ConfigMap's text to the images that it names.
package struct ConfigMapReader: Sendable {
  private let imageSearch: ImageSearch

  /// - Parameters:
  ///   - recognizes: tells an image that is worth reporting from other text.
  ///   - recognizesText: tells what only begins images.
  package init(
    recognizes: @escaping ImageRecognizer, recognizesText: @escaping CataloguedTextRecognizer
  ) {
    imageSearch = ImageSearch(recognizes, recognizesText)
  }

  /// The most of one value that is read, in bytes of UTF-8: as much as the server stores.
  static let longestValue = 1 << 20

  /// Of a ConfigMap of the table, in its own way.
  ///
  /// - Returns: nil when it names no image.
  package func read(_ record: ConfigMapRecord, as known: KnownConfigMap) -> ExtractedObject? {
    var images: [ExtractedImage] = []
    for (key, reading) in known.readings {
      guard let text = text(record, key) else { continue }
      images += self.images(in: text, key, reading).map { image in
        var image = image
        image.notes.append(known.purpose)
        return image
      }
    }
    return object(record, images)
  }

  /// Of any other ConfigMap: pod specs in YAML, and whole values that the recognizer knows.
  ///
  /// - Returns: nil when it names no image.
  package func search(_ record: ConfigMapRecord) -> ExtractedObject? {
    if let known = KnownConfigMap.all.first(where: { $0.covers(record.metadata) }) {
      return read(record, as: known)
    }
    let images = record.data.keys.sorted().flatMap { key -> [ExtractedImage] in
      guard !Self.isDocument(key), let text = text(record, key) else { return [] }
      let found = PodSpecText.images(in: text) + imageSearch.images(in: text)
      return found.map { Self.image($0, key: key, confidence: .shape) }
    }
    return object(record, images)
  }

  /// Manuals and examples talk about images that nothing pulls; Knative keeps an `_example` in each
  /// ConfigMap.
  private static func isDocument(_ key: String) -> Bool {
    let name = key.lowercased()
    return name == "_example" || name.hasPrefix("readme") || name.hasSuffix(".md")
      || name.hasPrefix("notes")
  }

  private func text(_ record: ConfigMapRecord, _ key: String) -> String? {
    guard let text = record.data[key], text.utf8.count <= Self.longestValue else { return nil }
    return text
  }

  private func images(
    in text: String, _ key: String, _ reading: KnownConfigMap.Reading
  ) -> [ExtractedImage] {
    switch reading {
    case .kubeadm:
      return KubeadmConfiguration.images(in: text, path: "data.\(key)")
    case .imageFields:
      return ImageFields.images(in: text).map { Self.image($0, key: key) }
    case .istioValues:
      return IstioValues.image(in: text).map {
        [Self.image(FoundImage(line: 1, image: $0), key: key)]
      } ?? []
    case .namesAndVersions:
      return NamesAndVersions.images(in: text).map { Self.image($0, key: key) }
    case .wholeText:
      guard ImageText.parse(text).reference?.isSpelledOut == true else { return [] }
      return [Self.image(FoundImage(line: 1, image: text), key: key)]
    }
  }

  private static func image(
    _ found: FoundImage, key: String, confidence: UseConfidence = .known
  ) -> ExtractedImage {
    var image = ExtractedImage(
      path: "data.\(key):\(found.line)", container: key, role: .configuration,
      image: found.image, confidence: confidence)
    if let representative = found.representative {
      image.representative = representative
      image.notes = [UseNotes.prefixOfAll]
    }
    return image
  }

  /// An image is told once: where a text has it first.
  private func object(
    _ record: ConfigMapRecord, _ images: [ExtractedImage]
  ) -> ExtractedObject? {
    var seen: Set<[String]> = []
    let distinct = images.filter { seen.insert([$0.image, $0.representative ?? ""]).inserted }
    guard !distinct.isEmpty else { return nil }
    return ExtractedObject(
      apiVersion: "v1", kind: "ConfigMap", metadata: record.metadata, images: distinct)
  }
}

/// An image, and the line of the text that names it, counted from 1.
struct FoundImage: Hashable {
  let line: Int
  let image: String
  /// Of a text that only begins images: one of them.
  var representative: String?
}
