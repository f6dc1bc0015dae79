import Inventory

private enum NodeKey: String, JSONKey {
  case metadata, spec, status
  static let set = JSONKeySet<Self>()
}

private enum NodeSpecKey: String, JSONKey {
  case unschedulable, taints
  static let set = JSONKeySet<Self>()
}

private enum TaintKey: String, JSONKey {
  case key, value, effect
  static let set = JSONKeySet<Self>()
}

private enum NodeStatusKey: String, JSONKey {
  case nodeInfo, images
  static let set = JSONKeySet<Self>()
}

private enum NodeInfoKey: String, JSONKey {
  case osImage, containerRuntimeVersion, kubeletVersion, operatingSystem, architecture
  static let set = JSONKeySet<Self>()
}

private enum ContainerImageKey: String, JSONKey {
  case names
  static let set = JSONKeySet<Self>()
}

extension JSONItemDecoder {
  mutating func node(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> NodeRecord {
    var record = NodeRecord()
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes, NodeKey.set) {
      switch key {
      case .metadata: record.metadata = try metadata(bytes, &cursor)
      case .spec: try nodeSpec(bytes, &cursor, into: &record)
      case .status: try nodeStatus(bytes, &cursor, into: &record)
      }
    }
    return record
  }

  private mutating func nodeSpec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout NodeRecord
  ) throws(WireError) {
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, NodeSpecKey.set) {
      switch key {
      case .unschedulable: record.isUnschedulable = try cursor.readBoolean(bytes) ?? false
      case .taints:
        record.taints = []
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) {
          var taint = TaintRecord()
          guard try cursor.enterObject(bytes) else { continue }
          while let part = try cursor.nextKey(bytes, TaintKey.set) {
            switch part {
            case .key: taint.key = try shared(bytes, &cursor)
            case .value: taint.value = try shared(bytes, &cursor)
            case .effect: taint.effect = try shared(bytes, &cursor)
            }
          }
          record.taints.append(taint)
        }
      }
    }
  }

  private mutating func nodeStatus(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into record: inout NodeRecord
  ) throws(WireError) {
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, NodeStatusKey.set) {
      switch key {
      case .nodeInfo:
        guard try cursor.enterObject(bytes) else { continue }
        while let part = try cursor.nextKey(bytes, NodeInfoKey.set) {
          switch part {
          case .containerRuntimeVersion:
            record.containerRuntimeVersion = try shared(bytes, &cursor)
          case .osImage: record.osImage = try shared(bytes, &cursor)
          case .kubeletVersion: record.kubeletVersion = try shared(bytes, &cursor)
          case .operatingSystem: record.operatingSystem = try shared(bytes, &cursor)
          case .architecture: record.architecture = try shared(bytes, &cursor)
          }
        }
      case .images:
        record.images = []
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) {
          record.images.append(try imageNames(bytes, &cursor))
        }
      }
    }
  }

  private mutating func imageNames(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [String] {
    var names: [String] = []
    guard try cursor.enterObject(bytes) else { return names }
    while try cursor.nextKey(bytes, ContainerImageKey.set) != nil {
      names = []
      guard try cursor.enterArray(bytes) else { continue }
      while try cursor.nextElement(bytes) { names.append(try shared(bytes, &cursor)) }
    }
    return names
  }
}
