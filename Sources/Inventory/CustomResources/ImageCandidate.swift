import ImageReferences

/// Whether a text in a field of uncertain meaning reads like an image.
package enum ImageCandidate {
  /// Images of machines, and pictures: `osImage`, `logoImage`.
  private static let otherImages: Set<String> = [
    "osImage", "machineImage", "diskImage", "bootImage", "isoImage", "vmImage", "backgroundImage",
    "logoImage", "iconImage", "thumbnailImage", "avatarImage", "coverImage", "profileImage",
  ]

  /// Whether a schema's field of this name is meant for an image: `image`, `imageName`, `…Image`.
  package static func isImageName(_ name: String) -> Bool {
    if name == "image" || name == "imageName" { return true }
    return (name.hasSuffix("Image") || name.hasSuffix("_image") || name.hasSuffix("ImageName"))
      && !otherImages.contains(name)
  }

  /// Endings of names that may stand for an image, for another object, or for a picture.
  private static let unsureEndings = [
    "image", "image_name", "imagename", "imageref", "image_ref", "imagereference",
    "image_reference", "imageuri", "image_uri", "imageurl", "image_url", "imagerepository",
    "image_repository", "imagerepo", "imagespec", "imagepath",
  ]

  /// Whether a schema's field of this name may hold an image, so that its text decides:
  /// `imageRef`, `runnerimage`, `image_uri`.
  package static func mayBeImageName(_ name: String) -> Bool {
    guard !otherImages.contains(name) else { return false }
    let name = name.lowercased()
    return unsureEndings.contains { name.hasSuffix($0) }
  }

  /// Whether a field of this name is meant for a list of images.
  package static func isImageListName(_ name: String) -> Bool {
    name == "images" || name.hasSuffix("Images")
  }

  /// Whether a text in a field named for an image is one: machine images (`ubuntu-22.04`, `ami-…`,
  /// `projects/…/global/images/…`), addresses and patterns are not.
  package static func reads(_ text: String, besideContainerFields: Bool) -> Bool {
    guard let reference = ImageText.parse(text).reference else { return false }
    if besideContainerFields || hasHost(text) { return true }
    // Docker Hub has names of one or two parts; one that is written without a tag may be anything.
    return reference.repository.split(separator: "/").count <= 2
      && (reference.writtenTag != nil || reference.digest != nil || text.contains("/"))
  }

  /// Whether a container's image in a place known by its shape alone is one: a reference, or
  /// something that will be one.
  package static func mayBeContainerImage(_ text: String) -> Bool {
    if case .invalid = ImageText.parse(text) { return false }
    return true
  }

  /// Whether a text begins with a registry's host and goes on with a path: what a search in
  /// free text may take for an image at all.
  package static func hasHost(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= longest, let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      return false
    }
    let host = bytes[..<slash]
    return host.contains(UInt8(ascii: ".")) || host.contains(UInt8(ascii: ":"))
  }

  /// Whether a text is an account and a name on Docker Hub, as images are written without a registry:
  /// `minio/minio`; not `src/main.go`.
  package static func isHubName(_ text: String) -> Bool {
    guard text.utf8.count <= longest, let reference = ImageText.parse(text).reference,
      !reference.hasWrittenRegistry
    else { return false }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    return reference.writtenTag != nil || reference.digest != nil || !parts[1].contains(".")
  }

  /// A host, a repository of 255 bytes, a tag of 128 and a digest are shorter.
  private static let longest = 1024

  /// The reference in the address of an OCI artifact; nil for an address of another kind.
  package static func artifact(_ text: String) -> String? {
    for scheme in ["oci://", "docker://"] where text.hasPrefix(scheme) {
      return String(text.dropFirst(scheme.count))
    }
    return text.isEmpty || text.contains("://") ? nil : text
  }
}
