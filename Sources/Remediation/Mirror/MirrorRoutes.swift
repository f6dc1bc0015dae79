import ImageReferences
import Inventory
package import RegistryCatalogue
package import Reports

/// A place in a registry: host, and the path below it that a repository's name is put after.
package struct MirrorLocation: Hashable, Sendable {
  package let registry: String
  /// Without slashes at its ends; may be empty.
  package let path: String

  /// `registry.corp.example/mirror/k8s.gcr.io`
  var text: String { MirrorTarget.joined([registry, path]) }

  /// Where the registry answers. Docker Hub does so under a name of its own.
  var server: String {
    "https://\(registry == "docker.io" ? "registry-1.docker.io" : registry)"
  }

  /// What a client puts before a repository's name.
  var endpoint: String {
    path.isEmpty ? server : "\(server)/v2/\(path)"
  }
}

/// Where a node may find the images of one registry instead.
package struct HostRoute: Hashable, Sendable {
  /// As references name it, the port included.
  package let host: String
  /// The registry that replaces all of it, by a rule of the catalogue.
  package var whole: MirrorLocation?
  /// The copies of its images.
  package var own: MirrorLocation?
  /// Parts of it that a rule finds elsewhere, by path.
  package var parts: [PartRoute] = []
  /// Images that the cluster names, for trying it out; sorted, few.
  package var samples: [String] = []

  /// The parts that a node may be told about as a whole.
  var movableParts: [PartRoute] { parts.filter { !$0.keepsOthers } }

  /// The route of a part, its copies included.
  func own(_ part: PartRoute) -> MirrorLocation? {
    own.map { MirrorLocation(registry: $0.registry, path: "\($0.path)/\(part.path)") }
  }
}

/// A path of a registry that has the same content elsewhere.
package struct PartRoute: Hashable, Sendable {
  package let path: String
  /// Whether `path` is one repository rather than what stands before several.
  package let isRepository: Bool
  package let location: MirrorLocation
  /// Only some tags are there, and the others where they were: no node tells tags apart.
  package var keepsOthers = false
}

/// The routes that a cluster's images ask for, and what has none.
package struct MirrorRoutes: Hashable, Sendable {
  /// Sorted by host.
  package private(set) var hosts: [HostRoute] = []

  private static let samplesPerHost = 3

  /// - Parameter plan: nil without a registry of one's own.
  package init(_ report: Report, catalogue: Catalogue, plan: CopyPlan?, target: MirrorTarget?) {
    var routes: [String: HostRoute] = [:]
    var locations: [String: [Scope: Set<MirrorLocation>]] = [:]
    var shared: Set<String> = []
    for cluster in report.clusters {
      for finding in cluster.findings where finding.kind == .registry && finding.counts {
        guard let reference = finding.use.image.reference else { continue }
        routes[reference.registry, default: HostRoute(host: reference.registry)].samples
          .append(reference.canonical)
        guard finding.isReplacementMechanical, let replacement = finding.replacementReference
        else { continue }
        if Self.keepsOthers(reference, finding.rule, catalogue, report.asOf) {
          shared.insert(reference.name)
        }
        let scope = Scope(of: reference, by: finding.rule, catalogue, report.asOf)
        if let location = scope.location(reference, replacement) {
          locations[reference.registry, default: [:]][scope, default: []].insert(location)
        } else if let location = Scope.repository(reference.repository)
          .location(reference, replacement)
        {
          locations[reference.registry, default: [:]][
            .repository(reference.repository), default: []
          ].insert(location)
        }
      }
    }
    for image in plan?.images ?? [] {
      let host = image.reference.registry
      routes[host, default: HostRoute(host: host)].samples.append(image.reference.canonical)
      if let target, let path = target.path(of: host) {
        routes[host]?.own = MirrorLocation(registry: target.registry, path: path)
      }
    }
    for (host, scopes) in locations {
      for (scope, found) in scopes.sorted(by: { $0.key < $1.key }) {
        // Rules that disagree about one scope leave nothing that a node could be told.
        guard found.count == 1, let location = found.first else { continue }
        switch scope {
        case .host: routes[host]?.whole = location
        case .prefix(let path):
          routes[host]?.parts.append(
            PartRoute(path: path, isRepository: false, location: location))
        case .repository(let path):
          routes[host]?.parts.append(
            PartRoute(
              path: path, isRepository: true, location: location,
              keepsOthers: shared.contains("\(host)/\(path)")))
        }
      }
    }
    hosts = routes.values.sorted { $0.host < $1.host }.map { route in
      var route = route
      route.samples = Array(Set(route.samples).sorted().prefix(Self.samplesPerHost))
      return route
    }
  }
}

extension MirrorRoutes {
  /// Whether a rule about some tags leaves others where they are: `bitnami/redis:7` is at another
  /// place, and `bitnami/redis:latest` is not.
  private static func keepsOthers(
    _ reference: ImageReference, _ id: String?, _ catalogue: Catalogue, _ day: CalendarDate
  ) -> Bool {
    guard let rule = catalogue.rules.first(where: { $0.id == id }),
      rule.matches.contains(where: { !$0.tags.isEmpty }),
      let other = ImageText.parse(reference.name).reference
    else { return false }
    let judgement = catalogue.judge(other, asOf: day)
    return judgement.rule?.id != id && judgement.fate != .gone
  }
}

/// What of a registry goes to one other place.
private enum Scope: Hashable, Comparable {
  case host
  case prefix(String)
  case repository(String)

  /// What the rule is about as a whole, where everything there goes the same way; else the one
  /// repository.
  init(
    of reference: ImageReference, by id: String?, _ catalogue: Catalogue, _ day: CalendarDate
  ) {
    self = .repository(reference.repository)
    let judgement = catalogue.judge(reference, asOf: day)
    guard let rule = judgement.rule, rule.id == id, rule.exceptions.isEmpty,
      rule.matches.allSatisfy(\.tags.isEmpty)
    else { return }
    let place = judgement.place
    guard place != reference.matchingHost else {
      if !Self.hasNarrower(than: "", on: place, rule, catalogue) { self = .host }
      return
    }
    let path = String(place.dropFirst(reference.matchingHost.count + 1))
    guard path != reference.repository, reference.repository.hasPrefix("\(path)/"),
      !Self.hasNarrower(than: "\(path)/", on: reference.matchingHost, rule, catalogue)
    else { return }
    self = .prefix(path)
  }

  /// Whether another rule says something else of a part of it.
  private static func hasNarrower(
    than prefix: String, on host: String, _ rule: Rule, _ catalogue: Catalogue
  ) -> Bool {
    catalogue.rules.contains { other in
      other.id != rule.id
        && other.matches.contains { pattern in
          guard pattern.host == host else { return false }
          switch pattern.path {
          case .any: return false
          case .prefix(let path), .repository(let path): return "\(path)/".hasPrefix(prefix)
          }
        }
    }
  }

  /// Where the scope as a whole goes, if the two names end alike; nil otherwise.
  func location(_ old: ImageReference, _ new: ImageReference) -> MirrorLocation? {
    let rest: String
    switch self {
    case .host: rest = old.repository
    case .prefix(let path): rest = String(old.repository.dropFirst(path.count + 1))
    case .repository: return MirrorLocation(registry: new.registry, path: new.repository)
    }
    if new.repository == rest { return MirrorLocation(registry: new.registry, path: "") }
    guard new.repository.hasSuffix("/\(rest)") else { return nil }
    return MirrorLocation(
      registry: new.registry, path: String(new.repository.dropLast(rest.count + 1)))
  }
}
