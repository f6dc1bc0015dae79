import KubernetesAPI

/// Where to look when cluster-wide lists are forbidden: which namespaces, and what may be listed
/// in each. Asked for once, when the first list is refused.
actor NamespaceRights {
  struct Candidates: Sendable {
    /// Sorted; at most the limit.
    var namespaces: [String]
    /// Candidates beyond the limit.
    var leftOut: [String]
    /// Whether these are all namespaces of the cluster.
    var isComplete: Bool
  }

  private let client: APIClient
  private let limit: Int
  private let listed: @Sendable () async -> [String]?
  private let contextNamespace: String
  private var candidatesTask: Task<Candidates, Never>?
  private var rules: [String: Task<NamespaceRules?, Never>] = [:]
  private var refusing: Set<String> = []

  /// - Parameter listed: the names of all namespaces; nil when these may not be listed.
  init(
    client: APIClient, limit: Int, contextNamespace: String,
    listed: @escaping @Sendable () async -> [String]?
  ) {
    self.client = client
    self.limit = limit
    self.contextNamespace = contextNamespace
    self.listed = listed
  }

  /// The namespaces that may be listed, else OpenShift's Projects, else the context's own.
  func candidates() async -> Candidates {
    if let candidatesTask { return await candidatesTask.valueEndingTogether }
    let task = Task { [client, limit, contextNamespace, listed] in
      if let names = await listed() {
        return Self.bounded(names, limit: limit, isComplete: true)
      }
      do {
        let names = try await client.projectNames()
        if !names.isEmpty { return Self.bounded(names, limit: limit, isComplete: false) }
      } catch {
        // No OpenShift, or not allowed there either: the context's namespace remains.
      }
      return Candidates(namespaces: [contextNamespace], leftOut: [], isComplete: false)
    }
    candidatesTask = task
    return await task.valueEndingTogether
  }

  /// A list was refused in this namespace: what else is refused there is worth asking.
  func noteRefusal(in namespace: String) {
    refusing.insert(namespace)
  }

  /// The same as `mayList`, but without a question where nothing has been refused so far.
  func mayListAfterRefusals(_ resource: APIResource, in namespace: String) async -> Bool? {
    guard refusing.contains(namespace) else { return nil }
    return await mayList(resource, in: namespace)
  }

  /// Whether the user may list this resource there; nil when the review cannot say.
  func mayList(_ resource: APIResource, in namespace: String) async -> Bool? {
    let task: Task<NamespaceRules?, Never>
    if let known = rules[namespace] {
      task = known
    } else {
      task = Task { [client] in
        do {
          return try await client.gate.run { try await client.rules(namespace: namespace) }
        } catch {
          // A review that fails forbids nothing: the list itself will tell.
          return nil
        }
      }
      rules[namespace] = task
    }
    return await task.valueEndingTogether?.allows("list", group: resource.group, resource: resource.name)
  }

  private static func bounded(
    _ names: [String], limit: Int, isComplete: Bool
  ) -> Candidates {
    let sorted = names.sorted()
    return Candidates(
      namespaces: Array(sorted.prefix(limit)), leftOut: Array(sorted.dropFirst(limit)),
      isComplete: isComplete)
  }
}
