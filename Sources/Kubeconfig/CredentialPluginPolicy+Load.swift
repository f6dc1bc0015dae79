internal import YAMLDocuments

extension CredentialPluginPolicy {
  /// The policy of `$KUBERC`, else of `~/.kube/kuberc`; everything is allowed where neither is.
  ///
  /// kubectl, pkg/kuberc: `KUBERC=off` and `KUBECTL_KUBERC=false` switch it off; the file of
  /// `KUBERC` must be there and good, the default one is left out with a warning. A policy that
  /// contradicts itself is an error in both.
  package static func load(
    sources: KubeconfigSources
  ) throws(KubeconfigError) -> (policy: CredentialPluginPolicy, warnings: [KubeconfigWarning]) {
    let lookup = ExecutableLookup(environment: sources.environment, files: sources.files)
    let open = CredentialPluginPolicy(kind: .allowAll, file: nil, lookup: lookup)
    let named = sources.environment["KUBERC"] ?? ""
    if named == "off" || sources.environment["KUBECTL_KUBERC"] == "false" { return (open, []) }
    guard let path = named.isEmpty ? sources.homeDirectory.map({ $0 + "/.kube/kuberc" }) : named
    else { return (open, []) }
    let file = sources.absolute(path)
    let root: FieldReader?
    do {
      root = try preference(in: file, sources.files, isNamed: !named.isEmpty)
    } catch {
      guard named.isEmpty else { throw error }
      return (open, [.kubercIgnored(error)])
    }
    guard let root else { return (open, []) }
    let kind = try Self.kind(of: root)
    return (CredentialPluginPolicy(kind: kind, file: file, lookup: lookup), [])
  }

  /// The first document that is a `Preference`; nil for no file or an empty one.
  private static func preference(
    in file: String, _ files: any KubeconfigFiles, isNamed: Bool
  ) throws(KubeconfigError) -> FieldReader? {
    let content: [UInt8]
    do {
      content = try files.read(file)
    } catch {
      if error == .missing, !isNamed { return nil }
      throw .unreadable(what: "kuberc", path: file, reason: error.inWords)
    }
    let documents: [YAMLNode]
    do {
      documents = try YAMLDocuments.load(content, limits: YAMLLimits(duplicateKeys: .lastWins))
    } catch {
      throw .yaml(path: file, error)
    }
    let versions = ["kubectl.config.k8s.io/v1beta1", "kubectl.config.k8s.io/v1alpha1"]
    let found = documents.first { node in
      node["kind"]?.string == "Preference" && versions.contains(node["apiVersion"]?.string ?? "")
    }
    if let found {
      let reader = FieldReader(node: found, path: "", file: file)
      // Wrong types make the whole document unusable, as for kubectl.
      _ = try policyFields(of: reader)
      return reader
    }
    guard documents.contains(where: { !$0.isNull }) else { return nil }
    throw .field(
      path: file, line: 1, column: 1, field: "",
      problem: "no Preference of \"\(versions[0])\" in this kuberc")
  }

  private static func policyFields(
    of root: FieldReader
  ) throws(KubeconfigError) -> (policy: String, entries: [String]?) {
    // v1alpha1 has no such fields; unknown ones are ignored.
    guard root.node?["apiVersion"]?.string == "kubectl.config.k8s.io/v1beta1" else {
      return ("", nil)
    }
    let policy = try root["credentialPluginPolicy"].string()
    let list = root["credentialPluginAllowlist"]
    guard !list.isAbsent else { return (policy, nil) }
    var entries: [String] = []
    for item in try list.items() {
      let entry = try item.mapping()
      // `name` is the older spelling of `command`.
      let name = try entry["name"].string()
      let command = try entry["command"].string()
      guard name.isEmpty || command.isEmpty || name == command else {
        throw entry.error("name and command differ; remove name")
      }
      entries.append(command.isEmpty ? name : command)
    }
    return (policy, entries)
  }

  /// exec.go, `ValidatePluginPolicy`.
  private static func kind(of root: FieldReader) throws(KubeconfigError) -> Kind {
    let (policy, entries) = try policyFields(of: root)
    let list = root["credentialPluginAllowlist"]
    switch policy {
    case "", "AllowAll", "DenyAll":
      guard entries == nil else {
        throw list.error("a list, but credentialPluginPolicy is not \"Allowlist\"")
      }
      return policy == "DenyAll" ? .denyAll : .allowAll
    case "Allowlist":
      guard let entries, !entries.isEmpty else {
        throw list.error("missing or empty; write credentialPluginPolicy \"DenyAll\" to allow none")
      }
      for (index, entry) in entries.enumerated() {
        guard !entry.isEmpty, FilePaths.clean(entry) == entry else {
          throw list.error("entry \(index + 1) is empty or no normalised path")
        }
      }
      return .allowlist(entries)
    default:
      throw root["credentialPluginPolicy"].error(
        "expected \"AllowAll\", \"DenyAll\" or \"Allowlist\", found another string")
    }
  }
}
