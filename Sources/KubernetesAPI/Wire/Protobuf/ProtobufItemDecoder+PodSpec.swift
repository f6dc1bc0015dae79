import Inventory

/// `k8s.io.api.core.v1.PodSpec`, generated.proto.
private enum PodSpecField {
  static let volumes = 1
  static let containers = 2
  static let nodeSelector = 7
  static let nodeName = 10
  static let affinity = 18
  static let initContainers = 20
  static let tolerations = 22
  static let ephemeralContainers = 34
}

/// `k8s.io.api.core.v1.Container`, and `EphemeralContainerCommon`, which has the same numbers.
private enum ContainerField {
  static let name = 1
  static let image = 2
  static let command = 3
  static let args = 4
  static let env = 7
  static let imagePullPolicy = 14
  static let restartPolicy = 24
}

/// `k8s.io.api.core.v1.EphemeralContainer`.
private enum EphemeralContainerField {
  static let common = 1
}

/// `k8s.io.api.core.v1.EnvVar`.
private enum EnvVarField {
  static let name = 1
  static let value = 2
}

/// `k8s.io.api.core.v1.Volume`, `VolumeSource` and `ImageVolumeSource`.
private enum VolumeField {
  static let name = 1
  static let source = 2
  static let sourceImage = 30
  static let imageReference = 1
  static let imagePullPolicy = 2
}

/// `k8s.io.api.core.v1.Affinity` and `NodeAffinity`.
private enum AffinityField {
  static let nodeAffinity = 1
  static let required = 1
}

extension ProtobufItemDecoder {
  /// Adds to `spec`, and returns `nodeName` (empty when absent).
  mutating func podSpec(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into spec: inout PodSpecRecord
  ) throws(WireError) -> String {
    var cursor = message
    var nodeName = ""
    var volumes = 0
    var containers = 0
    var initContainers = 0
    var ephemeralContainers = 0
    var nodeSelector = FieldRun()
    var tolerations = FieldRun()
    spec.containers.reserveCapacity(2)
    while try cursor.next(bytes) {
      switch cursor.number {
      case PodSpecField.volumes:
        try volume(bytes, cursor.message(), index: volumes, into: &spec)
        volumes += 1
      case PodSpecField.containers:
        try container(bytes, cursor.message(), role: .container, index: containers, into: &spec)
        containers += 1
      case PodSpecField.nodeSelector:
        nodeSelector.extend(over: cursor)
      case PodSpecField.nodeName:
        nodeName = strings.shared(bytes, try cursor.payload())
      case PodSpecField.affinity:
        if try requiresNodes(bytes, cursor.message()) { spec.hasRequiredNodeAffinity = true }
      case PodSpecField.initContainers:
        try container(
          bytes, cursor.message(), role: .initContainer, index: initContainers, into: &spec)
        initContainers += 1
      case PodSpecField.tolerations:
        tolerations.extend(over: cursor)
      case PodSpecField.ephemeralContainers:
        var inner = try cursor.message()
        while try inner.next(bytes) {
          guard inner.number == EphemeralContainerField.common else { continue }
          try container(
            bytes, inner.message(), role: .ephemeral, index: ephemeralContainers, into: &spec)
        }
        ephemeralContainers += 1
      default: break
      }
    }
    if !nodeSelector.isEmpty {
      spec.nodeSelector = try map(
        bytes, nodeSelector, field: PodSpecField.nodeSelector, of: cursor)
    }
    if !tolerations.isEmpty {
      spec.tolerations = try self.tolerations(
        bytes, tolerations.range, cursor.within(tolerations.range))
    }
    spec.orderContainers()
    return nodeName
  }

  private mutating func container(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, role: ContainerRole, index: Int,
    into spec: inout PodSpecRecord
  ) throws(WireError) {
    spec.containers.append(ContainerRecord())
    try container(
      bytes, message, role: role, index: index, into: &spec.containers[spec.containers.count - 1])
  }

  private mutating func container(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, role: ContainerRole, index: Int,
    into record: inout ContainerRecord
  ) throws(WireError) {
    var cursor = message
    record.role = role
    record.index = index
    var environment = 0
    var command = 0
    var args = 0
    while try cursor.next(bytes) {
      switch cursor.number {
      case ContainerField.name: record.name = strings.shared(bytes, try cursor.payload())
      case ContainerField.image: record.image = strings.shared(bytes, try cursor.payload())
      case ContainerField.command:
        argument(bytes, try cursor.payload(), .command, command, into: &record)
        command += 1
      case ContainerField.args:
        argument(bytes, try cursor.payload(), .args, args, into: &record)
        args += 1
      case ContainerField.env:
        try variable(bytes, cursor.message(), index: environment, into: &record)
        environment += 1
      case ContainerField.imagePullPolicy:
        record.pullPolicy = PullPolicy(bytes, try cursor.payload())
      case ContainerField.restartPolicy:
        if role == .initContainer {
          record.role = WireWords.isAlways(bytes, try cursor.payload()) ? .sidecar : .initContainer
        }
      default: break
      }
    }
  }

  @inline(__always)
  private mutating func argument(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ list: ArgumentRecord.List, _ index: Int,
    into record: inout ContainerRecord
  ) {
    guard KeepRules.keepsArgument(bytes, range) else { return }
    record.arguments.append(
      ArgumentRecord(list: list, index: index, value: strings.shared(bytes, range)))
  }

  @inline(__always)
  private mutating func variable(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, index: Int,
    into record: inout ContainerRecord
  ) throws(WireError) {
    var cursor = message
    var name = 0..<0
    var value = 0..<0
    while try cursor.next(bytes) {
      switch cursor.number {
      case EnvVarField.name: name = try cursor.payload()
      case EnvVarField.value: value = try cursor.payload()
      default: break
      }
    }
    guard !value.isEmpty, KeepRules.keepsEnvironment(name: bytes, name) else { return }
    record.environment.append(
      EnvironmentRecord(
        index: index, name: strings.shared(bytes, name), value: strings.shared(bytes, value)))
  }

  @inline(__always)
  private mutating func volume(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, index: Int, into spec: inout PodSpecRecord
  ) throws(WireError) {
    var cursor = message
    var name = 0..<0
    var image: ProtobufCursor?
    while try cursor.next(bytes) {
      switch cursor.number {
      case VolumeField.name: name = try cursor.payload()
      case VolumeField.source:
        var source = try cursor.message()
        while try source.next(bytes) {
          guard source.number == VolumeField.sourceImage else { continue }
          image = try source.message()
        }
      default: break
      }
    }
    guard var image else { return }
    var record = ContainerRecord()
    record.role = .imageVolume
    record.index = index
    record.name = strings.shared(bytes, name)
    while try image.next(bytes) {
      switch image.number {
      case VolumeField.imageReference: record.image = strings.shared(bytes, try image.payload())
      case VolumeField.imagePullPolicy: record.pullPolicy = PullPolicy(bytes, try image.payload())
      default: break
      }
    }
    spec.containers.append(record)
  }

  private func requiresNodes(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) -> Bool {
    var affinity = message
    while try affinity.next(bytes) {
      guard affinity.number == AffinityField.nodeAffinity else { continue }
      var node = try affinity.message()
      while try node.next(bytes) {
        if node.number == AffinityField.required { return true }
      }
    }
    return false
  }
}
