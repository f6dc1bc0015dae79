import YAMLDocuments

extension NodeRecipe {
  /// https://github.com/openshift/api, config/v1: ImageDigestMirrorSet, ImageTagMirrorSet
  static func openshift(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "openshift", title: "OpenShift")
    let entries = input.routes.flatMap(mirrors)
    if !entries.isEmpty {
      recipe.artifacts = [
        Artifact(
          path: "image-digest-mirror-set.yaml",
          content: object("ImageDigestMirrorSet", "imageDigestMirrors", entries, input.header),
          place: "an object of the cluster, for images that are named by digest", language: "yaml"),
        Artifact(
          path: "image-tag-mirror-set.yaml",
          content: object("ImageTagMirrorSet", "imageTagMirrors", entries, input.header),
          place: "an object of the cluster, for images that are named by tag", language: "yaml"),
      ]
    }
    recipe.apply = [
      "`oc apply -f image-digest-mirror-set.yaml -f image-tag-mirror-set.yaml`. Both are needed: the one"
        + " holds for digests only, the other for tags only.",
      "Do not edit registries.conf on the nodes: it is the machine config operator's.",
    ]
    recipe.restart = [
      "Nothing by hand: the machine config operator rolls the change over the nodes, one after the other."
    ]
    recipe.verify = [
      "`oc get machineconfigpool` until all are updated, then on a node (`oc debug node/NODE`):"
        + " `crictl pull \(input.sample)`",
      "A scan names the mirrors that these objects configure among a finding's reasons.",
    ]
    recipe.undo = ["Delete both objects; the nodes are rolled once more."]
    recipe.limits = [
      "`mirrorSourcePolicy: NeverContactSource` would forbid the registry itself."
    ]
    recipe.limits += input.sharedParts + ["The sandbox image is the release's own.", storedNames]
    recipe.unverified = [
      "Whether the nodes are drained and rebooted for it; for some changes of mirrors they are not.",
      "From which release on there are these two kinds; before, ImageContentSourcePolicy holds for"
        + " digests alone.",
    ]
    return recipe
  }

  private static func mirrors(_ route: HostRoute) -> [YAMLTree] {
    var entries: [YAMLTree] = []
    func entry(_ source: String, _ locations: [MirrorLocation]) {
      let mirrors = locations.map(\.text)
      guard !mirrors.isEmpty else { return }
      entries.append(
        .fields([
          "source": .string(source), "mirrors": .strings(mirrors),
          "mirrorSourcePolicy": "AllowContactingSource",
        ]))
    }
    entry(route.host, route.locations)
    for part in route.movableParts {
      entry("\(route.host)/\(part.path)", [route.own(part), part.location].compactMap { $0 })
    }
    return entries
  }

  private static func object(
    _ kind: String, _ field: String, _ entries: [YAMLTree], _ header: String
  ) -> String {
    var writer = YAMLWriter()
    writer.comment(header)
    writer.document(
      .fields([
        "apiVersion": "config.openshift.io/v1",
        "kind": .string(kind),
        "metadata": .fields(["name": "gcr-report-mirror"]),
        "spec": .mapping([YAMLTreePair(key: field, value: .sequence(entries))]),
      ]))
    return writer.text
  }
}
