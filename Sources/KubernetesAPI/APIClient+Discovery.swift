import Foundation

extension APIClient {
  /// `GET /version`. Most servers answer it to anybody.
  package func serverVersion() async throws -> ServerVersion {
    try decode(ServerVersion.self, try await get("/version"), path: "/version")
  }

  /// What the server serves: two requests where discovery is aggregated, else one per
  /// group-version.
  ///
  /// A group whose own server does not answer is `stale`, never an error.
  package func discover() async throws -> Discovery {
    async let core = discover(root: "/api")
    async let groups = discover(root: "/apis")
    return try await core.merging(groups)
  }

  private func discover(root: String) async throws -> Discovery {
    let body = try await gate.run { try await get(root, accept: Discovery.accept) }
    switch try answer(body, path: root) {
    case .aggregated(let discovery):
      return discovery
    case .groups(let groupVersions):
      return try await legacy(groupVersions, root: root)
    }
  }

  /// One request per group-version, a few at a time.
  private func legacy(_ groupVersions: [String], root: String) async throws -> Discovery {
    try await withThrowingTaskGroup(of: (String, [APIResource]?).self) { group in
      for groupVersion in groupVersions {
        group.addTask {
          let path = "\(root)/\(groupVersion)"
          do {
            return try await self.gate.run {
              // An aggregated API whose server is down answers 503 for as long as it is.
              let body = try await self.get(path, attempts: 2)
              return (groupVersion, try self.resources(body, path: path))
            }
          } catch APIError.status, APIError.notFound {
            return (groupVersion, nil)
          }
        }
      }
      var found: [String: [APIResource]] = [:]
      var stale: [String] = []
      for try await (groupVersion, resources) in group {
        if let resources { found[groupVersion] = resources } else { stale.append(groupVersion) }
      }
      return Discovery(
        resources: groupVersions.flatMap { found[$0] ?? [] }, staleGroups: stale.sorted())
    }
  }

  private func answer(_ body: [UInt8], path: String) throws -> DiscoveryAnswer {
    do {
      return try DiscoveryAnswer(body)
    } catch {
      throw APIError.unreadableAnswer(path: path, problem: "expected a discovery document")
    }
  }

  private func resources(_ body: [UInt8], path: String) throws -> [APIResource] {
    do {
      return try DiscoveryAnswer.resources(body)
    } catch {
      throw APIError.unreadableAnswer(path: path, problem: "expected an APIResourceList")
    }
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8], path: String) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch {
      throw APIError.unreadableAnswer(path: path, problem: "expected \(type) as JSON")
    }
  }
}
