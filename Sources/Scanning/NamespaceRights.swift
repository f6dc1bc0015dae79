import Inventory
import KubernetesAPI

/// Where to look when cluster-wide lists are forbidden, and what may be listed in single
/// namespaces: one review for each, when the first list there is due.
actor NamespaceRights {
  struct Candidates: Sendable {
    /// Sorted; at most the limit.
    var namespaces: [String]
    /// Candidates beyond the limit.
    var leftOut: [String]
    /// Whether these are all namespaces of the cluster.
    var isComplete: Bool
    /// Namespaces that `--exclude-namespaces` names.
    var excluded: [String] = []
  }

  private let client: APIClient
  private let limit: Int
  private let excluded: [Glob]
  private let listed: @Sendable () async -> [String]?
  private let contextNamespace: String
  private var candidatesTask: Task<Candidates, Never>?
  private var rules: [String: Task<NamespaceRules?, Never>] = [:]

  /// - Parameters:
  ///   - excluded: namespaces that nobody wants to see.
  ///   - listed: the names of all namespaces; nil when these may not be listed.
  init(
    client: APIClient, limit: Int, excluded: [Glob] = [], contextNamespace: String,
    listed: @escaping @Sendable () async -> [String]?
  ) {
    self.client = client
    self.limit = limit
    self.excluded = excluded
    self.contextNamespace = contextNamespace
    self.listed = listed
  }

  /// The namespaces that may be listed, else OpenShift's Projects, else the context's own.
  func candidates() async -> Candidates {
    if let candidatesTask { return await candidatesTask.valueEndingTogether }
    let task = Task { [client, limit, excluded, contextNamespace, listed] in
      let isWanted = { (name: String) in !excluded.match(name) }
      if let names = await listed() {
        var candidates = Self.bounded(
          names.filter(isWanted), limit: limit, isComplete: true)
        candidates.excluded = names.filter(excluded.match).sorted()
        return candidates
      }
      do {
        let names = try await client.projectNames().filter(isWanted)
        if !names.isEmpty { return Self.bounded(names, limit: limit, isComplete: false) }
      } catch {
        // No OpenShift, or not allowed there either: the context's namespace remains.
      }
      return Candidates(
        namespaces: [contextNamespace].filter(isWanted), leftOut: [], isComplete: false)
    }
    candidatesTask = task
    return await task.valueEndingTogether
  }

  /// Those of the namespaces in which this resource may be listed, as far as the reviews can say.
  func allowing(_ resource: APIResource, among namespaces: [String]) async -> [String] {
    var allowed: [String] = []
    for namespace in namespaces where await mayList(resource, in: namespace) != false {
      allowed.append(namespace)
    }
    return allowed
  }

  /// As `allowing`, of the namespaces whose review has been asked for already.
  func alreadyAllowing(_ resource: APIResource, among namespaces: [String]) async -> [String] {
    await allowing(resource, among: namespaces.filter { rules[$0] != nil })
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
    return await task.valueEndingTogether?.allows(
      "list", group: resource.group, resource: resource.name)
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
