import ImageReferences
import RegistryProbes
import Reports

/// Ways and hosts as a document of their own kind.
enum ConnectivityJSON {
  static func document(_ report: ConnectivityReport) -> [UInt8] {
    JSONValue.members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Connectivity"),
      "isOpen": .bool(report.isOpen),
      "ways": .array(report.ways.map(way)),
      "hosts": .array(report.hosts.map(host)),
    ]).serialized()
  }

  private static func way(_ way: PullWay) -> JSONValue {
    .members([
      "image": .string(way.reference.canonical),
      "isOpen": .bool(way.isOpen),
      "steps": .array(
        way.steps.map { step in
          .members([
            "part": .string(step.part.rawValue),
            "arrives": .bool(step.obstacle == nil),
            "reason": .text(step.obstacle?.reason),
            "hosts": .texts(step.hops.map(\.host)),
          ])
        }),
    ])
  }

  private static func host(_ host: ConnectivityReport.Host) -> JSONValue {
    .members([
      "host": .string(host.name),
      "for": .text(host.purpose.map(word)),
      "region": .string(host.region),
      "isOnTheWay": .bool(host.isOnTheWay),
      "state": .string(host.state.rawValue),
      "status": host.status.map { .count($0) } ?? .null,
      "issuer": .text(host.issuer),
      "reason": .text(host.reason),
    ])
  }

  private static func word(_ purpose: KubernetesBackend.Purpose) -> String {
    switch purpose {
    case .registry: "registry"
    case .artifactRegistry: "artifact-registry"
    case .bucket: "bucket"
    case .everywhere: "cloudfront"
    }
  }
}
