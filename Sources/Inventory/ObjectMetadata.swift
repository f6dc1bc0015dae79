/// What a scan keeps of `metadata` (Kubernetes API conventions, `ObjectMeta`).
///
/// `managedFields` and the last-applied copy are never kept: they hold stale images.
package struct ObjectMetadata: Hashable, Sendable {
  package var name = ""
  /// Empty for cluster-scoped objects.
  package var namespace = ""
  package var uid = ""
  /// Seconds since 1970-01-01T00:00:00Z; nil when the server sent none.
  package var creationTimestamp: Int64?
  package var deletionTimestamp: Int64?
  /// All labels; of a Pod and of a workload only when no controller owns it, unless a selector
  /// asks.
  package var labels: [String: String] = [:]
  /// Only the keys that `AnnotationKeys.isKept` names; of a workload as its labels.
  package var annotations: [String: String] = [:]
  /// The owner reference with `controller: true`; without one, the only owner if there is just one.
  package var owner: OwnerReference?

  package init() {}
}

/// The owner of an object (`metav1.OwnerReference`).
package struct OwnerReference: Hashable, Sendable {
  package var apiVersion = ""
  package var kind = ""
  package var name = ""
  package var uid = ""
  package var isController = false

  package init() {}

  package init(
    apiVersion: String, kind: String, name: String, uid: String, isController: Bool = true
  ) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.name = name
    self.uid = uid
    self.isController = isController
  }
}

/// Annotations that say something about ownership, revision or origin.
package enum AnnotationKeys {
  /// A mirror pod: the kubelet runs it from a file (Kubernetes "Create static Pods").
  package static let mirror = "kubernetes.io/config.mirror"
  package static let helmReleaseName = "meta.helm.sh/release-name"
  package static let helmReleaseNamespace = "meta.helm.sh/release-namespace"
  package static let argoTrackingID = "argocd.argoproj.io/tracking-id"
  package static let copiedLastApplied = "kubectl.kubernetes.io/last-applied-configuration"

  /// Whether a decoder keeps this annotation: everything short except the last-applied copy.
  ///
  /// Team labels may stand in any annotation, so the key alone does not decide.
  package static func isKept(_ key: some StringProtocol, valueLength: Int) -> Bool {
    valueLength <= 1024 && key != copiedLastApplied
  }
}
