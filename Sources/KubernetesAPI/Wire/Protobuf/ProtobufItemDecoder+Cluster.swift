import Inventory

/// `k8s.io.api.core.v1.Node`, `NodeSpec`, `Taint`, `NodeStatus`, `NodeSystemInfo`, `ContainerImage`.
private enum NodeField {
  static let metadata = 1
  static let spec = 2
  static let status = 3
  static let specUnschedulable = 4
  static let specTaints = 5
  static let taintKey = 1
  static let taintValue = 2
  static let taintEffect = 3
  static let statusNodeInfo = 7
  static let statusImages = 8
  static let infoOSImage = 5
  static let infoContainerRuntimeVersion = 6
  static let infoKubeletVersion = 7
  static let infoOperatingSystem = 9
  static let infoArchitecture = 10
  static let imageNames = 1
}

extension ProtobufItemDecoder {
  mutating func node(
    _ bytes: Span<UInt8>, base: Int, into record: inout NodeRecord
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      switch cursor.number {
      case NodeField.metadata: try metadata(bytes, cursor.message(), into: &record.metadata)
      case NodeField.spec:
        var spec = try cursor.message()
        while try spec.next(bytes) {
          switch spec.number {
          case NodeField.specUnschedulable: record.isUnschedulable = try spec.boolean()
          case NodeField.specTaints: record.taints.append(try taint(bytes, spec.message()))
          default: break
          }
        }
      case NodeField.status: try nodeStatus(bytes, cursor.message(), into: &record)
      default: break
      }
    }
  }

  private mutating func taint(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) -> TaintRecord {
    var cursor = message
    var record = TaintRecord()
    while try cursor.next(bytes) {
      switch cursor.number {
      case NodeField.taintKey: record.key = strings.shared(bytes, try cursor.payload())
      case NodeField.taintValue: record.value = strings.shared(bytes, try cursor.payload())
      case NodeField.taintEffect: record.effect = strings.shared(bytes, try cursor.payload())
      default: break
      }
    }
    return record
  }

  private mutating func nodeStatus(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, into record: inout NodeRecord
  ) throws(WireError) {
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case NodeField.statusNodeInfo:
        var info = try cursor.message()
        while try info.next(bytes) {
          switch info.number {
          case NodeField.infoContainerRuntimeVersion:
            record.containerRuntimeVersion = strings.shared(bytes, try info.payload())
          case NodeField.infoOSImage:
            record.osImage = strings.shared(bytes, try info.payload())
          case NodeField.infoKubeletVersion:
            record.kubeletVersion = strings.shared(bytes, try info.payload())
          case NodeField.infoOperatingSystem:
            record.operatingSystem = strings.shared(bytes, try info.payload())
          case NodeField.infoArchitecture:
            record.architecture = strings.shared(bytes, try info.payload())
          default: break
          }
        }
      case NodeField.statusImages:
        var image = try cursor.message()
        var names: [String] = []
        while try image.next(bytes) {
          guard image.number == NodeField.imageNames else { continue }
          names.append(strings.shared(bytes, try image.payload()))
        }
        record.images.append(names)
      default: break
      }
    }
  }
}
