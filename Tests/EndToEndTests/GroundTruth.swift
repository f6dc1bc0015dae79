/// The recorded cluster's ground truth, turned into what a scan of the built-in kinds must say.
struct GroundTruth: Sendable {
  /// What is written in the workloads' own templates, and in Pods that nothing owns.
  private(set) var written: [ImagePlace: ExpectedImages.Reference] = [:]
  /// What only old or stuck revisions hold: place → activity.
  private(set) var revisions: [ImagePlace: String] = [:]

  init(_ expected: ExpectedImages, profile: TestClusterOptions.Profile) throws {
    let references = expected.references(servedBy: profile)
    var owned: [ExpectedImages.Reference] = []
    for reference in references {
      if reference.ownerKind != nil {
        owned.append(reference)
      } else if written.updateValue(reference, forKey: Self.place(reference)) != nil {
        throw Ambiguous(place: Self.place(reference))
      }
    }
    // A Job of a CronJob says what its CronJob's template says.
    for reference in owned where written[Self.place(reference)] == nil {
      revisions[Self.place(reference)] = Self.activity(of: reference, profile)
    }
    let owners = Dictionary(
      owned.map { ("\($0.namespace ?? "")/\($0.name)", $0) }, uniquingKeysWith: { $1 })
    for generated in expected.generated {
      addRevisions(of: generated, owners: owners, profile: profile)
    }
  }

  private mutating func addRevisions(
    of generated: ExpectedImages.Generated, owners: [String: ExpectedImages.Reference],
    profile: TestClusterOptions.Profile
  ) {
    let job = owners["\(generated.namespace)/\(generated.ownerName)"]
    let top = generated.ownerKind == "Job" ? job : nil
    for image in generated.refs {
      guard let role = Self.role(image.type, profile) else { continue }
      let place = ImagePlace(
        namespace: generated.namespace, kind: top?.ownerKind ?? generated.ownerKind,
        name: top?.ownerName ?? generated.ownerName, role: role, container: image.container,
        image: image.image)
      guard written[place] == nil else { continue }
      // In a stuck rollout the old revision still has replicas: it is as active as the new one.
      if generated.kind == "ReplicaSet", generated.replicas ?? 0 > 0 {
        revisions[place] = "active"
      } else if revisions[place] == nil {
        revisions[place] = "history"
      }
    }
  }

  struct Ambiguous: Error {
    var place: ImagePlace
  }

  private static func place(_ reference: ExpectedImages.Reference) -> ImagePlace {
    ImagePlace(
      namespace: reference.namespace ?? "", kind: reference.ownerKind ?? reference.kind,
      name: reference.ownerName ?? reference.name, role: word(reference.type),
      container: reference.container, image: reference.image)
  }

  /// The role as this release shows it; nil where it has no such thing.
  private static func role(
    _ role: ExpectedImages.Role, _ profile: TestClusterOptions.Profile
  ) -> String? {
    switch role {
    case .customResourceField: nil
    case .imageVolume, .ephemeral: profile == .current ? word(role) : nil
    case .sidecar: profile == .current ? "sidecar" : "init"
    case .container, .initContainer: word(role)
    }
  }

  private static func word(_ role: ExpectedImages.Role) -> String {
    role == .imageVolume ? "image-volume" : role.rawValue
  }

  /// DESIGN section 1: whether something starts this object's containers.
  static func activity(
    of reference: ExpectedImages.Reference, _ profile: TestClusterOptions.Profile
  ) -> String {
    switch reference.kind {
    case "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController":
      return reference.replicas == 0 ? "scaled-to-zero" : "active"
    case "CronJob":
      return reference.suspend == true ? "suspended" : "active"
    case "Job":
      switch reference.state {
      case "complete", "failed", "deadline", "parallel": return "completed"
      // Jobs can be suspended since 1.22; an older server does not know the field.
      case "suspended": return profile == .current || profile == .v1_24 ? "suspended" : "active"
      default: return "active"
      }
    case "Pod":
      let hasEnded = ["succeeded", "failed", "evicted"].contains(reference.behaviour)
      return hasEnded ? "completed" : "active"
    case "PodTemplate":
      return "inert"
    default:
      return "active"
    }
  }
}
