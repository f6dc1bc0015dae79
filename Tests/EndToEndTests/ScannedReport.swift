import Foundation

/// `-o json` as a reader of the documented format sees it: only what tests look at.
struct ScannedReport: Decodable, Sendable {
  struct Cluster: Decodable, Sendable {
    var serverVersion: String?
    var counts: Counts
    var namespaces: [Namespace]
    var findings: [Finding]
    var coverage: [Coverage]
  }

  struct Counts: Decodable, Sendable {
    var namespaces: Int
    var workloads: Int
    var imageUses: Int
    var workloadsAtRisk: Int
    var findings: Int
    var historyFindings: Int
    var coverageGaps: Int
  }

  struct Namespace: Decodable, Sendable {
    var name: String
    var risk: String
    var workloads: Int
    var atRisk: Int
  }

  struct Workload: Decodable, Hashable, Sendable {
    var apiVersion: String
    var kind: String
    var namespace: String
    var name: String
    var activity: String
    var desired: Int?
    var wasRead: Bool
  }

  struct Image: Decodable, Sendable {
    var text: String
    var state: String
    var registry: String?
    var repository: String?
    var tag: String?
    var digest: String?
  }

  struct Origin: Decodable, Sendable {
    var kind: String
    var detail: String?
  }

  struct Failure: Decodable, Sendable {
    var reason: String
  }

  struct Finding: Decodable, Sendable {
    var kind: String
    var risk: String
    var exposure: String
    var rule: String?
    var counts: Bool
    var reasons: [String]
    var workload: Workload
    var activity: String
    var path: String
    var container: String
    var role: String
    var image: Image
    var pullPolicy: String?
    var origin: Origin
    var pods: Int
    var nodesWithImage: Int?
    var nodesTotal: Int?
    var failures: [Failure]
    var team: String?
    var replacement: String?

    /// Whether a container or an image volume has it, and not what configures or surrounds them.
    var isInPodSpec: Bool {
      !["env", "argument", "configuration", "sandbox"].contains(role)
    }

    var place: ImagePlace {
      ImagePlace(
        namespace: workload.namespace, kind: workload.kind, name: workload.name, role: role,
        container: container, image: image.text)
    }
  }

  struct Coverage: Decodable, Sendable {
    var resource: String
    var namespace: String
    var state: String
    var reason: String
    var isGap: Bool
  }

  var scannedAt: String
  var clusters: [Cluster]

  /// What a run printed; the error of a run that printed no report shows what it said instead.
  init(_ result: ProcessResult) throws {
    guard result.status == 0 else {
      throw UnexpectedRun(ending: "\(result.ending)", said: result.stderr)
    }
    self = try JSONDecoder().decode(Self.self, from: result.output)
  }

  struct UnexpectedRun: Error {
    var ending: String
    var said: String
  }

  /// The one cluster of a scan.
  var cluster: Cluster {
    get throws {
      guard let only = clusters.first, clusters.count == 1 else {
        throw UnexpectedRun(ending: "\(clusters.count) clusters", said: "")
      }
      return only
    }
  }
}

/// One image in one role of one top-level workload: what the ground truth and a scan have in
/// common.
struct ImagePlace: Hashable, Sendable, CustomStringConvertible {
  var namespace: String
  var kind: String
  var name: String
  var role: String
  var container: String
  var image: String

  var description: String {
    "\(namespace) \(kind)/\(name) \(role) \(container) \(image.debugDescription)"
  }
}
