package import KubernetesAPI

/// The kinds with images that every cluster has, and where servers list them.
package enum BuiltInKinds {
  /// For each kind its lists, the newest version first: one of them is served.
  package static let all: [(kind: String, lists: [APIResource])] = ScannedResource.all.map {
    ($0.kind, $0.assumedInEveryVersion)
  }
}
