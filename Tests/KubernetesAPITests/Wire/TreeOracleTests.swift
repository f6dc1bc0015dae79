import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// The records against a tree that Foundation's parser builds of the same JSON: an independent reading.
@Suite struct TreeOracleTests {
  private typealias Object = [String: Any]

  private func items(_ name: String) throws -> [[String: Any]] {
    let tree = try JSONSerialization.jsonObject(with: Recording.list(name, .json))
    return try #require((tree as? Object)?["items"] as? [Object])
  }

  /// One line per container and image volume of a pod spec.
  private func lines(_ spec: Object) -> [String] {
    var lines: [String] = []
    for (list, role) in [
      ("containers", "container"), ("initContainers", "init"),
      ("ephemeralContainers", "ephemeral"),
    ] {
      for (index, container) in (spec[list] as? [Object] ?? []).enumerated() {
        let isSidecar = role == "init" && container["restartPolicy"] as? String == "Always"
        lines.append(
          "\(isSidecar ? "sidecar" : role) \(index) \(container["name"] ?? "")"
            + " \(container["image"] ?? "") \(container["imagePullPolicy"] ?? "")")
        for (place, variable) in (container["env"] as? [Object] ?? []).enumerated() {
          guard let name = variable["name"] as? String, let value = variable["value"] as? String,
            !value.isEmpty,
            name == "IMAGE" || name.hasSuffix("_IMAGE") || name.hasPrefix("RELATED_IMAGE_")
          else { continue }
          lines.append("  env \(place) \(name)=\(value)")
        }
        for list in ["command", "args"] {
          for (place, text) in (container[list] as? [String] ?? []).enumerated()
          where text.contains("/") {
            lines.append("  \(list) \(place) \(text)")
          }
        }
      }
    }
    for (index, volume) in (spec["volumes"] as? [Object] ?? []).enumerated() {
      guard let image = volume["image"] as? Object else { continue }
      lines.append(
        "image-volume \(index) \(volume["name"] ?? "") \(image["reference"] ?? "")"
          + " \(image["pullPolicy"] ?? "")")
    }
    return lines
  }

  private func lines(_ spec: PodSpecRecord) -> [String] {
    spec.containers.flatMap { container in
      [
        "\(container.role.rawValue) \(container.index) \(container.name) \(container.image)"
          + " \(container.pullPolicy.rawValue)"
      ] + container.environment.map { "  env \($0.index) \($0.name)=\($0.value)" }
        + container.arguments.map { "  \($0.list.rawValue) \($0.index) \($0.value)" }
    }
  }

  @Test func podSpecs() throws {
    let records = try Decoded(.pods, .protobuf, Recording.list("core-pods", .protobuf)).records
    for (record, item) in zip(records, try items("core-pods")) {
      let spec = try #require(item["spec"] as? Object)
      #expect(lines(record.spec) == lines(spec))
      #expect(record.nodeName == spec["nodeName"] as? String ?? "")
      #expect(record.spec.nodeSelector == spec["nodeSelector"] as? [String: String] ?? [:])
      #expect(record.spec.tolerations.count == (spec["tolerations"] as? [Object] ?? []).count)
    }
  }

  @Test func podStatuses() throws {
    let records = try Decoded(.pods, .json, Recording.list("core-pods", .json)).records
    for (record, item) in zip(records, try items("core-pods")) {
      let status = try #require(item["status"] as? Object)
      #expect(record.phase == status["phase"] as? String ?? "")
      #expect(record.reason == status["reason"] as? String ?? "")
      let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
      let expected = lists.flatMap { status[$0] as? [Object] ?? [] }.map { one in
        let state = one["state"] as? Object ?? [:]
        let key = state.keys.first ?? "unknown"
        let detail = state[key] as? Object ?? [:]
        let reason = key == "running" ? "" : detail["reason"] as? String ?? ""
        let message = key == "waiting" ? detail["message"] as? String ?? "" : ""
        return "\(one["name"] ?? "") \(key) \(reason) \(message)"
      }
      let actual = record.statuses.map {
        "\($0.name) \($0.state.rawValue) \($0.reason) \($0.message)"
      }
      #expect(actual == expected)
    }
  }

  /// Only a selector looks at the labels of what a controller owns.
  @Test(arguments: WireEncoding.allCases)
  func marksOfWhatIsControlled(encoding: WireEncoding) throws {
    let list = try Recording.list("apps-replicasets", encoding)
    let lean = try Decoded(.workloads(.replicaSet), encoding, list).records
    let labelled = try Decoded(.labelledWorkloads(.replicaSet), encoding, list).records
    var controlled = 0
    for ((lean, labelled), item) in zip(zip(lean, labelled), try items("apps-replicasets")) {
      let tree = try #require(item["metadata"] as? Object)
      let owners = tree["ownerReferences"] as? [Object] ?? []
      let isControlled = owners.contains { $0["controller"] as? Bool == true }
      controlled += isControlled ? 1 : 0
      let labels = tree["labels"] as? [String: String] ?? [:]
      #expect(labelled.metadata.labels == labels)
      #expect(!labelled.metadata.annotations.isEmpty || !isControlled)
      #expect(lean.metadata.labels == (isControlled ? [:] : labels))
      #expect(
        lean.metadata.annotations == (isControlled ? [:] : labelled.metadata.annotations))
    }
    #expect(controlled > 200)
  }

  @Test func metadata() throws {
    for name in ["core-pods", "apps-deployments", "apps-replicasets", "core-nodes"] {
      let records = try Decoded(.metadataOnly, .json, Recording.list(name, .json)).records
      for (record, item) in zip(records, try items(name)) {
        let tree = try #require(item["metadata"] as? Object)
        #expect(record.metadata.name == tree["name"] as? String)
        #expect(record.metadata.namespace == tree["namespace"] as? String ?? "")
        #expect(record.metadata.uid == tree["uid"] as? String)
        #expect(record.metadata.labels == tree["labels"] as? [String: String] ?? [:])
        let annotations = tree["annotations"] as? [String: String] ?? [:]
        #expect(
          record.metadata.annotations
            == annotations.filter {
              $0.value.utf8.count <= 1024
                && $0.key != "kubectl.kubernetes.io/last-applied-configuration"
            })
        let owners = tree["ownerReferences"] as? [Object] ?? []
        let owner = owners.first { $0["controller"] as? Bool == true } ?? owners.first
        #expect(record.metadata.owner?.uid == owner?["uid"] as? String)
        #expect(record.metadata.owner?.kind == owner?["kind"] as? String)
        #expect(record.metadata.owner?.name == owner?["name"] as? String)
        #expect(record.metadata.owner?.apiVersion == owner?["apiVersion"] as? String)
        let created = try #require(tree["creationTimestamp"] as? String)
        let date = try Date(created, strategy: .iso8601)
        #expect(record.metadata.creationTimestamp == Int64(date.timeIntervalSince1970))
      }
    }
  }

  @Test(arguments: [
    (WorkloadKind.deployment, "apps-deployments"), (.replicaSet, "apps-replicasets"),
    (.statefulSet, "apps-statefulsets"), (.daemonSet, "apps-daemonsets"), (.job, "batch-jobs"),
    (.cronJob, "batch-cronjobs"), (.replicationController, "core-replicationcontrollers"),
    (.podTemplate, "core-podtemplates"),
  ])
  func workloads(kind: WorkloadKind, name: String) throws {
    let records = try Decoded(
      .workloads(kind), .protobuf, Recording.list(name, .protobuf)
    ).records
    for (record, item) in zip(records, try items(name)) {
      var node = item
      for step in kind.podSpecPath.split(separator: ".") {
        node = try #require(node[String(step)] as? Object)
      }
      #expect(lines(record.template) == lines(node))
      let spec = item["spec"] as? Object ?? [:]
      let status = item["status"] as? Object ?? [:]
      let conditions = status["conditions"] as? [Object] ?? []
      switch kind {
      case .daemonSet:
        #expect(record.desired == status["desiredNumberScheduled"] as? Int)
        #expect(record.observed == 0)
      case .job:
        #expect(record.desired == nil)
        #expect(record.observed == status["active"] as? Int ?? 0)
        #expect(
          record.isFinished
            == conditions.contains {
              ["Complete", "Failed"].contains($0["type"] as? String)
                && $0["status"] as? String == "True"
            })
      case .cronJob: #expect(record.observed == (status["active"] as? [Object] ?? []).count)
      default:
        #expect(record.desired == spec["replicas"] as? Int)
        #expect(record.observed == status["replicas"] as? Int ?? 0)
      }
      #expect(record.isSuspended == (spec["suspend"] as? Bool ?? false))
    }
  }

  @Test func nodes() throws {
    let records = try Decoded(.nodes, .protobuf, Recording.list("core-nodes", .protobuf)).records
    for (record, item) in zip(records, try items("core-nodes")) {
      let spec = item["spec"] as? Object ?? [:]
      let status = try #require(item["status"] as? Object)
      let info = try #require(status["nodeInfo"] as? [String: Any])
      #expect(record.isUnschedulable == (spec["unschedulable"] as? Bool ?? false))
      #expect(
        record.taints.map { "\($0.key) \($0.value) \($0.effect)" }
          == (spec["taints"] as? [Object] ?? []).map {
            "\($0["key"] ?? "") \($0["value"] ?? "") \($0["effect"] ?? "")"
          })
      #expect(record.containerRuntimeVersion == info["containerRuntimeVersion"] as? String)
      #expect(record.kubeletVersion == info["kubeletVersion"] as? String)
      #expect(record.osImage == info["osImage"] as? String)
      #expect(record.operatingSystem == info["operatingSystem"] as? String)
      #expect(record.architecture == info["architecture"] as? String)
      #expect(
        record.images
          == (status["images"] as? [Object] ?? []).map { $0["names"] as? [String] ?? [] })
    }
  }

  @Test func eventsAndConfigMaps() throws {
    let events = try Decoded(.events, .json, Recording.list("core-events", .json)).records
    for (record, item) in zip(events, try items("core-events")) {
      let object = try #require(item["involvedObject"] as? Object)
      #expect(record.involvedUID == object["uid"] as? String ?? "")
      #expect(record.involvedFieldPath == object["fieldPath"] as? String ?? "")
      #expect(record.reason == item["reason"] as? String ?? "")
      #expect(record.message == item["message"] as? String ?? "")
    }
    let maps = try Decoded(.configMaps, .json, Recording.list("core-configmaps", .json)).records
    for (record, item) in zip(maps, try items("core-configmaps")) {
      #expect(record.data == item["data"] as? [String: String] ?? [:])
    }
  }
}
