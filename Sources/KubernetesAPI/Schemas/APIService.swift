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

private enum APIServiceKey: String, JSONKey {
  case spec
  static let set = JSONKeySet<Self>()
}

private enum APIServiceSpecKey: String, JSONKey {
  case group, service
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == APIService {
  package static var apiServices: WireSchema<APIService> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var record = APIService()
      guard try cursor.enterObject(bytes) else { return record }
      while try cursor.nextKey(bytes, APIServiceKey.set) != nil {
        guard try cursor.enterObject(bytes) else { continue }
        while let key = try cursor.nextKey(bytes, APIServiceSpecKey.set) {
          switch key {
          case .group: record.group = try decoder.text(bytes, &cursor)
          case .service:
            record.isAggregated = try cursor.peek(bytes) == .object
            try cursor.skipValue(bytes)
          }
        }
      }
      return record
    })
  }
}
