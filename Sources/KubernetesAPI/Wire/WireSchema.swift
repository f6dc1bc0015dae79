package import Inventory

/// What the items of a list are, and how one is decoded from either encoding.
package struct WireSchema<Record: Sendable>: Sendable {
  /// Fills a fresh record; returning one would cost a copy of it for every item.
  package typealias ProtobufItem =
    @Sendable (inout ProtobufItemDecoder, Span<UInt8>, Int, inout Record) throws(WireError) -> Void
  package typealias JSONItem =
    @Sendable (inout JSONItemDecoder, Span<UInt8>, inout JSONCursor) throws(WireError) -> Record

  /// The list's kind, for example `PodList`; nil accepts every kind that ends in `List`.
  let listKind: String?
  /// The group versions with the field numbers that the decoder knows; empty accepts every one.
  let apiVersions: [String]
  /// Decodes one item that lies whole in the span; nil when no server sends this as protobuf. The
  /// integer is the offset of the span in the body.
  let protobuf: (fresh: @Sendable () -> Record, decode: ProtobufItem)?
  /// Decodes the one value at the cursor, all of it.
  let json: JSONItem

  init(
    _ listKind: String?, _ apiVersions: [String], fresh: @escaping @Sendable () -> Record,
    protobuf: @escaping ProtobufItem, json: @escaping JSONItem
  ) {
    self.listKind = listKind
    self.apiVersions = apiVersions
    self.protobuf = (fresh, protobuf)
    self.json = json
  }

  /// The schema of a custom resource, which servers send as JSON alone.
  package init(custom json: @escaping JSONItem) {
    listKind = nil
    apiVersions = []
    protobuf = nil
    self.json = json
  }

  /// What a protobuf answer is refused with that should be JSON.
  var notProtobuf: WireError {
    .wrongKind(found: "protobuf", expected: "JSON of a custom resource")
  }

  /// Throws unless an answer says that it is a list of these items, or one of them.
  func check(apiVersion: String, kind: String, isList: Bool = true) throws(WireError) {
    let known = listKind.map { isList ? $0 : String($0.dropLast("List".count)) }
    let isKnown = known.map { $0 == kind } ?? (kind.hasSuffix("List") == isList)
    guard isKnown, apiVersions.isEmpty || apiVersions.contains(apiVersion) else {
      let found = [apiVersion, kind].filter { !$0.isEmpty }.joined(separator: " ")
      let expected = known.map { "\(apiVersions.first ?? "") \($0)" }
      throw .wrongKind(found: found, expected: expected ?? (isList ? "a list" : "an object"))
    }
  }
}

extension WireSchema where Record == PodRecord {
  package static var pods: WireSchema { pods(marks: .labelsUnlessControlled) }
  /// With the labels of all Pods, for a selector to match.
  package static var labelledPods: WireSchema { pods(marks: .all) }

  private static func pods(marks rule: MarkRule) -> WireSchema {
    WireSchema(
      "PodList", ["v1"], fresh: { PodRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.pod(bytes, base: base, marks: rule, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.pod(bytes, &cursor, marks: rule)
      })
  }
}

extension WireSchema where Record == WorkloadRecord {
  package static func workloads(_ kind: WorkloadKind) -> WireSchema {
    workloads(kind, marks: .unlessControlled)
  }
  /// With the labels and annotations of all of them, for a selector to match.
  package static func labelledWorkloads(_ kind: WorkloadKind) -> WireSchema {
    workloads(kind, marks: .all)
  }

  private static func workloads(_ kind: WorkloadKind, marks rule: MarkRule) -> WireSchema {
    WireSchema(
      "\(kind.rawValue)List", kind.apiVersions, fresh: { WorkloadRecord(kind: kind) },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.workload(bytes, base: base, marks: rule, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.workload(kind, bytes, &cursor, marks: rule)
      })
  }
}

extension WorkloadKind {
  /// The group versions whose messages have the field numbers in use here.
  fileprivate var apiVersions: [String] {
    switch self {
    case .deployment, .replicaSet, .statefulSet, .daemonSet: ["apps/v1"]
    case .job: ["batch/v1"]
    case .cronJob: ["batch/v1", "batch/v1beta1"]
    case .replicationController, .podTemplate: ["v1"]
    }
  }
}

extension WireSchema where Record == NodeRecord {
  package static var nodes: WireSchema {
    WireSchema(
      "NodeList", ["v1"], fresh: { NodeRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.node(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.node(bytes, &cursor)
      })
  }
}

extension WireSchema where Record == MetadataRecord {
  package static var namespaces: WireSchema { metadata("NamespaceList", ["v1"]) }
  /// Any list of objects, of which only the metadata is read; also `PartialObjectMetadataList`.
  package static var metadataOnly: WireSchema { metadata(nil, []) }

  private static func metadata(_ kind: String?, _ apiVersions: [String]) -> WireSchema {
    WireSchema(
      kind, apiVersions, fresh: { MetadataRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.metadataOnly(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.metadataOnly(bytes, &cursor)
      })
  }
}

extension WireSchema where Record == EventRecord {
  package static var events: WireSchema {
    WireSchema(
      "EventList", ["v1"], fresh: { EventRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.event(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.event(bytes, &cursor)
      })
  }
}

extension WireSchema where Record == ConfigMapRecord {
  package static var configMaps: WireSchema {
    WireSchema(
      "ConfigMapList", ["v1"], fresh: { ConfigMapRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.configMap(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.configMap(bytes, &cursor)
      })
  }
}

extension WireSchema where Record == ControllerRevisionRecord {
  package static var controllerRevisions: WireSchema {
    WireSchema(
      "ControllerRevisionList", ["apps/v1"], fresh: { ControllerRevisionRecord() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.controllerRevision(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.controllerRevision(bytes, &cursor)
      })
  }
}
