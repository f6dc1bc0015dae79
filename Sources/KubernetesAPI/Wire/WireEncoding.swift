/// How the body of an answer is encoded; chosen by its `Content-Type`, never by what was asked for.
package enum WireEncoding: Hashable, Sendable, CaseIterable {
  /// `application/vnd.kubernetes.protobuf`: the envelope `k8s\0`, then one `runtime.Unknown`.
  case protobuf
  case json

  /// The `Accept` of built-in kinds; an aggregated API that knows only JSON answers JSON.
  static let acceptAny = "application/vnd.kubernetes.protobuf,application/json"
  static let acceptJSON = "application/json"

  /// The encoding that a `Content-Type` names; nil for text, YAML, CBOR and event streams.
  package init?(contentType: String) {
    let parts = contentType.lowercased().split(separator: ";", omittingEmptySubsequences: false)
      .map { part in part.filter { $0 != " " && $0 != "\t" } }
    guard !parts.contains("stream=watch") else { return nil }
    switch parts.first {
    case "application/json": self = .json
    case "application/vnd.kubernetes.protobuf": self = .protobuf
    default: return nil
    }
  }
}

/// What a decoder refuses, so that no answer can exhaust memory or the stack.
package struct WireLimits: Hashable, Sendable {
  /// The largest single object, in bytes of its encoding. etcd refuses requests above 1.5 MiB.
  package var itemBytes: Int
  /// The deepest nesting of JSON arrays and objects, counted from the item.
  package var depth: Int

  package init(itemBytes: Int = 16 << 20, depth: Int = 1000) {
    self.itemBytes = itemBytes
    self.depth = depth
  }

  package static let `default` = WireLimits()
}
