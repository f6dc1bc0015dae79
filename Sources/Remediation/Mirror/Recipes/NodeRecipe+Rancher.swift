import YAMLDocuments

extension NodeRecipe {
  /// K3s and RKE2 make containerd's configuration of `registries.yaml`.
  ///
  /// https://docs.k3s.io/installation/private-registry
  static func rancher(_ name: String, _ input: RecipeInput) -> NodeRecipe {
    let path = "/etc/rancher/\(name)/registries.yaml"
    var recipe = NodeRecipe(folder: name, title: name == "k3s" ? "K3s" : "RKE2")
    let mirrors = input.routes.compactMap(mirror)
    if !mirrors.isEmpty {
      var writer = YAMLWriter()
      writer.comment(input.header)
      writer.document(.fields(["mirrors": .mapping(mirrors)]))
      recipe.artifacts = [
        Artifact(
          path: "registries.yaml", content: writer.text,
          place: "`\(path)`; where there is one, add these entries to its `mirrors`",
          language: "yaml")
      ]
    }
    recipe.apply = [
      "Every node has this file of its own, servers too: they run Pods as well unless they are tainted.",
      "`rewrite` changes the repository's path for the endpoints of its entry, not for the registry"
        + " itself.",
    ]
    let unit = name == "k3s" ? "k3s" : "rke2-server"
    recipe.restart = [
      "\(recipe.title) on each node, which is when the file is read: `systemctl restart \(unit)` on"
        + " servers, `systemctl restart \(name)-agent` on agents."
    ]
    recipe.verify = [
      "`crictl pull \(input.sample)` (as `k3s crictl` on K3s), and `crictl info`."
    ]
    recipe.undo = ["Take the entries out again and restart \(recipe.title) on each node."]
    recipe.limits = [
      "The registry itself is always tried last, unless the node runs with"
        + " `--disable-default-registry-endpoint`."
    ]
    let lost = input.lostParts { $0.own == nil && rewrites($0).isEmpty }
    if !lost.isEmpty {
      recipe.limits.append(
        "An entry's endpoints are asked for everything of that registry, what no `rewrite` matches"
          + " included; at a registry that many people publish to, that would be asking for other"
          + " people's images. So these have no entry, and need `--to` or new manifests:"
          + " \(lost.joined(separator: ", ")).")
    }
    recipe.limits += [
      "The sandbox image is \(recipe.title)'s own (`--pause-image`, `--system-default-registry`).",
      storedNames,
    ]
    recipe.unverified = [
      "The names of the systemd units, and the flags that set the sandbox image."
    ]
    return recipe
  }

  private static func mirror(_ route: HostRoute) -> YAMLTreePair? {
    if let own = route.own {
      // The replacing registry would be asked for the rewritten path as well, so it is left out.
      return YAMLTreePair(
        key: route.host,
        value: .fields([
          "endpoint": .strings([own.server]),
          "rewrite": .mapping([YAMLTreePair(key: "^(.*)$", value: .string("\(own.path)/$1"))]),
        ]))
    }
    if let whole = route.whole {
      return YAMLTreePair(
        key: route.host,
        value: .fields([
          "endpoint": .strings([whole.server]),
          "rewrite": whole.path.isEmpty
            ? nil : .mapping([YAMLTreePair(key: "^(.*)$", value: .string("\(whole.path)/$1"))]),
        ]))
    }
    let rewrites = rewrites(route)
    guard let server = route.parts.first?.location.server, !rewrites.isEmpty else { return nil }
    return YAMLTreePair(
      key: route.host,
      value: .fields(["endpoint": .strings([server]), "rewrite": .mapping(rewrites)]))
  }

  /// Of parts that all go to the top of one registry, which is then one publisher's.
  private static func rewrites(_ route: HostRoute) -> [YAMLTreePair] {
    guard Set(route.parts.map(\.location.server)).count == 1,
      route.parts.allSatisfy({ $0.location.path.isEmpty && !$0.isRepository })
    else { return [] }
    return route.parts.map { part in
      YAMLTreePair(key: "^\(literal(part.path))/(.*)", value: .string("$1"))
    }
  }

  /// The path as a regular expression; of what stands in a path only the dot means something.
  private static func literal(_ path: String) -> String {
    path.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
  }
}
