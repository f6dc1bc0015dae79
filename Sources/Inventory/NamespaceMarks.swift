/// What people wrote on a namespace.
package struct NamespaceMarks: Hashable, Sendable {
  package var labels: [String: String]
  package var annotations: [String: String]

  package init(_ metadata: ObjectMetadata) {
    labels = metadata.labels
    annotations = metadata.annotations
  }
}

extension ClusterInventory {
  /// Whose a workload is: the label or annotation of this key on the workload, else on its
  /// namespace. Nil where neither has it, and where it is empty.
  package func team(of workload: Workload, key: String) -> String? {
    let marks = namespaceMarks[workload.identity.namespace]
    let found = [
      workload.labels[key], workload.annotations[key], marks?.labels[key], marks?.annotations[key],
    ]
    return found.compactMap(\.self).first { !$0.isEmpty }
  }
}
