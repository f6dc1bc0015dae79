import Inventory
import KubernetesAPI

/// A kind that changes replicas by itself.
struct Scaler {
  let group: String
  let name: String
  let kind: String
  let versions: [String]
  /// Part of every server, so that it is asked for even when discovery would not tell.
  let isBuiltIn: Bool
  let schema: WireSchema<AutoscalerRecord>

  static let all = [
    Scaler(
      group: "autoscaling", name: "horizontalpodautoscalers", kind: "HorizontalPodAutoscaler",
      versions: ["v2", "v1"], isBuiltIn: true, schema: .horizontalPodAutoscalers),
    Scaler(
      group: "keda.sh", name: "scaledobjects", kind: "ScaledObject", versions: ["v1alpha1"],
      isBuiltIn: false, schema: .scaledObjects),
  ]

  func resource(_ discovery: Discovery?) -> APIResource? {
    if let found = discovery?.resource(group: group, name: name, versions: versions) {
      return found
    }
    guard discovery == nil, isBuiltIn else { return nil }
    // `autoscaling/v1` is served by every version from 1.2 on.
    return APIResource(group: group, version: "v1", name: name, kind: kind)
  }
}
