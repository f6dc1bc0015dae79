/// Which tool's source a person should edit, read from the marks that tools leave on objects.
package enum ManagedBy {
  /// Nil when no known mark is there. The nearest source to a person wins: GitOps before Helm,
  /// since Flux and Argo CD leave Helm's marks in place.
  package static func describe(_ metadata: ObjectMetadata) -> String? {
    // An empty value names nothing.
    let labels = metadata.labels.filter { !$0.value.isEmpty }
    let annotations = metadata.annotations.filter { !$0.value.isEmpty }
    // Flux: https://fluxcd.io/flux/components/kustomize/kustomizations/ "Owner labels".
    if let name = labels["kustomize.toolkit.fluxcd.io/name"] {
      return quoted("Flux Kustomization", name, labels["kustomize.toolkit.fluxcd.io/namespace"])
    }
    if let name = labels["helm.toolkit.fluxcd.io/name"] {
      return quoted("Flux HelmRelease", name, labels["helm.toolkit.fluxcd.io/namespace"])
    }
    // Argo CD, "Resource Tracking": `<application>:<group>/<kind>:<namespace>/<name>`.
    if let tracking = annotations[AnnotationKeys.argoTrackingID],
      let application = tracking.split(separator: ":", omittingEmptySubsequences: false).first,
      !application.isEmpty
    {
      return quoted("Argo CD Application", String(application), nil)
    }
    if let application = labels["argocd.argoproj.io/instance"] {
      return quoted("Argo CD Application", application, nil)
    }
    // Operator Lifecycle Manager marks what a ClusterServiceVersion installed.
    if let owner = labels["olm.owner"], labels["olm.owner.kind"] == "ClusterServiceVersion" {
      return quoted("OLM ClusterServiceVersion", owner, labels["olm.owner.namespace"])
    }
    if let release = annotations[AnnotationKeys.helmReleaseName] {
      return quoted(
        "Helm release", release, annotations[AnnotationKeys.helmReleaseNamespace])
    }
    if labels["app.kubernetes.io/managed-by"] == "Helm",
      let release = labels["app.kubernetes.io/instance"]
    {
      return quoted("Helm release", release, nil)
    }
    if let kustomization = kustomization(labels, annotations) { return kustomization }
    // The addon manager overwrites objects in mode Reconcile with the files of its control plane
    // (kubernetes/kubernetes `cluster/addons/addon-manager`); EnsureExists is left to people.
    if labels["addonmanager.kubernetes.io/mode"] == "Reconcile" {
      return
        "the addon manager: edit its manifest on the control plane, which overwrites the object"
    }
    // A mirror pod (see "Create static Pods"): the kubelet runs it from a file on its node.
    if metadata.annotations[AnnotationKeys.mirror] != nil {
      let node = metadata.owner.map { "node \"\($0.name)\"" } ?? "its node"
      return "the kubelet: edit the static pod file on \(node), not the API object"
    }
    return nil
  }

  /// What `kustomize build` leaves where its `buildMetadata` asks for it
  /// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata).
  private static func kustomization(
    _ labels: [String: String], _ annotations: [String: String]
  ) -> String? {
    let edit = "edit the files that kustomize builds, not the object"
    if let origin = annotations["config.kubernetes.io/origin"] {
      let lines = origin.split(whereSeparator: \.isNewline)
      let fields = ["repo", "path"].compactMap { name in
        lines.first { $0.hasPrefix("\(name): ") }.map { $0.dropFirst(name.count + 2) }
      }
      return fields.isEmpty
        ? "Kustomize: \(edit)" : "Kustomize (\(fields.joined(separator: " "))): \(edit)"
    }
    let manager = labels["app.kubernetes.io/managed-by"] ?? ""
    return manager.hasPrefix("kustomize") ? "Kustomize: \(edit)" : nil
  }

  private static func quoted(_ what: String, _ name: String, _ namespace: String?) -> String {
    if let namespace, !namespace.isEmpty { return "\(what) \"\(namespace)/\(name)\"" }
    return "\(what) \"\(name)\""
  }
}
