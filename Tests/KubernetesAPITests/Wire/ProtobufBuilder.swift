import Foundation
import Varint

/// Writes protobuf by hand for tests, from field numbers alone.
struct ProtobufBuilder {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ more: [UInt8]) { bytes += more }

  mutating func integer(_ number: UInt64, _ value: Int64) {
    bytes += Varint.bytes(of: number << 3) + Varint.bytes(of: UInt64(bitPattern: value))
  }

  mutating func bytes(_ number: UInt64, _ payload: [UInt8]) {
    bytes += Varint.bytes(of: number << 3 | 2) + Varint.bytes(of: UInt64(payload.count)) + payload
  }

  mutating func text(_ number: UInt64, _ text: String) { bytes(number, Array(text.utf8)) }

  mutating func message(_ number: UInt64, _ build: (inout ProtobufBuilder) -> Void) {
    var inner = ProtobufBuilder()
    build(&inner)
    bytes(number, inner.bytes)
  }

  /// An entry of a `map<string, string>`.
  mutating func entry(_ number: UInt64, _ key: String, _ value: String) {
    message(number) {
      $0.text(1, key)
      $0.text(2, value)
    }
  }

  /// A body with the envelope of `kind` around a list message.
  static func list(
    _ kind: String, apiVersion: String = "v1", _ build: (inout ProtobufBuilder) -> Void
  ) -> Data {
    var unknown = ProtobufBuilder()
    unknown.message(1) {
      $0.text(1, apiVersion)
      $0.text(2, kind)
    }
    unknown.message(2, build)
    unknown.text(3, "")
    unknown.text(4, "")
    return Data(Array("k8s\0".utf8) + unknown.bytes)
  }

  /// A list with one item and the usual metadata.
  static func listOfOne(
    _ kind: String, apiVersion: String = "v1", item: (inout ProtobufBuilder) -> Void
  ) -> Data {
    list(kind, apiVersion: apiVersion) { list in
      list.message(1) { $0.text(2, "7") }
      list.message(2, item)
    }
  }
}
