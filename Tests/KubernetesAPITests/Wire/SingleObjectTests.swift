import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// Answers that hold one object.
@Suite struct SingleObjectTests {
  private static let encodings = WireEncoding.allCases

  @Test(arguments: encodings)
  func aNamespace(encoding: WireEncoding) throws {
    let body = Array(try Recording.body("single-namespace-\(encoding)"))
    let metadata = try WireSchema.namespaces.object(body, encoding).metadata
    #expect(metadata.name == "shop" && metadata.uid.count == 36)
    #expect(metadata.labels == ["kubernetes.io/metadata.name": "shop", "team": "shop"])
    #expect(metadata.annotations == ["owner": "shop@example.com"])
  }

  @Test(arguments: encodings)
  func aConfigMap(encoding: WireEncoding) throws {
    let body = Array(try Recording.body("single-configmap-\(encoding)"))
    let record = try WireSchema.configMaps.object(body, encoding)
    #expect(record.metadata.name == "istio-sidecar-injector")
    #expect(record.metadata.annotations == ["note": "kept by hand"])
    #expect(record.data["config"] == "# über\ntemplate: \"quoted\"\n")
    #expect(record.data.keys.sorted() == ["config", "empty", "values"])
  }

  @Test func bothEncodingsSayTheSame() throws {
    func object<Record: Sendable>(
      _ schema: WireSchema<Record>, _ name: String, _ encoding: WireEncoding
    ) throws -> Record {
      try schema.object(Array(Recording.body("\(name)-\(encoding)")), encoding)
    }
    #expect(
      try object(.namespaces, "single-namespace", .protobuf)
        == object(.namespaces, "single-namespace", .json))
    #expect(
      try object(.configMaps, "single-configmap", .protobuf)
        == object(.configMaps, "single-configmap", .json))
  }

  @Test(arguments: encodings)
  func everyTruncationIsRefused(encoding: WireEncoding) throws {
    let body = Array(try Recording.body("single-configmap-\(encoding)"))
    let whole = try WireSchema.configMaps.object(body, encoding)
    // What follows the object: a line feed, and empty fields of the envelope.
    let complete = encoding == .json ? [body.count - 1] : [body.count - 4, body.count - 2]
    for length in 0..<body.count {
      let part = Array(body.prefix(length))
      if complete.contains(length) {
        #expect(try WireSchema.configMaps.object(part, encoding) == whole)
      } else {
        #expect(throws: WireError.self, "\(length) bytes") {
          try WireSchema.configMaps.object(part, encoding)
        }
      }
    }
  }

  @Test func whatFollowsTheObjectIsRefused() throws {
    let body = Array(try Recording.body("single-namespace-json"))
    #expect(throws: WireError.malformed(atByte: body.count, expected: "the end of the answer")) {
      try WireSchema.namespaces.object(body + [UInt8(ascii: "{")], .json)
    }
  }

  @Test func anotherKindIsRefused() throws {
    let body = Array(try Recording.body("single-namespace-protobuf"))
    #expect(throws: WireError.wrongKind(found: "v1 Namespace", expected: "v1 ConfigMap")) {
      try WireSchema.configMaps.object(body, .protobuf)
    }
    #expect(throws: WireError.self) { try WireSchema.scaledObjects.object(body, .protobuf) }
  }
}
