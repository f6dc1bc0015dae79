import Inventory
import YAMLDocuments

extension PodSpecRecord {
  /// Reads a pod spec as it was written: what has another type than `core/v1` gives it is absent.
  init(_ node: YAMLNode) {
    self.init()
    containers += Self.containers(node["containers"], .container)
    containers += Self.containers(node["initContainers"], .initContainer)
    containers += Self.containers(node["ephemeralContainers"], .ephemeral)
    containers += Self.imageVolumes(node["volumes"])
    for pair in node["nodeSelector"]?.mapping ?? [] {
      guard let key = pair.key.scalar?.text, let value = pair.value.scalar?.text else { continue }
      nodeSelector[key] = value
    }
    tolerations = (node["tolerations"]?.sequence ?? []).map { item in
      var toleration = TolerationRecord()
      toleration.key = item.text("key")
      toleration.operator = item.text("operator")
      toleration.value = item.text("value")
      toleration.effect = item.text("effect")
      return toleration
    }
    let affinity = node["affinity"]?["nodeAffinity"]
    hasRequiredNodeAffinity =
      affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?.mapping != nil
  }

  private static func containers(_ node: YAMLNode?, _ role: ContainerRole) -> [ContainerRecord] {
    (node?.sequence ?? []).enumerated().map { index, item in
      var record = ContainerRecord()
      record.role = role
      // KEP-753: an init container that restarts always is a sidecar.
      if role == .initContainer, item.text("restartPolicy") == "Always" { record.role = .sidecar }
      record.index = index
      record.name = item.text("name")
      record.image = item["image"]?.string ?? ""
      record.pullPolicy = PullPolicy(rawValue: item.text("imagePullPolicy")) ?? .unspecified
      record.environment = environment(item["env"])
      record.arguments =
        arguments(item["command"], .command) + arguments(item["args"], .args)
      return record
    }
  }

  /// Literal values of `IMAGE`, `…_IMAGE` and `RELATED_IMAGE_…`.
  private static func environment(_ node: YAMLNode?) -> [EnvironmentRecord] {
    (node?.sequence ?? []).enumerated().compactMap { index, item in
      let name = item.text("name")
      let value = item.text("value")
      let isKept =
        name == "IMAGE" || name.hasSuffix("_IMAGE") || name.hasPrefix("RELATED_IMAGE_")
      guard isKept, !value.isEmpty else { return nil }
      return EnvironmentRecord(index: index, name: name, value: value)
    }
  }

  private static func arguments(
    _ node: YAMLNode?, _ list: ArgumentRecord.List
  ) -> [ArgumentRecord] {
    (node?.sequence ?? []).enumerated().compactMap { index, item in
      guard let value = item.scalar?.text, value.contains("/") else { return nil }
      return ArgumentRecord(list: list, index: index, value: value)
    }
  }

  private static func imageVolumes(_ node: YAMLNode?) -> [ContainerRecord] {
    (node?.sequence ?? []).enumerated().compactMap { index, item in
      // `rbd` and others keep disk images under `image` below another key.
      guard let image = item["image"], image.mapping != nil else { return nil }
      var record = ContainerRecord()
      record.role = .imageVolume
      record.index = index
      record.name = item.text("name")
      record.image = image["reference"]?.string ?? ""
      record.pullPolicy = PullPolicy(rawValue: image.text("pullPolicy")) ?? .unspecified
      return record
    }
  }
}

extension YAMLNode {
  /// The text of the scalar at a key; empty when there is none.
  fileprivate func text(_ key: String) -> String {
    guard let node = self[key], !node.isNull else { return "" }
    return node.scalar?.text ?? ""
  }
}
