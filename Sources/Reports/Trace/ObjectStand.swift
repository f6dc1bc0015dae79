import Inventory

/// Namespace and name under which an object of a file reaches a cluster.
struct ObjectStand: Hashable {
  /// Empty: the file names none.
  let namespace: String
  let name: String
  /// The kustomization that says the namespace.
  var namespaceFile: String?
  /// The kustomization that gives the object another name than this one.
  var renamingFile: String?

  /// By the kustomizations that build the object, where any do; else as the file says.
  ///
  /// The namespace transformer sets `metadata.namespace` of every namespaced object, whatever stood
  /// there (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/). A
  /// base may also be applied alone, so that an object's own name counts for something yet.
  static func all(of source: TraceSource, for live: WorkloadIdentity) -> [ObjectStand] {
    let own = source.use.workload
    guard !source.builds.isEmpty else {
      return [ObjectStand(namespace: own.namespace, name: own.name)]
    }
    return source.builds.flatMap { build -> [ObjectStand] in
      let name = build.name(of: own.name)
      // Objects of the whole cluster get none.
      let isSet = build.namespace != nil && !live.namespace.isEmpty
      let stand = ObjectStand(
        namespace: isSet ? build.namespace ?? "" : own.namespace, name: name,
        namespaceFile: isSet ? build.file : nil)
      guard name != own.name else { return [stand] }
      return [
        stand,
        ObjectStand(
          namespace: stand.namespace, name: own.name, namespaceFile: stand.namespaceFile,
          renamingFile: build.file),
      ]
    }
  }
}
