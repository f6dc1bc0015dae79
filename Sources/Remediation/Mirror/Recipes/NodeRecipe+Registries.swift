extension NodeRecipe {
  private static let dropIn = "/etc/containers/registries.conf.d/50-gcr-report-mirror.conf"

  /// A drop-in of registries.conf, version 2.
  ///
  /// https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
  static func crio(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "cri-o", title: "CRI-O")
    if let content = registriesConf(input) {
      recipe.artifacts = [
        Artifact(
          path: "50-gcr-report-mirror.conf", content: content, place: "`\(dropIn)`",
          language: "toml"),
        Artifact(
          path: "user-data.sh",
          content: UserData.script([(dropIn, content)], header: input.header),
          place: "user data of new nodes, or by hand as root: writes the file above",
          language: "sh", isExecutable: true),
      ]
    }
    recipe.apply = [
      "Put the file at its place. Of several entries the longest prefix wins; `location` takes the"
        + " prefix's place, so paths can change too.",
      "On OpenShift write ImageDigestMirrorSet and ImageTagMirrorSet objects instead"
        + " (`--runtime openshift`): its nodes' files are the machine config operator's.",
    ]
    recipe.restart = [
      "Nothing: reload CRI-O with `systemctl reload crio`, or leave it to `auto_reload_registries ="
        + " true`. No reboot, and the kubelet need not be restarted. Docker does not read this file."
    ]
    recipe.verify = [
      "`crictl pull \(input.sample)`",
      "The file alone, with skopeo anywhere: `skopeo inspect --registries-conf"
        + " 50-gcr-report-mirror.conf docker://\(input.sample)`",
    ]
    recipe.undo = ["Delete `\(dropIn)` and run `systemctl reload crio`."]
    recipe.limits = [
      "`location` is asked last, after the mirrors; `blocked = true` forbids a prefix altogether.",
      "Names without a registry are another matter: they follow `unqualified-search-registries`, and"
        + " rules for Docker Hub must spell `docker.io/library/…`.",
    ]
    recipe.limits += input.sharedParts + [sandboxLimit, storedNames]
    return recipe
  }

  /// Nil where nothing is to be found elsewhere.
  static func registriesConf(_ input: RecipeInput) -> String? {
    var entries = ""
    func entry(_ prefix: String, location: String, mirror: MirrorLocation?) {
      entries += "\n[[registry]]\n"
      entries += "prefix = \(TOMLText.quoted(prefix))\n"
      entries += "location = \(TOMLText.quoted(location))\n"
      guard let mirror else { return }
      entries += "\n[[registry.mirror]]\nlocation = \(TOMLText.quoted(mirror.text))\n"
    }
    for route in input.routes {
      if !route.locations.isEmpty {
        entry(route.host, location: route.whole?.text ?? route.host, mirror: route.own)
      }
      for part in route.movableParts {
        entry("\(route.host)/\(part.path)", location: part.location.text, mirror: route.own(part))
      }
    }
    return entries.isEmpty ? nil : "# \(input.header)\n" + entries
  }

  static func docker(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "docker", title: "Docker (dockershim, cri-dockerd)")
    recipe.limits = [
      "Docker cannot be told this: `registry-mirrors` of `daemon.json` holds for Docker Hub alone, and"
        + " cri-dockerd knows no mirrors.",
      "What can be done: change the manifests; or let admission rewrite the images of new Pods; or copy"
        + " the images and name the copies. Other DNS answers do not help: certificates name the old"
        + " host.",
      sandboxLimit,
    ]
    return recipe
  }
}
