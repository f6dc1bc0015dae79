import Foundation
import HelmReleases
import Inventory
import Packing

/// What Helm would store, made here byte by byte.
extension Packing {
  /// The object that stores `inner`, which is what Helm encoded itself.
  static func stored(_ inner: [UInt8], labels: [String: String] = [:]) -> DataEntryRecord {
    var stored = DataEntryRecord()
    stored.metadata.name = "sh.helm.release.v1.web.v1"
    stored.metadata.namespace = "shop"
    stored.metadata.labels = labels
    stored.value = inner
    return stored
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    Array(Data(bytes).base64EncodedData())
  }

  static func stored(json: String) -> DataEntryRecord {
    stored(base64(gzip(Array(json.utf8))))
  }

  /// JSON of a release with one Deployment of this image.
  static func json(image: String, values: String = "{}", config: String = "{}") -> String {
    let manifest =
      "apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: web}\\nspec: {template: {spec:"
      + " {containers: [{name: app, image: '\(image)'}]}}}\\n"
    return """
      {"name":"web","version":3,"info":{"status":"deployed","notes":"hunter2"},"namespace":"elsewhere",
       "chart":{"metadata":{"name":"web","version":"1.2.3"},"values":\(values),"files":[]},
       "config":\(config),"manifest":"\(manifest)","hooks":null}
      """
  }
}
