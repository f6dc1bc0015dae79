/// A protobuf answer that lies whole in memory: the four bytes `k8s\0`, then one `runtime.Unknown`.
struct ProtobufEnvelope {
  /// `k8s.io.apimachinery.pkg.runtime.Unknown` and `TypeMeta`, generated.proto.
  private enum Field {
    static let typeMeta = 1
    static let raw = 2
    static let typeMetaAPIVersion = 1
    static let typeMetaKind = 2
  }

  static let magic = Array("k8s\0".utf8)

  private(set) var apiVersion = ""
  private(set) var kind = ""
  /// The message of the object itself.
  private(set) var object: ProtobufCursor

  init(_ bytes: Span<UInt8>) throws(WireError) {
    for (index, byte) in Self.magic.enumerated() {
      guard index < bytes.count else { throw .incomplete(atByte: bytes.count) }
      guard bytes[index] == byte else {
        throw .malformed(atByte: index, expected: "the four bytes \"k8s\\0\" of a protobuf answer")
      }
    }
    let strings = WireStrings()
    var envelope = ProtobufCursor(Self.magic.count..<bytes.count, base: 0)
    var object: ProtobufCursor?
    while try envelope.next(bytes) {
      switch envelope.number {
      case Field.typeMeta:
        var typeMeta = try envelope.message()
        while try typeMeta.next(bytes) {
          switch typeMeta.number {
          case Field.typeMetaAPIVersion: apiVersion = strings.text(bytes, try typeMeta.payload())
          case Field.typeMetaKind: kind = strings.text(bytes, try typeMeta.payload())
          default: break
          }
        }
      case Field.raw: object = try envelope.message()
      default: break
      }
    }
    guard let object else { throw .incomplete(atByte: bytes.count) }
    self.object = object
  }
}
