/// What all recipes are made of.
struct RecipeInput: Hashable, Sendable {
  let routes: [HostRoute]
  /// The first line of every file, without a comment's sign.
  let header: String

  /// Those of registries that have another place for what is not one of their parts.
  var redirectedHosts: [HostRoute] { routes.filter { !$0.locations.isEmpty } }

  /// An image to try, as the cluster names it.
  var sample: String {
    routes.lazy.compactMap(\.samples.first).first ?? "k8s.gcr.io/pause:3.9"
  }

  /// Parts that a runtime without path rewriting cannot find elsewhere.
  func lostParts(_ isLost: (HostRoute) -> Bool) -> [String] {
    routes.filter { isLost($0) }.flatMap { route in
      route.parts.map { Self.words($0, of: route) }
    }
  }

  /// A sentence on parts of which only some tags are elsewhere, if there are any.
  var sharedParts: [String] {
    let parts = routes.filter { $0.own == nil }.flatMap { route in
      route.parts.filter(\.keepsOthers).map { Self.words($0, of: route) }
    }
    guard !parts.isEmpty else { return [] }
    return [
      "Tags cannot be told apart. Of these only some are elsewhere, so that they have no entry, and"
        + " need `--to` or new manifests: \(parts.joined(separator: ", "))."
    ]
  }

  private static func words(_ part: PartRoute, of route: HostRoute) -> String {
    "`\(route.host)/\(part.path)` → `\(part.location.text)`"
  }
}
