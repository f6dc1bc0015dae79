import Foundation
package import Inventory

extension APIClient {
  /// The UID of a namespace; that of `kube-system` names the cluster.
  package func namespaceUID(_ name: String) async throws -> String {
    try await namespace(name).uid
  }

  /// The metadata of one namespace.
  package func namespace(_ name: String) async throws -> ObjectMetadata {
    let path = "/api/v1/namespaces/\(PercentEncoding.encode(name))"
    let metadata = try await object(.namespaces, path, limit: 1 << 20).metadata
    guard !metadata.uid.isEmpty else {
      throw APIError.unreadableAnswer(path: path, problem: "expected a Namespace with a UID")
    }
    return metadata
  }

  /// One ConfigMap by name: a right that roles give for single objects.
  package func configMap(namespace: String, name: String) async throws -> ConfigMapRecord {
    let path =
      "/api/v1/namespaces/\(PercentEncoding.encode(namespace))/configmaps/"
      + PercentEncoding.encode(name)
    // The server stores 1 MiB of data at most; JSON escapes may make six times as much of it.
    return try await object(.configMaps, path, limit: 8 << 20)
  }

  /// Names of the OpenShift Projects that this user may see: a list that needs no right to list
  /// Namespaces (`project.openshift.io/v1`).
  package func projectNames() async throws -> [String] {
    struct List: Decodable {
      struct Item: Decodable {
        struct Metadata: Decodable { let name: String }
        let metadata: Metadata
      }
      let items: [Item]
    }
    let path = "/apis/project.openshift.io/v1/projects"
    return try decode(List.self, try await get(path), path: path).items.map(\.metadata.name)
  }

  /// What this user may do in a namespace (`authorization.k8s.io/v1` SelfSubjectRulesReview).
  package func rules(namespace: String) async throws -> NamespaceRules {
    let body = try JSONEncoder().encode(RulesReview(namespace: namespace))
    let answer = try await review(.selfSubjectRules, body: Array(body))
    return try decode(
      RulesReviewAnswer.self, answer, path: ReviewKind.selfSubjectRules.path
    ).status
  }
}

/// `status` of a SelfSubjectRulesReview.
package struct NamespaceRules: Hashable, Sendable, Decodable {
  package struct Rule: Hashable, Sendable, Decodable {
    package let verbs: [String]
    package let apiGroups: [String]?
    package let resources: [String]?
    package let resourceNames: [String]?

    package init(
      verbs: [String], apiGroups: [String]?, resources: [String]?, resourceNames: [String]? = nil
    ) {
      self.verbs = verbs
      self.apiGroups = apiGroups
      self.resources = resources
      self.resourceNames = resourceNames
    }
  }

  package let resourceRules: [Rule]
  /// The server could not list every rule (a webhook authorizer, for one): absence proves nothing.
  package let incomplete: Bool?

  package init(resourceRules: [Rule], incomplete: Bool?) {
    self.resourceRules = resourceRules
    self.incomplete = incomplete
  }

  /// Whether these rules allow the verb on every object of the resource; nil when they cannot say.
  package func allows(_ verb: String, group: String, resource: String) -> Bool? {
    let allowed = resourceRules.contains { rule in
      Self.matches(rule.verbs, verb) && Self.matches(rule.apiGroups ?? [], group)
        && Self.matches(rule.resources ?? [], resource) && (rule.resourceNames ?? []).isEmpty
    }
    return allowed ? true : incomplete == true ? nil : false
  }

  private static func matches(_ patterns: [String], _ text: String) -> Bool {
    patterns.contains { $0 == "*" || $0 == text }
  }
}

private struct RulesReview: Encodable {
  struct Spec: Encodable { let namespace: String }
  let apiVersion = "authorization.k8s.io/v1"
  let kind = "SelfSubjectRulesReview"
  let spec: Spec

  init(namespace: String) {
    spec = Spec(namespace: namespace)
  }
}

private struct RulesReviewAnswer: Decodable {
  let status: NamespaceRules
}
