package import Foundation
import Inventory
import KubernetesAPI
import Varint

/// The recorded answers that are damaged, cut down to a few items so that a case takes microseconds.
package enum FuzzCorpus {
  /// - Parameter recordings: the folder `Tests/Fixtures/recordings`.
  package static func targets(recordings: URL) throws -> [FuzzTarget] {
    var targets: [FuzzTarget] = []
    for encoding in WireEncoding.allCases {
      func firstItems(_ name: String) throws -> [UInt8] {
        let bytes = Array(try Data(contentsOf: recordings.appending(path: "\(name).body")))
        return encoding == .json ? firstItemsJSON(bytes) : firstItemsProtobuf(bytes)
      }
      func body(_ name: String) throws -> [UInt8] {
        try firstItems("all-\(name)-\(encoding)")
      }
      targets += [
        FuzzTarget("pods \(encoding)", .pods, encoding, body: try body("core-pods")),
        FuzzTarget("nodes \(encoding)", .nodes, encoding, body: try body("core-nodes")),
        FuzzTarget("events \(encoding)", .events, encoding, body: try body("core-events")),
        FuzzTarget(
          "namespaces \(encoding)", .namespaces, encoding, body: try body("core-namespaces")),
        FuzzTarget(
          "configmaps \(encoding)", .configMaps, encoding, body: try body("core-configmaps")),
        FuzzTarget(
          "deployments \(encoding)", .workloads(.deployment), encoding,
          body: try body("apps-deployments")),
        FuzzTarget(
          "cronjobs \(encoding)", .workloads(.cronJob), encoding, body: try body("batch-cronjobs")),
        FuzzTarget(
          "jobs \(encoding)", .workloads(.job), encoding, body: try body("batch-jobs")),
        FuzzTarget(
          "controllerrevisions \(encoding)", .controllerRevisions, encoding,
          body: try body("apps-controllerrevisions")),
        FuzzTarget(
          "apiservices \(encoding)", .apiServices, encoding,
          body: try body("apiregistration.k8s.io-apiservices")),
        FuzzTarget(
          "definitions \(encoding)", .customResourceDefinitions, encoding,
          body: try body("apiextensions.k8s.io-customresourcedefinitions")),
        FuzzTarget(
          "entries \(encoding)", .secretEntries("release"), encoding,
          body: try body("core-secrets")),
        FuzzTarget(
          "autoscalers \(encoding)", .horizontalPodAutoscalers, encoding,
          body: try firstItems("hpa-v2-\(encoding)")),
      ]
    }
    return targets
  }

  /// The list with its first two items: each begins with `{"metadata":` at the list's level.
  private static func firstItemsJSON(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.components(separatedBy: "},{\"metadata\":{\"name\"")
    guard parts.count > 2 else { return bytes }
    return Array((parts[0] + "},{\"metadata\":{\"name\"" + parts[1] + "}]}\n").utf8)
  }

  /// The list with its first two items: the envelope is rewritten with the new length.
  private static func firstItemsProtobuf(_ bytes: [UInt8]) -> [UInt8] {
    // "k8s\0", typeMeta (tag, length below 128), raw (tag, length).
    let typeMetaEnd = 6 + Int(bytes[5])
    var position = typeMetaEnd + 1
    _ = Varint.read(bytes, &position)
    let listStart = position
    var items = 0
    while items < 2, position < bytes.count {
      let tag = Varint.read(bytes, &position)
      let length = Varint.read(bytes, &position)
      position += length
      if tag == 0x12 { items += 1 }
    }
    let list = Array(bytes[listStart..<min(position, bytes.count)])
    let length = Varint.bytes(of: UInt64(list.count))
    return Array(bytes[0...typeMetaEnd]) + length + list + [0x1A, 0x00, 0x22, 0x00]
  }
}
