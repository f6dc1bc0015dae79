internal import YAMLDocuments

/// The content of one kubeconfig file.
///
/// Types and names: client-go, tools/clientcmd/api/v1/types.go. Unknown fields are ignored.
struct KubeconfigFile {
  var currentContext = ""
  var contexts: [KubeconfigContext] = []
  var clusters: [KubeconfigCluster] = []
  var users: [KubeconfigUser] = []
  var warnings: [KubeconfigWarning] = []

  /// `path` is absolute; relative paths inside start from its folder.
  init(path: String, content: [UInt8]) throws(KubeconfigError) {
    guard let root = try Self.root(path: path, content: content, warnings: &warnings) else {
      return
    }
    let reader = try FieldReader(node: root, path: "", file: path).mapping()
    try Self.expect("Config", reader["kind"])
    try Self.expect("v1", reader["apiVersion"])
    currentContext = try reader["current-context"].string()
    let folder = FilePaths.folder(of: path)
    var seen: Set<String> = []
    for item in try reader["clusters"].items() {
      let name = try Self.name(item, &seen)
      clusters.append(try KubeconfigCluster(name: name, item["cluster"], folder: folder))
    }
    seen = []
    for item in try reader["users"].items() {
      let name = try Self.name(item, &seen)
      users.append(try KubeconfigUser(name: name, item["user"], folder: folder))
    }
    seen = []
    for item in try reader["contexts"].items() {
      let name = try Self.name(item, &seen)
      let context = try item["context"].mapping()
      contexts.append(
        KubeconfigContext(
          name: name, cluster: try context["cluster"].string(),
          user: try context["user"].string(), namespace: try context["namespace"].string()))
    }
  }

  /// The first document, as sigs.k8s.io/yaml reads; nil for an empty file.
  private static func root(
    path: String, content: [UInt8], warnings: inout [KubeconfigWarning]
  ) throws(KubeconfigError) -> YAMLNode? {
    var documents: [YAMLNode]
    do {
      documents = try YAMLDocuments.load(content)
    } catch .duplicateKey(let line, let column, let key) {
      warnings.append(
        .duplicateKey(path: path, .duplicateKey(line: line, column: column, key: key)))
      documents = try lenient(path: path, content: content)
    } catch {
      throw .yaml(path: path, error)
    }
    if documents.count > 1 { warnings.append(.laterDocumentsIgnored(path: path)) }
    guard let first = documents.first, !first.isNull else { return nil }
    do {
      return try first.applyingMergeKeys()
    } catch {
      throw .yaml(path: path, error)
    }
  }

  private static func lenient(
    path: String, content: [UInt8]
  ) throws(KubeconfigError) -> [YAMLNode] {
    do {
      return try YAMLDocuments.load(content, limits: YAMLLimits(duplicateKeys: .lastWins))
    } catch {
      throw .yaml(path: path, error)
    }
  }

  private static func expect(_ value: String, _ field: FieldReader) throws(KubeconfigError) {
    let found = try field.string()
    guard found.isEmpty || found == value else {
      throw field.error("expected \(quoted(value)), found \(quoted(String(found.prefix(80))))")
    }
  }

  /// client-go refuses equal names in one list (api/v1/conversion.go).
  private static func name(
    _ item: FieldReader, _ seen: inout Set<String>
  ) throws(KubeconfigError) -> String {
    let field = try item.mapping()["name"]
    let name = try field.string()
    guard seen.insert(name).inserted else {
      throw field.error("\(quoted(name)) stands twice in this list; rename or remove one")
    }
    return name
  }
}

extension KubeconfigCluster {
  fileprivate init(name: String, _ field: FieldReader, folder: String) throws(KubeconfigError) {
    let field = try field.mapping()
    self.init(name: name, origin: field.origin)
    server = Secret(try field["server"].string())
    tlsServerName = try field["tls-server-name"].string()
    insecureSkipTLSVerify = try field["insecure-skip-tls-verify"].bool()
    certificateAuthority = try field["certificate-authority"].localPath(folder)
    certificateAuthorityData = try field["certificate-authority-data"].bytes()
    proxyURL = Secret(try field["proxy-url"].string())
    disableCompression = try field["disable-compression"].bool()
    // Other extensions belong to other programs (minikube, for one) and are not looked into.
    if let extensions = field["extensions"].node?.sequence {
      let own = extensions.first { $0["name"]?.string == "client.authentication.k8s.io/exec" }
      execExtension = own?["extension"].map { Secret($0.json) }
    }
  }
}

extension KubeconfigUser {
  fileprivate init(name: String, _ field: FieldReader, folder: String) throws(KubeconfigError) {
    let field = try field.mapping()
    self.init(name: name, origin: field.origin)
    clientCertificate = try field["client-certificate"].localPath(folder)
    clientCertificateData = try field["client-certificate-data"].bytes()
    clientKey = try field["client-key"].localPath(folder)
    clientKeyData = Secret(try field["client-key-data"].bytes())
    token = Secret(try field["token"].string())
    tokenFile = try field["tokenFile"].localPath(folder)
    username = try field["username"].string()
    password = Secret(try field["password"].string())
    impersonate = try field["as"].string()
    impersonateUID = try field["as-uid"].string()
    impersonateGroups = try field["as-groups"].strings()
    for (key, value) in try field["as-user-extra"].members() {
      impersonateUserExtra[key] = try value.strings()
    }
    let provider = try field["auth-provider"].mapping()
    if !provider.isAbsent {
      var config: [String: String] = [:]
      for (key, value) in try provider["config"].members() { config[key] = try value.string() }
      authProvider = AuthProvider(name: try provider["name"].string(), config: Secret(config))
    }
    let plugin = try field["exec"].mapping()
    if !plugin.isAbsent { exec = try ExecConfig(plugin, folder: folder) }
  }
}

extension ExecConfig {
  fileprivate init(_ field: FieldReader, folder: String) throws(KubeconfigError) {
    apiVersion = try field["apiVersion"].string()
    command = try field["command"].string()
    // A bare name is looked for in PATH (loader.go, GetAuthInfoFileReferences).
    if command.contains("/") { command = FilePaths.resolve(command, base: folder) }
    arguments = Secret(try field["args"].strings())
    for item in try field["env"].items() {
      let variable = try item.mapping()
      environment.append(
        Variable(
          name: try variable["name"].string(), value: Secret(try variable["value"].string())))
    }
    installHint = Self.printable(try field["installHint"].string())
    provideClusterInfo = try field["provideClusterInfo"].bool()
    let mode = try field["interactiveMode"].string()
    interactiveMode = InteractiveMode(rawValue: mode)
    if interactiveMode == nil, !mode.isEmpty {
      throw field["interactiveMode"].error(
        "expected \"Never\", \"IfAvailable\" or \"Always\", found another string")
    }
    // api/v1/defaults.go: the older versions have a default.
    if interactiveMode == nil,
      apiVersion.hasPrefix("client.authentication.k8s.io/v1alpha1")
        || apiVersion == "client.authentication.k8s.io/v1beta1"
    {
      interactiveMode = .ifAvailable
    }
  }

  /// client_config.go, `cleanANSIEscapeCodes`: tab to carriage return stay, other controls are
  /// written as `U+001B`.
  private static func printable(_ hint: String) -> String {
    var result = ""
    for scalar in hint.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where !(0x09...0x0D).contains(scalar.value), .format, .surrogate,
        .privateUse, .unassigned:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension FieldReader {
  fileprivate func localPath(_ folder: String) throws(KubeconfigError) -> String {
    let path = try string()
    return path.isEmpty ? "" : FilePaths.resolve(path, base: folder)
  }
}
