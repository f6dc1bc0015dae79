import Inventory

/// A single object of the core group, as much as scans need of it.
struct PlainObject: Decodable {
  struct Metadata: Decodable {
    let name: String?
    let namespace: String?
    let uid: String
    let labels: [String: String]?
    let annotations: [String: String]?

    var record: ObjectMetadata {
      var record = ObjectMetadata()
      record.name = name ?? ""
      record.namespace = namespace ?? ""
      record.uid = uid
      record.labels = labels ?? [:]
      record.annotations = (annotations ?? [:]).filter {
        AnnotationKeys.isKept($0.key, valueLength: $0.value.utf8.count)
      }
      return record
    }
  }

  let metadata: Metadata
  /// Of a ConfigMap.
  let data: [String: String]?
}
