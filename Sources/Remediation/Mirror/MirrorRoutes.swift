import ImageReferences
import Inventory
package import RegistryCatalogue
package import Reports

/// The routes that the images of a report ask for.
package struct MirrorRoutes: Hashable, Sendable {
  /// Sorted by host.
  package let hosts: [HostRoute]

  private static let samplesPerHost = 3

  /// - Parameter plan: nil without a registry of one's own.
  package init(_ report: Report, catalogue: Catalogue, plan: CopyPlan?, target: MirrorTarget?) {
    let findings = report.clusters.flatMap { cluster in
      cluster.findings.filter { $0.kind == .registry && $0.counts }
    }
    let copied = plan?.images.map(\.reference) ?? []
    var routes = Self.routes(ofHostsOf: findings.compactMap(\.use.image.reference) + copied)
    for host in Set(copied.map(\.registry)) {
      guard let target, let path = target.path(of: host) else { continue }
      routes[host]?.own = MirrorLocation(registry: target.registry, path: path)
    }
    let shared = Self.shared(findings, catalogue, report.asOf)
    for (host, locations) in Self.locations(findings, catalogue, report.asOf) {
      routes[host]?.add(locations, shared: shared)
    }
    hosts = routes.values.sorted { $0.host < $1.host }
  }

  /// Routes that lead nowhere yet, by host, with some of its images.
  private static func routes(ofHostsOf references: [ImageReference]) -> [String: HostRoute] {
    let byHost = Dictionary(grouping: references, by: \.registry)
    return Dictionary(
      uniqueKeysWithValues: byHost.map { host, references in
        let samples = Set(references.map(\.canonical)).sorted().prefix(samplesPerHost)
        return (host, HostRoute(host: host, samples: Array(samples)))
      })
  }

  /// The repositories of which a rule moves some tags and leaves others.
  private static func shared(
    _ findings: [Finding], _ catalogue: Catalogue, _ day: CalendarDate
  ) -> Set<String> {
    var names: Set<String> = []
    for finding in findings where finding.isReplacementMechanical {
      guard let reference = finding.use.image.reference,
        keepsOthers(reference, finding.rule, catalogue, day)
      else { continue }
      names.insert(reference.name)
    }
    return names
  }

  /// Where rules find the content of a registry, or of a part of it, by host.
  private static func locations(
    _ findings: [Finding], _ catalogue: Catalogue, _ day: CalendarDate
  ) -> [String: [Scope: Set<MirrorLocation>]] {
    var locations: [String: [Scope: Set<MirrorLocation>]] = [:]
    for finding in findings where finding.isReplacementMechanical {
      guard let reference = finding.use.image.reference,
        let replacement = finding.replacementReference
      else { continue }
      let widest = Scope(of: reference, by: finding.rule, catalogue, day)
      for scope in [widest, .repository(reference.repository)] {
        guard let location = scope.location(reference, replacement) else { continue }
        locations[reference.registry, default: [:]][scope, default: []].insert(location)
        break
      }
    }
    return locations
  }
}

extension HostRoute {
  /// Rules that disagree about one scope leave nothing that a node could be told.
  fileprivate mutating func add(
    _ locations: [Scope: Set<MirrorLocation>], shared: Set<String>
  ) {
    for (scope, found) in locations.sorted(by: { $0.key < $1.key }) {
      guard found.count == 1, let location = found.first else { continue }
      switch scope {
      case .host: whole = location
      case .prefix(let path):
        parts.append(PartRoute(path: path, isRepository: false, location: location))
      case .repository(let path):
        parts.append(
          PartRoute(
            path: path, isRepository: true, location: location,
            keepsOthers: shared.contains("\(host)/\(path)")))
      }
    }
  }
}

extension MirrorRoutes {
  /// Whether a rule about some tags leaves others where they are: `bitnami/redis:7` is at another
  /// place, and `bitnami/redis:latest` is not.
  private static func keepsOthers(
    _ reference: ImageReference, _ id: String?, _ catalogue: Catalogue, _ day: CalendarDate
  ) -> Bool {
    guard let rule = id.flatMap(catalogue.rule),
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
