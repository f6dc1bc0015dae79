import ImageReferences

extension ImageUse {
  /// The use of an image that this use's container only names.
  func configured(_ image: ConfiguredImage, below base: String) -> ImageUse {
    var use = ImageUse(
      workload: self.workload, activity: self.activity,
      path: "\(base).\(image.pathInPodSpec)", container: self.container, role: image.role,
      image: image.image, pullPolicy: .unspecified, origin: self.origin)
    use.notes = [image.note]
    return use
  }

  /// What an object's field says besides the image. A prefix is judged by its representative, yet
  /// shown as it was written. A tag that was not written is none here, and not `latest`.
  mutating func note(_ image: ExtractedImage) {
    self.notes = image.notes
    guard let text = image.representative,
      let reference = ImageText.parse(text).reference
    else { return }
    self.representative = text
    self.image = .reference(
      ImageReference(
        raw: image.image, registry: reference.registry, repository: reference.repository,
        tag: reference.writtenTag, digest: reference.digest))
  }
}

extension UseTable.Key {
  /// Two variables of one container may name the same image: they are two places to edit.
  func configured(_ image: ConfiguredImage) -> UseTable.Key {
    UseTable.Key(
      role: image.role, container: "\(container) \(image.name)", image: image.image.text,
      holder: holder)
  }
}

extension Attribution {
  /// Whether the template's container of the same name has this variable or argument too.
  static func template(
    _ record: WorkloadRecord, of container: ContainerRecord, has image: ConfiguredImage,
    _ recognizes: ImageRecognizer
  ) -> Bool {
    record.template.containers.contains { candidate in
      candidate.name == container.name
        && candidate.configuredImages(recognizes).contains {
          ($0.role, $0.name, $0.image) == (image.role, image.name, image.image)
        }
    }
  }
}
