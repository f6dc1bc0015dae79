/// What a scan keeps of a pod spec: the images, and what decides where and how they are pulled.
///
/// Source: `k8s.io/api/core/v1` `PodSpec`, `Container`, `Volume`.
package struct PodSpecRecord: Hashable, Sendable {
  package var containers: [ContainerRecord] = []
  package var nodeSelector: [String: String] = [:]
  package var tolerations: [TolerationRecord] = []
  /// True when `affinity.nodeAffinity.requiredDuringScheduling…` is present: placement is then
  /// narrower than `nodeSelector` says.
  package var hasRequiredNodeAffinity = false

  package init() {}

  package var placement: PodPlacement {
    PodPlacement(
      nodeSelector: nodeSelector, tolerations: tolerations,
      hasRequiredNodeAffinity: hasRequiredNodeAffinity)
  }
}

/// Which nodes a pod may be bound to, as far as a scan reads it.
package struct PodPlacement: Hashable, Sendable {
  package var nodeSelector: [String: String]
  package var tolerations: [TolerationRecord]
  package var hasRequiredNodeAffinity: Bool

  package init(
    nodeSelector: [String: String] = [:], tolerations: [TolerationRecord] = [],
    hasRequiredNodeAffinity: Bool = false
  ) {
    self.nodeSelector = nodeSelector
    self.tolerations = tolerations
    self.hasRequiredNodeAffinity = hasRequiredNodeAffinity
  }

  /// Widens to the nodes that either admits; the order of many unions does not show.
  mutating func formUnion(_ other: PodPlacement) {
    guard self != other else { return }
    nodeSelector = nodeSelector.filter { other.nodeSelector[$0.key] == $0.value }
    tolerations = Set(tolerations).union(other.tolerations).sorted()
    hasRequiredNodeAffinity = hasRequiredNodeAffinity && other.hasRequiredNodeAffinity
  }
}

/// The place that an image reference has in a pod.
package enum ContainerRole: String, Hashable, Sendable, CaseIterable {
  case container
  case initContainer = "init"
  /// An init container with `restartPolicy: Always` (KEP-753).
  case sidecar
  case ephemeral
  /// `volumes[].image.reference` (KEP-4639).
  case imageVolume = "image-volume"
  case sandbox
  case configuration
  case environment = "env"
  case argument

  /// Whether the place only names an image, for something else to run.
  package var isOnlyNamed: Bool {
    self == .configuration || self == .environment || self == .argument
  }
}

/// `imagePullPolicy`, or `pullPolicy` of an image volume.
package enum PullPolicy: String, Hashable, Sendable {
  case always = "Always"
  case ifNotPresent = "IfNotPresent"
  case never = "Never"
  /// Absent, or a value that this version does not know.
  case unspecified = ""
}

/// One container, or one image volume, of a pod spec.
package struct ContainerRecord: Hashable, Sendable {
  package var role: ContainerRole = .container
  /// Position in its own list (`containers`, `initContainers`, `ephemeralContainers`, `volumes`).
  package var index = 0
  /// The container's, or the volume's, name.
  package var name = ""
  /// The text as the object has it; never trimmed.
  package var image = ""
  package var pullPolicy: PullPolicy = .unspecified
  /// Environment entries with a literal value whose name is `RELATED_IMAGE_…`, `IMAGE`, or ends in
  /// `_IMAGE`.
  package var environment: [EnvironmentRecord] = []
  /// Entries of `command` and `args` that hold a `/`: any of them may name an image.
  package var arguments: [ArgumentRecord] = []

  package init() {}
}

package struct EnvironmentRecord: Hashable, Sendable {
  package var index: Int
  package var name: String
  package var value: String

  package init(index: Int, name: String, value: String) {
    self.index = index
    self.name = name
    self.value = value
  }
}

package struct ArgumentRecord: Hashable, Sendable {
  package enum List: String, Hashable, Sendable {
    case command
    case args
  }

  package var list: List
  package var index: Int
  package var value: String

  package init(list: List, index: Int, value: String) {
    self.list = list
    self.index = index
    self.value = value
  }
}

package struct TolerationRecord: Hashable, Sendable, Comparable {
  package var key = ""
  /// `Equal` when absent.
  package var `operator` = ""
  package var value = ""
  package var effect = ""

  package init() {}

  package static func < (left: TolerationRecord, right: TolerationRecord) -> Bool {
    (left.key, left.operator, left.value, left.effect)
      < (right.key, right.operator, right.value, right.effect)
  }
}
