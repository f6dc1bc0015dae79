package import Inventory

/// Keys of `core/v1` `PodSpec`.
private enum PodSpecKey: String, JSONKey {
  case volumes, containers, initContainers, ephemeralContainers, nodeSelector, nodeName, affinity
  case tolerations
  static let set = JSONKeySet<Self>()
}

/// Keys of `core/v1` `Container` and `EphemeralContainer`.
private enum ContainerKey: String, JSONKey {
  case name, image, command, args, env, imagePullPolicy, restartPolicy
  static let set = JSONKeySet<Self>()
}

private enum EnvVarKey: String, JSONKey {
  case name, value
  static let set = JSONKeySet<Self>()
}

private enum VolumeKey: String, JSONKey {
  case name, image
  static let set = JSONKeySet<Self>()
}

private enum ImageVolumeKey: String, JSONKey {
  case reference, pullPolicy
  static let set = JSONKeySet<Self>()
}

private enum AffinityKey: String, JSONKey {
  case nodeAffinity
  static let set = JSONKeySet<Self>()
}

private enum NodeAffinityKey: String, JSONKey {
  case requiredDuringSchedulingIgnoredDuringExecution
  static let set = JSONKeySet<Self>()
}

private enum TolerationKey: String, JSONKey {
  case key, `operator`, value, effect
  static let set = JSONKeySet<Self>()
}

extension JSONItemDecoder {
  /// Reads a `PodSpec`, also one inside a custom resource, and `nodeName` (empty when absent).
  package mutating func podSpec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> (spec: PodSpecRecord, nodeName: String) {
    var spec = PodSpecRecord()
    var nodeName = ""
    guard try cursor.enterObject(bytes) else { return (spec, nodeName) }
    while let key = try cursor.nextKey(bytes, PodSpecKey.set) {
      switch key {
      case .containers: try containers(bytes, &cursor, .container, into: &spec)
      case .initContainers: try containers(bytes, &cursor, .initContainer, into: &spec)
      case .ephemeralContainers: try containers(bytes, &cursor, .ephemeral, into: &spec)
      case .volumes: try volumes(bytes, &cursor, into: &spec)
      case .nodeSelector: spec.nodeSelector = try stringMap(bytes, &cursor)
      case .nodeName: nodeName = try shared(bytes, &cursor)
      case .affinity: spec.hasRequiredNodeAffinity = try requiresNodes(bytes, &cursor)
      case .tolerations: spec.tolerations = try tolerations(bytes, &cursor)
      }
    }
    spec.orderContainers()
    return (spec, nodeName)
  }

  private mutating func containers(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ role: ContainerRole,
    into spec: inout PodSpecRecord
  ) throws(WireError) {
    if !spec.containers.isEmpty {
      spec.containers.removeAll { $0.role.listOrder == role.listOrder }
    }
    guard try cursor.enterArray(bytes) else { return }
    var index = 0
    while try cursor.nextElement(bytes) {
      spec.containers.append(try container(bytes, &cursor, role, index))
      index += 1
    }
  }

  private mutating func container(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ role: ContainerRole, _ index: Int
  ) throws(WireError) -> ContainerRecord {
    var record = ContainerRecord()
    record.role = role
    record.index = index
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, ContainerKey.set) {
      switch key {
      case .name: record.name = try shared(bytes, &cursor)
      case .image: record.image = try shared(bytes, &cursor)
      case .command: try arguments(bytes, &cursor, .command, into: &record)
      case .args: try arguments(bytes, &cursor, .args, into: &record)
      case .env: try environment(bytes, &cursor, into: &record)
      case .imagePullPolicy: record.pullPolicy = try pullPolicy(bytes, &cursor)
      case .restartPolicy:
        let text = try cursor.readText(bytes)
        guard role == .initContainer else { continue }
        record.role = text?.equals("Always", bytes) == true ? .sidecar : .initContainer
      }
    }
    // `command` comes first whatever the order of the keys.
    if record.arguments.count > 1 {
      record.arguments.sort { $0.list == .command && $1.list == .args }
    }
    return record
  }

  private func pullPolicy(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> PullPolicy {
    guard let text = try cursor.readText(bytes) else { return .unspecified }
    if text.hasEscapes { return PullPolicy(rawValue: strings.text(bytes, text)) ?? .unspecified }
    return PullPolicy(bytes, text.range)
  }

  private mutating func arguments(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ list: ArgumentRecord.List,
    into record: inout ContainerRecord
  ) throws(WireError) {
    record.arguments.removeAll { $0.list == list }
    guard try cursor.enterArray(bytes) else { return }
    var index = 0
    while try cursor.nextElement(bytes) {
      if let text = try cursor.readText(bytes), keepsArgument(bytes, text) {
        record.arguments.append(
          ArgumentRecord(list: list, index: index, value: strings.shared(bytes, text)))
      }
      index += 1
    }
  }

  private func keepsArgument(_ bytes: Span<UInt8>, _ text: JSONText) -> Bool {
    guard text.hasEscapes else { return KeepRules.keepsArgument(bytes, text.range) }
    let plain = text.unescaped(bytes)
    return KeepRules.keepsArgument(plain.span, 0..<plain.count)
  }

  private mutating func environment(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout ContainerRecord
  ) throws(WireError) {
    record.environment.removeAll()
    guard try cursor.enterArray(bytes) else { return }
    var index = -1
    while try cursor.nextElement(bytes) {
      index += 1
      var name: JSONText?
      var value: JSONText?
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, EnvVarKey.set) {
        switch key {
        case .name: name = try cursor.readText(bytes)
        case .value: value = try cursor.readText(bytes)
        }
      }
      guard let name, let value, value.end > value.start, keepsEnvironment(bytes, name) else {
        continue
      }
      record.environment.append(
        EnvironmentRecord(
          index: index, name: strings.shared(bytes, name), value: strings.shared(bytes, value)))
    }
  }

  private func keepsEnvironment(_ bytes: Span<UInt8>, _ name: JSONText) -> Bool {
    guard name.hasEscapes else { return KeepRules.keepsEnvironment(name: bytes, name.range) }
    let plain = name.unescaped(bytes)
    return KeepRules.keepsEnvironment(name: plain.span, 0..<plain.count)
  }

  private mutating func volumes(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into spec: inout PodSpecRecord
  ) throws(WireError) {
    if !spec.containers.isEmpty { spec.containers.removeAll { $0.role == .imageVolume } }
    guard try cursor.enterArray(bytes) else { return }
    var index = -1
    while try cursor.nextElement(bytes) {
      index += 1
      var record = ContainerRecord()
      record.role = .imageVolume
      record.index = index
      var hasImage = false
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, VolumeKey.set) {
        switch key {
        case .name: record.name = try shared(bytes, &cursor)
        case .image:
          (record.image, record.pullPolicy) = ("", .unspecified)
          hasImage = try cursor.enterObject(bytes)
          guard hasImage else { continue }
          while let part = try cursor.nextKey(bytes, ImageVolumeKey.set) {
            switch part {
            case .reference: record.image = try shared(bytes, &cursor)
            case .pullPolicy: record.pullPolicy = try pullPolicy(bytes, &cursor)
            }
          }
        }
      }
      if hasImage { spec.containers.append(record) }
    }
  }

  private func requiresNodes(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> Bool {
    var result = false
    guard try cursor.enterObject(bytes) else { return false }
    while try cursor.nextKey(bytes, AffinityKey.set) != nil {
      result = false
      guard try cursor.enterObject(bytes) else { continue }
      while try cursor.nextKey(bytes, NodeAffinityKey.set) != nil {
        result = try cursor.peek(bytes) != .null
        try cursor.skipValue(bytes)
      }
    }
    return result
  }

  private mutating func tolerations(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [TolerationRecord] {
    _ = try cursor.nextByte(bytes)
    let start = cursor.position
    let last = lastTolerations.bytes
    // An array ends with its own bracket: bytes that begin with the same array are the same array.
    if !last.isEmpty, start + last.count <= cursor.end,
      bytes.matches(at: start, last.span, 0, count: last.count)
    {
      cursor.stepOver(last.count)
      return lastTolerations.value
    }
    var result: [TolerationRecord] = []
    guard try cursor.enterArray(bytes) else { return result }
    while try cursor.nextElement(bytes) {
      var record = TolerationRecord()
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, TolerationKey.set) {
        switch key {
        case .key: record.key = try shared(bytes, &cursor)
        case .operator: record.operator = try shared(bytes, &cursor)
        case .value: record.value = try shared(bytes, &cursor)
        case .effect: record.effect = try shared(bytes, &cursor)
        }
      }
      result.append(record)
    }
    if cursor.position - start <= 4096 {
      lastTolerations.bytes.removeAll(keepingCapacity: true)
      lastTolerations.bytes.append(bytes, start..<cursor.position)
      lastTolerations.value = result
    }
    return result
  }
}
