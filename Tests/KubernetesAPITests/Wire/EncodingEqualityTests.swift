import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// Protobuf and JSON of one list give equal records, whatever the list.
@Suite struct EncodingEqualityTests {
  private func expectEqual<Record: Hashable & Sendable>(
    _ name: String, _ schema: WireSchema<Record>, count: Int
  ) throws {
    let protobuf = try Decoded(schema, .protobuf, Recording.list(name, .protobuf))
    let json = try Decoded(schema, .json, Recording.list(name, .json))
    #expect(protobuf.records.count == count)
    #expect(json.records.count == count)
    for (left, right) in zip(protobuf.records, json.records) { #expect(left == right) }
    #expect(protobuf.header == json.header)
    #expect(protobuf.header?.resourceVersion == "6874")
    #expect(protobuf.header?.continueToken == "")
  }

  @Test func pods() throws { try expectEqual("core-pods", .pods, count: 563) }
  @Test func nodes() throws { try expectEqual("core-nodes", .nodes, count: 12) }
  @Test func namespaces() throws { try expectEqual("core-namespaces", .namespaces, count: 49) }
  @Test func events() throws { try expectEqual("core-events", .events, count: 938) }
  @Test func configMaps() throws { try expectEqual("core-configmaps", .configMaps, count: 120) }

  @Test func controllerRevisions() throws {
    try expectEqual("apps-controllerrevisions", .controllerRevisions, count: 41)
  }

  @Test func apiServices() throws {
    try expectEqual("apiregistration.k8s.io-apiservices", .apiServices, count: 31)
  }

  @Test func definitions() throws {
    try expectEqual(
      "apiextensions.k8s.io-customresourcedefinitions", .customResourceDefinitions, count: 12)
  }

  /// JSON has the bytes of a Secret in base64.
  @Test func entries() throws {
    try expectEqual("core-secrets", .secretEntries("release"), count: 57)
    try expectEqual("core-configmaps", .configMapEntries("ca.crt"), count: 120)
    let secrets = try Decoded(
      .secretEntries("release"), .protobuf, Recording.list("core-secrets", .protobuf))
    // Helm's own base64 of gzip.
    #expect(secrets.records.contains { $0.value.starts(with: Array("H4sI".utf8)) })
    #expect(throws: WireError.malformed(atByte: 68, expected: "base64")) {
      try Decoded(
        .secretEntries("release"),
        json: #"{"kind":"SecretList","apiVersion":"v1","items":[{"data":{"release":"?"}}]}"#)
    }
  }

  /// `autoscaling/v2` and `v1` of the same objects: those of a Deployment, a StatefulSet that KEDA
  /// scales, and a Rollout.
  @Test(arguments: ["v1", "v2"])
  func autoscalers(version: String) throws {
    let schema = WireSchema.horizontalPodAutoscalers
    let protobuf = try Decoded(schema, .protobuf, Recording.body("hpa-\(version)-protobuf"))
    let json = try Decoded(schema, .json, Recording.body("hpa-\(version)-json"))
    #expect(protobuf.records == json.records)
    #expect(protobuf.header?.resourceVersion == json.header?.resourceVersion)
    #expect(
      protobuf.records.map {
        "\($0.kind) \($0.metadata.namespace)/\($0.metadata.name) -> \($0.targetKind)/\($0.targetName)"
      } == [
        "HorizontalPodAutoscaler default/roll -> Rollout/roll",
        "HorizontalPodAutoscaler shop/keda-hpa-queue -> StatefulSet/queue",
        "HorizontalPodAutoscaler shop/web -> Deployment/web",
      ])
  }

  @Test(arguments: [
    (WorkloadKind.deployment, "apps-deployments", 189),
    (.replicaSet, "apps-replicasets", 286),
    (.statefulSet, "apps-statefulsets", 27),
    (.daemonSet, "apps-daemonsets", 14),
    (.job, "batch-jobs", 50),
    (.cronJob, "batch-cronjobs", 24),
    (.replicationController, "core-replicationcontrollers", 7),
    (.podTemplate, "core-podtemplates", 4),
  ])
  func workloads(kind: WorkloadKind, name: String, count: Int) throws {
    try expectEqual(name, .workloads(kind), count: count)
  }

  @Test(arguments: [
    ("apiextensions.k8s.io-customresourcedefinitions", 12),
    ("apiregistration.k8s.io-apiservices", 31), ("core-secrets", 57),
    ("core-serviceaccounts", 61), ("scheduling.k8s.io-priorityclasses", 2),
    ("admissionregistration.k8s.io-mutatingwebhookconfigurations", 1), ("core-pods", 563),
  ])
  func metadataOnly(name: String, count: Int) throws {
    try expectEqual(name, .metadataOnly, count: count)
  }

  /// A recording that is added to the folder is compared without anybody thinking of it.
  @Test func everyRecordingInBothEncodings() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Recording.folder.path)
    let names = files.filter { $0.hasPrefix("all-") && $0.hasSuffix("-protobuf.body") }.map {
      String($0.dropFirst("all-".count).dropLast("-protobuf.body".count))
    }
    #expect(names.count >= 20)
    for name in names {
      let protobuf = try Decoded(.metadataOnly, .protobuf, Recording.list(name, .protobuf))
      let json = try Decoded(.metadataOnly, .json, Recording.list(name, .json))
      #expect(protobuf.records == json.records, "\(name)")
      #expect(protobuf.header == json.header, "\(name)")
    }
  }

  @Test func partialObjectMetadata() throws {
    let protobuf = try Decoded(
      .metadataOnly, .protobuf, Recording.body("partial-pods-team-b-protobuf"))
    let json = try Decoded(.metadataOnly, .json, Recording.body("partial-pods-team-b"))
    #expect(protobuf.records == json.records)
    #expect(!json.records.isEmpty)
  }

  @Test(arguments: ["01", "02", "12"])
  func pages(number: String) throws {
    let protobuf = try Decoded(
      .pods, .protobuf, Recording.body("pages-pods-limit50-protobuf-\(number)"))
    let json = try Decoded(.pods, .json, Recording.body("pages-pods-limit50-json-\(number)"))
    #expect(protobuf.records == json.records)
    #expect(json.records.count == (number == "12" ? 13 : 50))
    let header = try #require(json.header)
    #expect(header.continueToken.isEmpty == (number == "12"))
    #expect(header.remainingItemCount == ["01": 513, "02": 463][number])
    #expect(protobuf.header?.remainingItemCount == header.remainingItemCount)
  }
}
