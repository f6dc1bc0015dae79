import Foundation

/// The ground truth of the recorded cluster (Tests/Fixtures/recordings/expected-images.json):
/// computed from the definitions that were sent to the real server, never read from it.
struct ExpectedImages: Decodable, Sendable {
  enum Role: String, Decodable, Sendable, CaseIterable {
    case container
    case initContainer = "init"
    case sidecar
    case ephemeral
    case imageVolume
    /// A field of a custom resource that is no container.
    case customResourceField = "crdField"
  }

  /// One image in one object that was written to the server.
  struct Reference: Decodable, Sendable {
    var apiVersion: String
    var kind: String
    /// Nil for cluster-scoped objects.
    var namespace: String?
    var name: String
    var container: String
    var type: Role
    var path: String
    /// As it was written, surrounding white space included.
    var image: String
    var host: String?
    var legacy: Bool
    var legacyWide: Bool?
    /// Why the reading of this reference is a matter of taste; nil for the ordinary ones.
    var edge: String?
    var imagePullPolicy: String?
    var replicas: Int?
    var suspend: Bool?
    /// Of Jobs: `complete`, `failed`, `active` …
    var state: String?
    /// How the played kubelet treated a Pod: `run`, `errImagePull` …
    var behaviour: String?
    var ownerKind: String?
    var ownerName: String?
  }

  /// Objects that the server's controllers made of a written one.
  struct Generated: Decodable, Sendable {
    struct Image: Decodable, Sendable {
      var container: String
      var type: Role
      var image: String
      var host: String?
      var legacy: Bool
    }

    var apiVersion: String
    var kind: String
    var namespace: String
    var ownerKind: String
    var ownerName: String
    /// Number of such objects; their names are the server's.
    var count: Int
    var refs: [Image]
    /// Between the objects and the owner: `ReplicaSet`, `Job`.
    var via: String?
    var revision: Int?
    var replicas: Int?
    /// Whether this ReplicaSet is its Deployment's newest.
    var current: Bool?
  }

  /// An image in a ConfigMap, an environment variable or a Helm release.
  struct Other: Decodable, Sendable {
    var kind: String
    var namespace: String
    var name: String
    var `where`: String
    var image: String
    var host: String?
    var legacy: Bool
    var isRepositoryPrefix: Bool?
    var chart: String?
    var revision: Int?
    var status: String?
  }

  /// An image that a node's status lists.
  struct NodeImage: Decodable, Sendable {
    var node: String
    var image: String
    var host: String?
    var legacy: Bool
  }

  var refs: [Reference]
  var generated: [Generated]
  var other: [Other]
  var nodes: [NodeImage]

  /// The kinds that Kubernetes itself serves.
  static let builtInKinds: Set<String> = [
    "Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob",
    "ReplicationController", "PodTemplate",
  ]

  static func load() throws -> ExpectedImages {
    let file = TestFolders.recordings.appendingPathComponent("expected-images.json")
    return try JSONDecoder().decode(ExpectedImages.self, from: Data(contentsOf: file))
  }

  /// References of built-in kinds in a pod spec, in these roles.
  func references(
    in roles: Set<Role> = [.container, .initContainer, .sidecar, .ephemeral, .imageVolume]
  ) -> [Reference] {
    refs.filter { reference in
      let group = reference.apiVersion.split(separator: "/").first.map(String.init) ?? ""
      return Self.builtInKinds.contains(reference.kind) && roles.contains(reference.type)
        && ["v1", "apps", "batch"].contains(group)
    }
  }
}

extension ExpectedImages {
  /// What an older release knows of the same objects, as Tests/TestCluster/profiles.py drops it:
  /// before 1.29 a sidecar is an init container, before 1.31 there are no image volumes, before
  /// 1.23 no ephemeral containers, and before 1.21 CronJobs are `batch/v1beta1`.
  func references(servedBy profile: TestClusterOptions.Profile) -> [Reference] {
    guard profile != .current else { return references() }
    let isBefore1_23 = profile != .v1_24
    return references().compactMap { reference in
      var reference = reference
      switch reference.type {
      case .imageVolume: return nil
      case .ephemeral where isBefore1_23: return nil
      case .sidecar: reference.type = .initContainer
      default: break
      }
      if reference.kind == "CronJob" && isBefore1_23 { reference.apiVersion = "batch/v1beta1" }
      return reference
    }
  }
}
