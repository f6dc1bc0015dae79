import Inventory
import KubernetesAPI

/// `--kinds` and `--exclude-kinds`: names of kinds as people type them, in any case.
package struct KindFilter: Hashable, Sendable {
  /// Empty: every kind.
  package var only: [String]
  package var excluded: [String]

  package init(only: [String] = [], excluded: [String] = []) {
    self.only = only
    self.excluded = excluded
  }

  var isEmpty: Bool { only.isEmpty && excluded.isEmpty }

  func includes(group: String, resource: String, kind: String) -> Bool {
    let isWanted =
      only.isEmpty
      || only.contains { Self.matches($0, group: group, resource: resource, kind: kind) }
    return isWanted && !excludes(group: group, resource: resource, kind: kind)
  }

  func includes(_ resource: ScannedResource) -> Bool {
    includes(group: resource.group, resource: resource.name, kind: resource.kind)
  }

  func includes(_ resource: APIResource) -> Bool {
    includes(group: resource.group, resource: resource.name, kind: resource.kind)
  }

  /// Whether `--exclude-kinds` names it.
  func excludes(_ resource: APIResource) -> Bool {
    excludes(group: resource.group, resource: resource.name, kind: resource.kind)
  }

  private func excludes(group: String, resource: String, kind: String) -> Bool {
    excluded.contains { Self.matches($0, group: group, resource: resource, kind: kind) }
  }

  /// The flag that leaves a kind out.
  func reason(_ resource: ScannedResource) -> String {
    excludes(group: resource.group, resource: resource.name, kind: resource.kind)
      ? CoverageEntry.excludedKinds : CoverageEntry.onlyKinds
  }

  /// Names of `--kinds` that fit nothing that is served.
  func unknown(_ discovery: Discovery) -> [String] {
    Self.unknown(only, discovery)
  }

  /// Names of `--exclude-kinds` that fit nothing that is served, each once.
  func unknownExcluded(_ discovery: Discovery) -> [String] {
    Self.unknown(Set(excluded).sorted(), discovery)
  }

  private static func unknown(_ names: [String], _ discovery: Discovery) -> [String] {
    names.filter { name in
      !discovery.resources.contains {
        matches(name, group: $0.group, resource: $0.name, kind: $0.kind)
      }
    }
  }

  /// Says of each name in `--exclude-kinds` that the server does not have it: nothing is lost by
  /// it, but what it was meant for is read.
  func warnOfUnknownExcluded(_ discovery: Discovery, _ warn: (String) -> Void) {
    for name in unknownExcluded(discovery) {
      warn(
        "--exclude-kinds: the cluster has no kind \"\(name)\", so that name leaves nothing out;"
          + " see \"kubectl api-resources\"")
    }
  }

  /// `Rollout`, `rollouts` or `rollouts.argoproj.io`.
  private static func matches(
    _ name: String, group: String, resource: String, kind: String
  ) -> Bool {
    let name = name.lowercased()
    if name == kind.lowercased() || name == resource.lowercased() { return true }
    return !group.isEmpty
      && (name == "\(resource).\(group)".lowercased() || name == "\(kind).\(group)".lowercased())
  }
}
