import YAMLDocuments

/// Systems that are configured as a whole, without a shell.
extension NodeRecipe {
  /// https://docs.siderolabs.com/talos/v1.12/reference/configuration/cri/registrymirrorconfig
  static func talos(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "talos", title: "Talos")
    let routes = input.redirectedHosts
    if !routes.isEmpty {
      var writer = YAMLWriter()
      writer.comment(input.header)
      for route in routes {
        writer.document(
          .fields([
            "apiVersion": "v1alpha1",
            "kind": "RegistryMirrorConfig",
            "name": .string(route.host),
            "endpoints": .sequence(
              route.locations.map { location in
                .fields([
                  "url": .string(location.endpoint),
                  "overridePath": location.path.isEmpty ? nil : true,
                ])
              }),
            // What replaces the registry as a whole has all of it.
            "skipFallback": route.whole == nil ? nil : true,
          ]))
      }
      recipe.artifacts = [
        Artifact(
          path: "registry-mirrors.yaml", content: writer.text,
          place: "documents of the machine configuration, Talos 1.12 and later", language: "yaml")
      ]
      recipe.unverifiedArtifacts = [
        Artifact(
          path: "machine-registries.yaml", content: machineRegistries(routes, input.header),
          place: "a patch for earlier versions: `machine.registries.mirrors`, which is deprecated",
          language: "yaml")
      ]
    }
    recipe.apply = [
      "Apply the documents to the machines, one after the other: `talosctl patch machineconfig --nodes"
        + " NODE --patch @registry-mirrors.yaml`."
    ]
    recipe.restart = ["Talos sees to it; nothing is to be restarted by hand."]
    recipe.verify = ["`talosctl --nodes NODE image pull \(input.sample)`"]
    recipe.undo = ["Remove the documents from the machine configuration and apply it again."]
    recipe.limits =
      pathLimits(input) + [
        "The sandbox image is Talos' own.", storedNames,
      ]
    recipe.unverified = [
      "The exact commands of `talosctl`, that no restart is needed, and the fields of the earlier form, which are"
        + " recalled."
    ]
    return recipe
  }

  private static func machineRegistries(_ routes: [HostRoute], _ header: String) -> String {
    var writer = YAMLWriter()
    writer.comment(header)
    let mirrors = routes.map { route in
      // One switch for all endpoints of a registry.
      let hasPath = route.locations.contains { !$0.path.isEmpty }
      return YAMLTreePair(
        key: route.host,
        value: .fields([
          "endpoints": .strings(
            route.locations.map { location in
              hasPath && location.path.isEmpty ? location.endpoint + "/v2" : location.endpoint
            }),
          "overridePath": hasPath ? true : nil,
        ]))
    }
    writer.document(
      .fields(["machine": .fields(["registries": .fields(["mirrors": .mapping(mirrors)])])]))
    return writer.text
  }

  /// https://bottlerocket.dev/en/os/latest/#/api/settings/container-registry/
  static func bottlerocket(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "bottlerocket", title: "Bottlerocket")
    let routes = input.redirectedHosts
    if !routes.isEmpty {
      let text = routes.reduce("# \(input.header)\n") { text, route in
        let endpoints = TOMLText.list(route.locations.map(\.endpoint))
        return text + "[[settings.container-registry.mirrors]]\n"
          + "registry = \(TOMLText.quoted(route.host))\nendpoint = \(endpoints)\n"
      }
      let artifact = Artifact(
        path: "user-data.toml", content: text,
        place: "user data of the nodes; where it has mirrors already, add these", language: "toml")
      let hasPaths = routes.flatMap(\.locations).contains { !$0.path.isEmpty }
      if hasPaths {
        recipe.unverifiedArtifacts = [artifact]
        recipe.unverified = [
          "Endpoints with a path (`/v2/…`): Bottlerocket's documentation shows hosts only. Try it on one"
            + " node first."
        ]
      } else {
        recipe.artifacts = [artifact]
      }
    }
    recipe.apply = [
      "Put it into the user data of new nodes, or set it on a running one with `apiclient`.",
      "`registry = \"*\"` would mean every registry.",
    ]
    recipe.restart = ["Nothing by hand: Bottlerocket restarts what its settings concern."]
    recipe.verify = [
      "Start a Pod with `imagePullPolicy: Always` and `\(input.sample)`"
        + " on such a node, and look at its events."
    ]
    recipe.undo = ["Take the entries out of the settings again."]
    recipe.limits =
      pathLimits(input) + [
        "A private registry of ECR cannot be mirrored this way; variants for ECS mirror Docker Hub only.",
        storedNames,
      ]
    recipe.unverified.append("That running nodes need no restart by hand.")
    return recipe
  }

  /// Of every form that names hosts and puts a path before the repository.
  static func pathLimits(_ input: RecipeInput) -> [String] {
    var limits = [
      "It changes the host and puts a path before the repository; it cannot change its path."
    ]
    let lost = input.lostParts { $0.own == nil }
    if !lost.isEmpty {
      limits.append(
        "So these need `--to` or new manifests: \(lost.joined(separator: ", ")).")
    }
    return limits
  }
}
