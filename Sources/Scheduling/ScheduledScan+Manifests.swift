import YAMLDocuments

extension ScheduledScan {
  /// Every object, in an order in which each finds what it needs.
  package func manifests() -> String {
    var documents: [(remark: String, tree: YAMLTree)] = []
    if createsNamespace { documents.append(("", namespaceObject)) }
    documents.append(("", serviceAccount))
    documents.append((remark, clusterRole))
    documents.append(("", clusterRoleBinding))
    if !files.isEmpty { documents.append(("", configMap)) }
    if case .new(let storage) = claim { documents.append(("", volumeClaim(storage))) }
    documents.append(("", cronJob))
    return documents.map { remark, tree in
      var writer = YAMLWriter()
      if !remark.isEmpty { writer.comment(remark) }
      return writer.text + YAMLWriter.text(tree)
    }.joined(separator: "---\n")
  }

  // MARK: Who scans, and what it may read

  private var namespaceObject: YAMLTree {
    .fields([
      "apiVersion": "v1", "kind": "Namespace",
      "metadata": .fields([
        "name": .string(namespace),
        // https://kubernetes.io/docs/concepts/security/pod-security-standards/
        "labels": .fields([
          "app.kubernetes.io/name": "gcr-report",
          "pod-security.kubernetes.io/enforce": "restricted",
        ]),
      ]),
    ])
  }

  private var serviceAccount: YAMLTree {
    .fields([
      "apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata,
      // Only the Pod that scans asks for the token.
      "automountServiceAccountToken": false,
    ])
  }

  private var clusterRole: YAMLTree {
    .fields([
      "apiVersion": .string("\(Self.roleGroup)/v1"), "kind": "ClusterRole",
      "metadata": clusterMetadata, "rules": .sequence(rules),
    ])
  }

  private var clusterRoleBinding: YAMLTree {
    .fields([
      "apiVersion": .string("\(Self.roleGroup)/v1"), "kind": "ClusterRoleBinding",
      "metadata": clusterMetadata,
      "roleRef": .fields([
        "apiGroup": .string(Self.roleGroup), "kind": "ClusterRole", "name": .string(roleName),
      ]),
      "subjects": [
        .fields([
          "kind": "ServiceAccount", "name": .string(name), "namespace": .string(namespace),
        ])
      ],
    ])
  }

  // MARK: What it reads and writes

  private var configMap: YAMLTree {
    .fields([
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata,
      "data": .mapping(files.map { YAMLTreePair(key: $0.name, value: .string($0.text)) }),
    ])
  }

  private func volumeClaim(_ storage: String) -> YAMLTree {
    .fields([
      "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata,
      "spec": .fields([
        "accessModes": ["ReadWriteOnce"],
        "resources": .fields(["requests": .fields(["storage": .string(storage)])]),
      ]),
    ])
  }

  var claimName: String {
    switch claim {
    case .existing(let name): name
    case .new: name
    }
  }

  // MARK: Names and labels

  private static let roleGroup = "rbac.authorization.k8s.io"

  /// Of the whole cluster: two schedules in two namespaces do not share it.
  private var roleName: String { "\(namespace):\(name)" }

  var labels: YAMLTree {
    .fields([
      "app.kubernetes.io/name": "gcr-report", "app.kubernetes.io/instance": .string(name),
    ])
  }

  var metadata: YAMLTree {
    .fields([
      "name": .string(name), "namespace": .string(namespace), "labels": labels,
    ])
  }

  private var clusterMetadata: YAMLTree {
    .fields(["name": .string(roleName), "labels": labels])
  }
}
