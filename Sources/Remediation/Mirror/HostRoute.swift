/// Where a node may find the images of one registry instead.
package struct HostRoute: Hashable, Sendable {
  /// As references name it, the port included.
  package let host: String
  /// The registry that replaces all of it, by a rule of the catalogue.
  package var whole: MirrorLocation?
  /// The copies of its images.
  package var own: MirrorLocation?
  /// Parts of it that a rule finds elsewhere, by path.
  package var parts: [PartRoute] = []
  /// Images that the cluster names, for trying it out; sorted, few.
  package var samples: [String] = []

  /// Where what is not one of the parts may be found, the copies first.
  var locations: [MirrorLocation] { [own, whole].compactMap { $0 } }

  /// The parts that a node may be told about as a whole.
  var movableParts: [PartRoute] { parts.filter { !$0.keepsOthers } }

  /// The route of a part, its copies included.
  func own(_ part: PartRoute) -> MirrorLocation? {
    own.map { MirrorLocation(registry: $0.registry, path: "\($0.path)/\(part.path)") }
  }
}

/// A path of a registry that has the same content elsewhere.
package struct PartRoute: Hashable, Sendable {
  package let path: String
  /// Whether `path` is one repository rather than what stands before several.
  package let isRepository: Bool
  package let location: MirrorLocation
  /// Only some tags are there, and the others where they were: no node tells tags apart.
  package var keepsOthers = false
}
