extension NodeRecipe {
  /// hosts.toml below one `config_path`; before 1.5 the `mirrors` table.
  static func containerd(_ version: ContainerdVersion, _ input: RecipeInput) -> NodeRecipe {
    guard version != .before1_5 else { return containerdMirrors(input) }
    var recipe = NodeRecipe(folder: version.slug, title: version.words)
    recipe.artifacts = hostsArtifacts(input)
    recipe.artifacts += version.configVersions.map { config in
      Artifact(
        path: "config-version-\(config).toml", content: configPath(config),
        place:
          "lines for `/etc/containerd/config.toml` that begins with `version = \(config)`, where"
          + " they are missing",
        language: "toml")
    }
    recipe.apply = [
      "Put each `hosts.toml` at its place, by the script `user-data.sh` for instance: it writes a file"
        + " beside it and renames it. A file that is no TOML is only logged and then ignored.",
      "See that `config_path` is set, and to this one folder. `registry.mirrors` beside `config_path`"
        + " is an error that keeps the CRI plugin from starting: take it out first.",
    ]
    if version.configVersions.contains(3) {
      recipe.apply.append(
        "A file of an older version stays as it is: containerd 2 reads version 2 and moves the settings"
          + " by itself.")
    }
    if version.mayIgnoreFolderLists {
      recipe.apply.append(
        "Name a single folder even if the default would do: since 2.2 the default is the list"
          + " `/etc/containerd/certs.d:/etc/docker/certs.d`, and since 2.1 a list may be taken for one"
          + " folder that does not exist, and hosts.toml ignored without a word (containerd issues"
          + " 12415, 12636, 12808).")
    }
    recipe.restart = containerdRestart
    recipe.verify = containerdVerify(input)
    recipe.undo = containerdUndo(input)
    recipe.limits = containerdLimits(input)
    if version == .from1_5, input.routes.contains(where: { $0.own != nil }) {
      recipe.unverified.append(
        "Whether the first releases of 1.5 know `override_path`; 1.6 does.")
    }
    return recipe
  }

  static func hostsArtifacts(_ input: RecipeInput) -> [Artifact] {
    let hosts = HostsTOML.all(input)
    guard !hosts.isEmpty else { return [] }
    return hosts.map { file in
      Artifact(
        path: "certs.d/\(file.folder)/hosts.toml", content: file.content,
        place: "`\(file.path)`", language: "toml")
    } + [
      Artifact(
        path: "user-data.sh",
        content: UserData.script(
          hosts.map { ($0.path, $0.content) }, header: input.header),
        place: "user data of new nodes, or by hand as root: writes the files above", language: "sh",
        isExecutable: true)
    ]
  }

  static let containerdRestart = [
    "Nothing when a `hosts.toml` changes: they are read at each pull.",
    "containerd when `config_path` changes: `systemctl restart containerd`. The kubelet need not be"
      + " restarted, and running containers go on.",
  ]

  static func containerdVerify(_ input: RecipeInput) -> [String] {
    [
      "The files alone: `ctr --namespace k8s.io images pull --hosts-dir \(HostsTOML.folder)"
        + " \(input.sample)`",
      "What the kubelet will get: `crictl pull \(input.sample)`, and `crictl info` shows the"
        + " `config_path` that is in force.",
      "A mirror that does not answer is passed over in silence: containerd's log says \"trying next"
        + " host\".",
    ]
  }

  static func containerdUndo(_ input: RecipeInput) -> [String] {
    let files = HostsTOML.all(input).map { "`\($0.path)`" }
    guard !files.isEmpty else { return [] }
    return ["Delete \(files.joined(separator: ", ")); nothing needs a restart."]
  }

  static func containerdLimits(_ input: RecipeInput) -> [String] {
    var limits = [
      "hosts.toml changes the host and puts a path before the whole repository; it cannot change the"
        + " repository's own path."
    ]
    let lost = input.lostParts { $0.own == nil }
    if !lost.isEmpty {
      limits.append(
        "So these stay as they are until manifests change or a registry of your own holds copies"
          + " (`--to`): \(lost.joined(separator: ", ")).")
    }
    limits.append(sandboxLimit)
    limits.append(storedNames)
    return limits
  }

  static let sandboxLimit =
    "The sandbox image is named in the runtime's own configuration, which no API shows: see to it on the"
    + " node (containerd: `sandbox_image`, since 2.0 `sandbox` of `pinned_images`; CRI-O:"
    + " `pause_image`). Every Pod needs it first, so no DaemonSet can mend it."

  static let storedNames =
    "Images stay stored under their old names, and reports go on naming the old registry."

  /// The form that is deprecated since 1.5. `path` of an endpoint is taken as it stands, `/v2` is
  /// the default.
  ///
  /// https://github.com/containerd/containerd, pkg/cri/server/image_pull.go: `registryHosts`
  private static func containerdMirrors(_ input: RecipeInput) -> NodeRecipe {
    var recipe = NodeRecipe(
      folder: ContainerdVersion.before1_5.slug, title: ContainerdVersion.before1_5.words)
    if !input.redirectedHosts.isEmpty {
      recipe.artifacts = [
        Artifact(
          path: "mirrors-version-2.toml",
          content: mirrors(
            input, table: "plugins.\"io.containerd.grpc.v1.cri\".registry.mirrors"),
          place: "lines for `/etc/containerd/config.toml` that begins with `version = 2`",
          language: "toml"),
        Artifact(
          path: "mirrors-version-1.toml",
          content: mirrors(input, table: "plugins.cri.registry.mirrors"),
          place: "lines for a file without `version`, which counts as version 1", language: "toml"),
      ]
    }
    recipe.apply = [
      "Before 1.5 there is no certs.d: mirrors stand in config.toml, in a form that is deprecated since."
        + " Upgrade containerd if you can; with `config_path` this form is an error."
    ]
    recipe.restart = [
      "containerd: `systemctl restart containerd`. The kubelet need not be restarted."
    ]
    recipe.verify = [
      "`crictl pull \(input.sample)`; `ctr` does not read these mirrors.",
      "`crictl info` shows the `mirrors` that are in force.",
    ]
    recipe.undo = ["Take the lines out again, and restart containerd."]
    recipe.limits = [
      "The registry itself is always asked last.",
      "The form changes the host and puts a path before the repository; it cannot change its path.",
      sandboxLimit, storedNames,
    ]
    return recipe
  }

  private static func mirrors(_ input: RecipeInput, table: String) -> String {
    input.redirectedHosts.reduce("# \(input.header)\n") {
      $0 + "[\(table).\(TOMLText.quoted($1.host))]\n"
        + "  endpoint = \(TOMLText.list($1.locations.map(\.endpoint)))\n"
    }
  }

  /// `config_path` in a file of this version.
  ///
  /// https://github.com/containerd/containerd/blob/main/docs/cri/registry.md
  static func configPath(_ version: Int) -> String {
    let folder = TOMLText.quoted(HostsTOML.folder)
    guard version > 2 else {
      return """
        [plugins."io.containerd.grpc.v1.cri".registry]
          config_path = \(folder)

        """
    }
    return """
      [plugins.'io.containerd.cri.v1.images'.registry]
        config_path = \(folder)

      # For ctr and other clients of the transfer service.
      [plugins.'io.containerd.transfer.v1.local']
        config_path = \(folder)

      """
  }
}
