import CEmbedded
import YAMLDocuments

/// The embedded sample cluster: answers requests as an API server would.
struct SampleCluster: Sendable {
  struct Answer: Sendable {
    let status: Int
    let json: String
  }

  private struct Kind: Hashable {
    let groupVersion: String
    let resource: String

    /// Empty for the core group.
    var group: String {
      groupVersion.contains("/") ? String(groupVersion.prefix { $0 != "/" }) : ""
    }

    var qualifiedName: String {
      group.isEmpty ? resource : "\(resource).\(group)"
    }
  }

  /// The kinds of the sample, and where a server lists them.
  private static let kinds: [String: Kind] = [
    "Node": Kind(groupVersion: "v1", resource: "nodes"),
    "Namespace": Kind(groupVersion: "v1", resource: "namespaces"),
    "Pod": Kind(groupVersion: "v1", resource: "pods"),
    "ReplicationController": Kind(groupVersion: "v1", resource: "replicationcontrollers"),
    "PodTemplate": Kind(groupVersion: "v1", resource: "podtemplates"),
    "Deployment": Kind(groupVersion: "apps/v1", resource: "deployments"),
    "ReplicaSet": Kind(groupVersion: "apps/v1", resource: "replicasets"),
    "StatefulSet": Kind(groupVersion: "apps/v1", resource: "statefulsets"),
    "DaemonSet": Kind(groupVersion: "apps/v1", resource: "daemonsets"),
    "Job": Kind(groupVersion: "batch/v1", resource: "jobs"),
    "CronJob": Kind(groupVersion: "batch/v1", resource: "cronjobs"),
    "HorizontalPodAutoscaler": Kind(
      groupVersion: "autoscaling/v2", resource: "horizontalpodautoscalers"),
  ]
  private static let clusterScoped: Set<String> = ["Node", "Namespace"]

  private let version: String
  /// What this user may not do: `resource` across the cluster, and in one namespace.
  private let forbidden: (resource: String, namespace: String)
  let namespaces: [String]
  private let objects: [(kind: String, namespace: String, json: String)]

  static func embedded() throws -> SampleCluster {
    var length = 0
    // A C array of static storage: valid for `length` bytes and never written.
    guard let start = gcr_embedded_sample_cluster(&length) else { throw SampleError.noData }
    return try SampleCluster(Array(UnsafeBufferPointer(start: start, count: length)))
  }

  init(_ bytes: [UInt8]) throws {
    let documents = try YAMLDocuments.load(bytes)
    guard let head = documents.first, head["kind"]?.string == "SampleCluster",
      let version = head["version"]?.string,
      let resource = head["forbidden"]?["resource"]?.string,
      let namespace = head["forbidden"]?["namespace"]?.string,
      let names = head["namespaces"]?.sequence
    else { throw SampleError.noHead }
    self.version = version
    forbidden = (resource, namespace)
    namespaces = names.compactMap(\.string)
    var objects = try documents.dropFirst().map { document in
      guard let kind = document["kind"]?.string, Self.kinds[kind] != nil else {
        throw SampleError.unknownKind(line: document.start.line)
      }
      return (kind, document["metadata"]?["namespace"]?.string ?? "", document.json)
    }
    for name in namespaces {
      objects.append(
        ("Namespace", "", #"{"metadata":{"name":"\#(name)","uid":"ns-\#(name)"}}"#))
    }
    self.objects = objects
  }

  /// Answers `method path`; the query does not matter, every list is one page.
  func answer(method: String, path: String, body: String) -> Answer {
    if path == "/version" {
      return Answer(
        status: 200, json: #"{"major":"1","minor":"31","gitVersion":"\#(version)"}"#)
    }
    if path == "/api" { return discovery { !$0.contains("/") } }
    if path == "/apis" { return discovery { $0.contains("/") } }
    if method == "POST" { return rules(body) }
    let parts = path.split(separator: "/")
    if parts.count == 4, parts.starts(with: ["api", "v1", "namespaces"]) {
      return namespace(String(parts[3]))
    }
    return list(path)
  }

  private func namespace(_ name: String) -> Answer {
    guard namespaces.contains(name) else {
      return status(404, "NotFound", "this namespace was not found")
    }
    // The UID of kube-system stands for the cluster's own.
    let uid = name == "kube-system" ? "5a3c0de0-sample" : "ns-\(name)"
    return Answer(
      status: 200,
      json: #"{"kind":"Namespace","metadata":{"name":"\#(name)","uid":"\#(uid)"}}"#)
  }

  private func discovery(_ isWanted: (String) -> Bool) -> Answer {
    let kinds = Self.kinds.filter { isWanted($0.value.groupVersion) }
    let groups = Dictionary(grouping: kinds.sorted { $0.key < $1.key }, by: \.value.groupVersion)
    let items = groups.sorted { $0.key < $1.key }.map { groupVersion, kinds in
      let parts = groupVersion.split(separator: "/")
      let group = parts.count == 2 ? String(parts[0]) : ""
      let resources = kinds.map { kind, place in
        let scope = Self.clusterScoped.contains(kind) ? "Cluster" : "Namespaced"
        return #"{"resource":"\#(place.resource)","responseKind":{"kind":"\#(kind)"},"#
          + #""scope":"\#(scope)","verbs":["get","list"]}"#
      }
      return #"{"metadata":{"name":"\#(group)"},"versions":[{"version":"\#(parts.last ?? "")","#
        + #""resources":[\#(resources.joined(separator: ","))]}]}"#
    }
    return Answer(
      status: 200,
      json: #"{"kind":"APIGroupDiscoveryList","items":[\#(items.joined(separator: ","))]}"#)
  }

  private func list(_ path: String) -> Answer {
    guard
      let (kind, place, namespace) = Self.kinds.lazy
        .compactMap({ kind, place in
          Self.namespace(path, place).map { (kind, place, $0) }
        }).first
    else { return status(404, "NotFound", "the server could not find the requested resource") }
    let qualified = place.qualifiedName
    if qualified == forbidden.resource, namespace.isEmpty || namespace == forbidden.namespace {
      let scope = namespace.isEmpty ? "at the cluster scope" : "in the namespace \(namespace)"
      return status(
        403, "Forbidden", "\(qualified) is forbidden: User sample cannot list it \(scope)")
    }
    let items = objects.filter {
      $0.kind == kind && (namespace.isEmpty || $0.namespace == namespace)
    }.map(\.json)
    return Answer(
      status: 200,
      json: #"{"kind":"\#(kind)List","apiVersion":"\#(place.groupVersion)","#
        + #""metadata":{"resourceVersion":"1"},"items":[\#(items.joined(separator: ","))]}"#)
  }

  /// The namespace of a list's path: empty for the whole cluster; nil for another list.
  private static func namespace(_ path: String, _ place: Kind) -> String? {
    let root = place.groupVersion == "v1" ? "/api/v1" : "/apis/\(place.groupVersion)"
    if path == "\(root)/\(place.resource)" { return "" }
    let parts = path.dropFirst(root.count).split(separator: "/")
    guard path.hasPrefix(root), parts.count == 3, parts[0] == "namespaces",
      parts[2] == place.resource
    else { return nil }
    return String(parts[1])
  }

  /// A SelfSubjectRulesReview: everything may be listed, but for the forbidden kind in its
  /// namespace.
  private func rules(_ body: String) -> Answer {
    let isForbidden = body.contains("\"\(forbidden.namespace)\"")
    let allowed = Self.kinds.values.sorted { $0.resource < $1.resource }.filter {
      !isForbidden || $0.qualifiedName != forbidden.resource
    }.map {
      #"{"verbs":["list"],"apiGroups":["\#($0.group)"],"resources":["\#($0.resource)"]}"#
    }
    return Answer(
      status: 201,
      json: #"{"kind":"SelfSubjectRulesReview","status":{"resourceRules":["#
        + allowed.joined(separator: ",") + "],"
        + #""nonResourceRules":[],"incomplete":false}}"#)
  }

  private func status(_ code: Int, _ reason: String, _ message: String) -> Answer {
    Answer(
      status: code,
      json: #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#
        + #""message":"\#(message)","reason":"\#(reason)","code":\#(code)}"#)
  }
}

/// The embedded sample is wrong: a defect of this program, found by its tests.
enum SampleError: Error, Hashable {
  case noData
  case noHead
  case unknownKind(line: Int)
}
