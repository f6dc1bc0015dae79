import Inventory
import KubernetesAPI

/// The pod template that a ControllerRevision keeps.
enum ControllerRevisionTemplate {
  /// `data` is a strategic-merge patch `{"spec":{"template":{…}}}` that holds the whole template
  /// (kubernetes `pkg/controller/daemon/update.go` getPatch, `statefulset/stateful_set_utils.go`).
  ///
  /// - Returns: nil for data of another shape, which other controllers may keep.
  static func object(_ record: ControllerRevisionRecord) throws(WireError) -> ExtractedObject? {
    guard !record.data.isEmpty else { return nil }
    guard let spec = try podSpec(record.data) else { return nil }
    return ExtractedObject(
      apiVersion: "apps/v1", kind: "ControllerRevision", metadata: record.metadata,
      images: spec.containers.map { container in
        ExtractedImage(
          path: "data.spec.template.spec.\(container.pathInPodSpec)", container: container.name,
          role: container.role, image: container.image, pullPolicy: container.pullPolicy,
          confidence: .known, placement: spec.placement)
      }, activity: .history)
  }

  private static func podSpec(_ data: [UInt8]) throws(WireError) -> PodSpecRecord? {
    let bytes = data.span
    var decoder = JSONItemDecoder()
    var cursor = JSONCursor(0..<data.count)
    return try find(["spec", "template", "spec"], bytes, &cursor, &decoder)
  }

  private static func find(
    _ path: ArraySlice<String>, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor,
    _ decoder: inout JSONItemDecoder
  ) throws(WireError) -> PodSpecRecord? {
    guard let step = path.first else { return try decoder.podSpec(bytes, &cursor).spec }
    var found: PodSpecRecord?
    guard try cursor.peek(bytes) == .object, try cursor.enterObject(bytes) else {
      try cursor.skipValue(bytes)
      return nil
    }
    while let key = try cursor.nextKey(bytes) {
      if key.equals(step, bytes) {
        found = try find(path.dropFirst(), bytes, &cursor, &decoder)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return found
  }
}
