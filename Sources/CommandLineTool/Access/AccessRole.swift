import Kubeconfig
import RegistryCatalogue
import Scanning
import YAMLDocuments

/// The role that holds exactly the missing rights, and its binding, as YAML for `kubectl apply`.
///
/// A ClusterRole for what is missing in the whole cluster, a Role in each namespace for what is
/// missing there alone.
struct AccessRole {
  /// Who is to get the rights.
  enum Subject: Hashable {
    case user(String)
    case serviceAccount(namespace: String, name: String)
    /// Neither review tells the user's name: somebody has to fill it in.
    case unknown
  }

  /// Stands where the user's name belongs.
  static let placeholder = "FILL-IN-THE-USER"

  /// Sorted.
  let grants: [AccessGrant]
  let subject: Subject

  /// All documents with their comments; a comment alone when no right is missing.
  func yaml() -> String {
    guard !grants.isEmpty else { return Self.comment("Nothing is missing: no role is needed.") }
    let cluster = grants.filter { $0.namespace == nil }
    var documents = cluster.isEmpty ? [] : documents(cluster, namespace: nil)
    for namespace in Set(grants.compactMap(\.namespace)).sorted() {
      documents += self.documents(
        grants.filter { $0.namespace == namespace }, namespace: namespace)
    }
    return Self.comment(comment) + documents.joined(separator: "---\n")
  }

  private static func comment(_ lines: String) -> String {
    var writer = YAMLWriter()
    writer.comment(lines)
    return writer.text
  }

  private var comment: String {
    let purpose = "What a scan by kubectl gcr-report may not read yet, and nothing else."
    guard subject == .unknown else { return purpose }
    return """
      \(purpose)
      Write the user's name in place of \(Self.placeholder); the user sees it with
      "kubectl auth whoami". A service account is a subject of kind ServiceAccount, with its
      name and namespace and without apiGroup.
      """
  }

  /// The role, with a warning above it when it reaches Secrets, and its binding.
  private func documents(_ grants: [AccessGrant], namespace: String?) -> [String] {
    let kind = namespace == nil ? "ClusterRole" : "Role"
    let name = Self.name(of: grants)
    let metadata = YAMLTree.fields([
      "name": .string(name), "namespace": namespace.map { .string($0) },
    ])
    let role = YAMLWriter.text(
      .fields([
        "apiVersion": .string("\(Self.group)/v1"), "kind": .string(kind), "metadata": metadata,
        "rules": .sequence(Self.rules(grants)),
      ]))
    let binding = YAMLWriter.text(
      .fields([
        "apiVersion": .string("\(Self.group)/v1"), "kind": .string("\(kind)Binding"),
        "metadata": metadata,
        "roleRef": .fields([
          "apiGroup": .string(Self.group), "kind": .string(kind), "name": .string(name),
        ]),
        "subjects": .sequence([subjectTree]),
      ]))
    return [Self.warning(grants, namespace: namespace) + role, binding]
  }

  /// RBAC cannot tell Helm's Secrets from others in a list.
  private static func warning(_ grants: [AccessGrant], namespace: String?) -> String {
    guard grants.contains(where: { $0.group.isEmpty && $0.resource == "secrets" }) else {
      return ""
    }
    let place = namespace == nil ? "in all namespaces" : "in this namespace"
    return comment("Beware: this grants reading every Secret \(place), for Helm's releases.")
  }

  private static let group = "rbac.authorization.k8s.io"

  /// Roles with other rules have other names: applying one never takes away what an earlier one
  /// gave.
  private static func name(of grants: [AccessGrant]) -> String {
    let text = grants.map {
      [$0.group, $0.resource, $0.verb, $0.objectName ?? ""].joined(separator: "/")
    }.joined(separator: "\n")
    return "gcr-report-reader-\(SHA256.hex(Array(text.utf8)).prefix(8))"
  }

  /// One rule for the lists of a group, and one for the objects of a kind that are named, in the
  /// order of the grants.
  static func rules(_ grants: [AccessGrant]) -> [YAMLTree] {
    struct Key: Hashable {
      let group: String
      let verb: String
      /// Of named objects; nil for lists.
      let resource: String?
    }
    var order: [Key] = []
    var members: [Key: [AccessGrant]] = [:]
    for grant in grants {
      let key = Key(
        group: grant.group, verb: grant.verb,
        resource: grant.objectName == nil ? nil : grant.resource)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(grant)
    }
    return order.map { key in
      let grants = members[key, default: []]
      return .fields([
        "apiGroups": .strings([key.group]),
        "resources": .strings(key.resource.map { [$0] } ?? grants.map(\.resource)),
        "resourceNames": key.resource.map { _ in .strings(grants.compactMap(\.objectName)) },
        "verbs": .strings([key.verb]),
      ])
    }
  }

  private var subjectTree: YAMLTree {
    switch subject {
    case .user(let name):
      .fields(["kind": "User", "apiGroup": .string(Self.group), "name": .string(name)])
    case .serviceAccount(let namespace, let name):
      .fields([
        "kind": "ServiceAccount", "name": .string(name), "namespace": .string(namespace),
      ])
    case .unknown:
      .fields([
        "kind": "User", "apiGroup": .string(Self.group), "name": .string(Self.placeholder),
      ])
    }
  }
}

extension AccessRole.Subject {
  /// `--as` names the user; otherwise only the server knows whom it takes us for.
  init(_ target: ClusterTarget) {
    guard let user = target.impersonation?.user, !user.isEmpty else {
      self = .unknown
      return
    }
    // k8s.io/apiserver, authentication/serviceaccount: `system:serviceaccount:NAMESPACE:NAME`.
    let parts = user.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount", !parts[2].isEmpty,
      !parts[3].isEmpty
    {
      self = .serviceAccount(namespace: parts[2], name: parts[3])
    } else {
      self = .user(user)
    }
  }
}
