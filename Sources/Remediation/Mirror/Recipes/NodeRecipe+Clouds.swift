import YAMLDocuments

/// Nodes that a provider makes.
extension NodeRecipe {
  /// https://docs.cloud.google.com/kubernetes-engine/docs/how-to/customize-containerd-configuration
  static func gke(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "gke", title: "GKE")
    let routes = input.redirectedHosts
    if !routes.isEmpty {
      var writer = YAMLWriter()
      writer.comment(input.header)
      writer.document(
        .fields([
          "registryHosts": .sequence(
            routes.map { route in
              .fields([
                "server": .string(route.host),
                "hosts": .sequence(
                  route.locations.map { location in
                    .fields([
                      "host": .string(location.endpoint),
                      "capabilities": .strings(["HOST_CAPABILITY_PULL", "HOST_CAPABILITY_RESOLVE"]),
                      "overridePath": location.path.isEmpty ? nil : true,
                    ])
                  }),
              ])
            })
        ]))
      recipe.artifacts = [
        Artifact(
          path: "containerd-config.yaml", content: writer.text,
          place: "the runtime configuration file of a cluster or node pool", language: "yaml")
      ]
    }
    recipe.apply = [
      "Hand the file to GKE when you create or update the cluster or a node pool; what a node pool says"
        + " wins over what its cluster says.",
      "GKE itself advises against DaemonSets that change nodes.",
    ]
    recipe.restart = ["Nothing by hand: GKE makes the nodes anew, which moves every Pod on them."]
    recipe.verify = containerdVerify(input)
    recipe.undo = ["Hand over a file without these entries; the nodes are made anew again."]
    recipe.limits =
      pathLimits(input) + [
        "Linux nodes only. A registry with a certificate authority of its own needs"
          + " `privateRegistryAccessConfig` as well (five entries at most).",
        storedNames,
      ]
    recipe.unverified = [
      "The flag that takes the file (`gcloud container node-pools update …"
        + " --containerd-config-from-file=containerd-config.yaml`), and whether `host` takes a path."
    ]
    return recipe
  }

  /// https://github.com/awslabs/amazon-eks-ami, nodeadm
  static func eks(_ version: ContainerdVersion, _ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(
      folder: "eks-\(version.slug)", title: "EKS, Amazon Linux 2023 (\(version.words))")
    recipe.artifacts = hostsArtifacts(input)
    let config = configPath(version == .from1_5 ? 2 : 3)
    var writer = YAMLWriter()
    writer.comment(input.header)
    writer.document(
      .fields([
        "apiVersion": "node.eks.aws/v1alpha1",
        "kind": "NodeConfig",
        "spec": .fields(["containerd": .fields(["config": .string(config)])]),
      ]))
    recipe.artifacts.append(
      Artifact(
        path: "nodeconfig.yaml", content: writer.text,
        place:
          "a part of the user data, or a drop-in below `/etc/eks/nodeadm.d/`: its TOML is merged"
          + " into containerd's configuration", language: "yaml"))
    recipe.apply = [
      "Put the script `user-data.sh` and the NodeConfig into the user data of the launch template, as two"
        + " parts of a MIME document, and let the node group make new nodes.",
      "The AMI sets `config_path` to a list of two folders, which works there as long as"
        + " `discard_unpacked_layers = true` stands beside it; the NodeConfig names the one folder, so"
        + " that it works without.",
    ]
    recipe.restart = [
      "Nothing on new nodes. On running ones as with containerd anywhere: hosts.toml is read at each"
        + " pull."
    ]
    recipe.verify = containerdVerify(input)
    recipe.undo = ["Take both parts out of the user data and let the node group make new nodes."]
    recipe.limits =
      containerdLimits(input).filter { $0 != sandboxLimit } + [
        "The sandbox image is the AMI's own (`localhost/kubernetes/pause`)."
      ]
    recipe.unverified = [
      "How the parts of the MIME document are typed (`application/node.eks.aws` for the NodeConfig)."
    ]
    return recipe
  }

  static func aks(_ version: ContainerdVersion, _ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "aks-\(version.slug)", title: "AKS (\(version.words))")
    recipe.unverifiedArtifacts = hostsArtifacts(input)
    recipe.verify = containerdVerify(input)
    recipe.undo = containerdUndo(input)
    recipe.limits = containerdLimits(input)
    recipe.unverified = [
      "AKS has no supported setting for registry hosts, as far as is known: change the manifests, let"
        + " admission rewrite them, or use the cache of an Azure container registry with new names.",
      "What remains is to write the files by a DaemonSet (`--daemonset`), if the nodes' containerd has"
        + " `config_path` set to `\(HostsTOML.folder)`: look before you rely on it.",
    ]
    return recipe
  }

  static func kops(_ version: ContainerdVersion, _ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(folder: "kops-\(version.slug)", title: "kOps (\(version.words))")
    let routes = input.redirectedHosts
    if !routes.isEmpty {
      var writer = YAMLWriter()
      writer.comment(input.header)
      let mirrors = routes.map { route in
        YAMLTreePair(
          key: route.host,
          value: .strings(route.locations.map(\.endpoint)))
      }
      writer.document(
        .fields([
          "spec": .fields(["containerd": .fields(["registryMirrors": .mapping(mirrors)])])
        ]))
      recipe.unverifiedArtifacts = [
        Artifact(
          path: "cluster-spec.yaml", content: writer.text,
          place: "part of the cluster's specification (`kops edit cluster`)", language: "yaml")
      ]
    }
    recipe.apply = [
      "Change the cluster's specification, then `kops update cluster` and a rolling update."
    ]
    recipe.restart = ["The rolling update replaces the nodes."]
    recipe.verify = containerdVerify(input)
    recipe.undo = ["Take the entries out again, update the cluster, and roll."]
    recipe.limits = pathLimits(input) + [sandboxLimit, storedNames]
    recipe.unverified = [
      "All of it: `spec.containerd.registryMirrors` is known by name only, and whether an endpoint may"
        + " have a path is not."
    ]
    return recipe
  }

  static func windows() -> NodeRecipe {
    var recipe = NodeRecipe(folder: "windows", title: "Windows")
    recipe.limits = [
      "No configuration is written for Windows nodes: change the manifests, or name the copies there."
    ]
    return recipe
  }

  static func unknownRuntime() -> NodeRecipe {
    var recipe = NodeRecipe(folder: "unknown", title: "Unknown runtime")
    recipe.limits = [
      "These nodes do not say which runtime they have, or one that is not known here; nothing is written"
        + " for them. `--runtime` names one by hand."
    ]
    return recipe
  }
}
