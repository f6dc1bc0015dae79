/// A group version, and whether another API server answers for it
/// (`apiregistration.k8s.io/v1` APIService).
package struct APIService: Hashable, Sendable {
  package var group = ""
  /// `spec.service` is set: kube-apiserver only passes requests on. What CustomResourceDefinitions
  /// serve, and kube-apiserver itself, has none.
  package var isAggregated = false

  package static let resource = APIResource(
    group: "apiregistration.k8s.io", version: "v1", name: "apiservices", kind: "APIService",
    isNamespaced: false)
}

/// `k8s.io.kube_aggregator.pkg.apis.apiregistration.v1.APIService`, `APIServiceSpec`, generated.proto.
private enum APIServiceField {
  static let spec = 2
  static let specService = 1
  static let specGroup = 2
}

private enum APIServiceKey: String, JSONKey {
  case spec
  static let set = JSONKeySet<Self>()
}

private enum APIServiceSpecKey: String, JSONKey {
  case group, service
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == APIService {
  package static var apiServices: WireSchema {
    WireSchema(
      "APIServiceList", ["apiregistration.k8s.io/v1"], fresh: { APIService() },
      protobuf: { (decoder, bytes, base, record) throws(WireError) in
        try decoder.apiService(bytes, base: base, into: &record)
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
        try decoder.apiService(bytes, &cursor)
      })
  }
}

extension ProtobufItemDecoder {
  fileprivate mutating func apiService(
    _ bytes: Span<UInt8>, base: Int, into record: inout APIService
  ) throws(WireError) {
    var cursor = ProtobufCursor(0..<bytes.count, base: base)
    while try cursor.next(bytes) {
      guard cursor.number == APIServiceField.spec else { continue }
      var spec = try cursor.message()
      while try spec.next(bytes) {
        switch spec.number {
        case APIServiceField.specService:
          _ = try spec.payload()
          record.isAggregated = true
        case APIServiceField.specGroup: record.group = strings.text(bytes, try spec.payload())
        default: break
        }
      }
    }
  }
}

extension JSONItemDecoder {
  fileprivate func apiService(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> APIService {
    var record = APIService()
    guard try cursor.enterObject(bytes) else { return record }
    while try cursor.nextKey(bytes, APIServiceKey.set) != nil {
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes, APIServiceSpecKey.set) {
        switch key {
        case .group: record.group = try text(bytes, &cursor)
        case .service:
          record.isAggregated = try cursor.peek(bytes) == .object
          try cursor.skipValue(bytes)
        }
      }
    }
    return record
  }
}
