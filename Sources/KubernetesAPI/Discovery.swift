import Foundation

/// Which kinds a server serves, and in which versions.
package struct Discovery: Hashable, Sendable {
  /// Versions in the server's order of preference.
  package internal(set) var resources: [APIResource] = []
  /// Groups that could not be discovered: an aggregated API whose server does not answer.
  package internal(set) var staleGroups: [String] = []

  package init(resources: [APIResource] = [], staleGroups: [String] = []) {
    self.resources = resources
    self.staleGroups = staleGroups
  }

  /// The resource in the first of these versions that the server serves.
  package func resource(group: String, name: String, versions: [String]) -> APIResource? {
    for version in versions {
      if let found = resources.first(where: {
        $0.group == group && $0.name == name && $0.version == version
      }) {
        return found
      }
    }
    return nil
  }

  package func merging(_ other: Discovery) -> Discovery {
    Discovery(
      resources: resources + other.resources,
      staleGroups: (staleGroups + other.staleGroups).sorted())
  }

  /// Asks for the aggregated form first, in both versions that servers know (KEP-3352: v2 since
  /// 1.30, v2beta1 since 1.26), and takes the legacy form for an answer.
  package static let accept =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
    + "application/json"
}

/// The three shapes that discovery answers come in.
package enum DiscoveryAnswer {
  case aggregated(Discovery)
  /// Legacy `/apis`: the group-versions still to be asked for, preferred first.
  case groups([String])

  /// Reads the answer to `GET /api` or `GET /apis`.
  package init(_ body: [UInt8]) throws {
    let document = try AggregatedDiscovery(body.span)
    switch document.kind {
    case AggregatedDiscovery.kind:
      self = .aggregated(document.discovery)
    case "APIGroupList":
      let list = try JSONDecoder().decode(LegacyGroupList.self, from: Data(body))
      self = .groups(list.groups.flatMap(\.preferredFirst))
    case "APIVersions":
      self = .groups(try JSONDecoder().decode(LegacyVersions.self, from: Data(body)).versions)
    default:
      throw DiscoveryError.unknownKind(document.kind)
    }
  }

  /// Reads the answer to `GET /api/v1` or `GET /apis/GROUP/VERSION`.
  package static func resources(_ body: [UInt8]) throws -> [APIResource] {
    let list = try JSONDecoder().decode(LegacyResourceList.self, from: Data(body))
    let (group, version) = split(list.groupVersion)
    return list.resources.filter { !$0.name.contains("/") }.map {
      APIResource(
        group: $0.group ?? group, version: $0.version ?? version, name: $0.name, kind: $0.kind,
        isNamespaced: $0.namespaced, verbs: Set($0.verbs))
    }
  }

  package static func split(_ groupVersion: String) -> (group: String, version: String) {
    let parts = groupVersion.split(separator: "/", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", groupVersion)
  }
}

package enum DiscoveryError: Error, Hashable, Sendable {
  case unknownKind(String)
}

private struct LegacyVersions: Decodable {
  let versions: [String]
}

private struct LegacyGroupList: Decodable {
  struct Group: Decodable {
    struct Version: Decodable { let groupVersion: String }
    let versions: [Version]
    let preferredVersion: Version?

    var preferredFirst: [String] {
      let all = versions.map(\.groupVersion)
      guard let preferred = preferredVersion?.groupVersion else { return all }
      return [preferred] + all.filter { $0 != preferred }
    }
  }

  let groups: [Group]
}

private struct LegacyResourceList: Decodable {
  struct Resource: Decodable {
    let name: String
    let namespaced: Bool
    let kind: String
    let verbs: [String]
    let group: String?
    let version: String?
  }

  let groupVersion: String
  let resources: [Resource]
}
