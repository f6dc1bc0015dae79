import Kubeconfig
import Testing

@Suite struct CredentialPluginPolicyTests {
  private static let head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"

  private func load(
    _ text: String?, at path: String = "/home/me/.kube/kuberc",
    environment: [String: String] = [:]
  ) throws -> (policy: CredentialPluginPolicy, warnings: [KubeconfigWarning]) {
    var files = MemoryFiles()
    files.files[path] = text
    files.executables = ["/usr/bin/aws", "/opt/bin/aws", "/usr/bin/login", "/home/me/bin/login"]
    var environment = environment
    environment["PATH"] = "/usr/bin:/opt/bin:relative"
    return try CredentialPluginPolicy.load(sources: files.sources(environment))
  }

  @Test func everythingIsAllowedWithoutKuberc() throws {
    #expect(try load(nil).policy.kind == .allowAll)
    #expect(try load("").policy.kind == .allowAll)
    #expect(try load(Self.head).policy.kind == .allowAll)
    #expect(try load(Self.head + "credentialPluginPolicy: AllowAll\n").policy.allows(command: "x"))
  }

  @Test func denyAll() throws {
    let text = Self.head + "credentialPluginPolicy: DenyAll\n"
    #expect(try !load(text).policy.allows(command: "/usr/bin/aws"))
    #expect(try load(text).policy.file == "/home/me/.kube/kuberc")
    let off = try load(text, environment: ["KUBERC": "off"])
    #expect(off.policy.kind == .allowAll)
    #expect(try load(text, environment: ["KUBECTL_KUBERC": "false"]).policy.kind == .allowAll)
    let named = try load(text, at: "/work/my/rc", environment: ["KUBERC": "my/rc"])
    #expect(named.policy.kind == .denyAll)
    // The older version has no such field.
    let older = text.replacing("v1beta1", with: "v1alpha1")
    #expect(try load(older).policy.kind == .allowAll)
    // The first usable document counts.
    #expect(try load("a: b\n---\n" + text).policy.kind == .denyAll)
  }

  @Test(arguments: [
    ("command: aws", "aws", true), ("name: aws", "aws", true),
    // The first aws of PATH is meant by the name.
    ("command: aws", "/usr/bin/aws", true), ("command: aws", "/opt/bin/aws", false),
    ("command: /usr/bin/aws", "aws", true), ("command: /opt/bin/aws", "aws", false),
    ("command: /opt/bin/aws", "/opt/bin/aws", true), ("command: /usr/bin", "aws", false),
    ("command: /home/me/bin/login", "/home/me/bin/../bin/login", true),
    ("command: login", "/home/me/bin/login", false), ("command: none", "none", true),
    ("command: aws", "none", false), ("command: aws", "login", false),
  ])
  func allowlist(_ entry: String, _ command: String, _ isAllowed: Bool) throws {
    let text =
      Self.head + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{\(entry)}]\n"
    #expect(try load(text).policy.allows(command: command) == isAllowed)
  }

  @Test(arguments: [
    (
      "credentialPluginPolicy: Sometimes\n",
      "/home/me/.kube/kuberc:3:25: credentialPluginPolicy: "
        + "expected \"AllowAll\", \"DenyAll\" or \"Allowlist\", found another string"
    ),
    (
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowList: [{name: aws}]\n",
      "/home/me/.kube/kuberc:1:1: credentialPluginAllowlist: "
        + "missing or empty; write credentialPluginPolicy \"DenyAll\" to allow none"
    ),
    (
      "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: [{name: aws}]\n",
      "/home/me/.kube/kuberc:4:28: credentialPluginAllowlist: "
        + "a list, but credentialPluginPolicy is not \"Allowlist\""
    ),
    (
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ../aws/}]\n",
      "/home/me/.kube/kuberc:4:28: credentialPluginAllowlist: "
        + "entry 1 is empty or no normalised path"
    ),
  ])
  func contradictionsAreErrors(_ text: String, _ words: String) throws {
    let error = #expect(throws: KubeconfigError.self) { try load(Self.head + text) }
    #expect(error?.description == words)
  }

  @Test func aBadFileIsAnErrorOnlyWhereItWasNamed() throws {
    let bad = Self.head + "credentialPluginPolicy: [DenyAll]\n"
    let ignored = try load(bad)
    #expect(ignored.policy.kind == .allowAll)
    #expect(
      ignored.warnings.map(\.description) == [
        "no preferences loaded: /home/me/.kube/kuberc:3:25: credentialPluginPolicy: "
          + "expected a string, found a list"
      ])
    #expect(throws: KubeconfigError.self) {
      try load(bad, at: "/rc", environment: ["KUBERC": "/rc"])
    }
    #expect(throws: KubeconfigError.unreadable(what: "kuberc", path: "/rc", reason: "no such file"))
    {
      try load(nil, environment: ["KUBERC": "/rc"])
    }
    #expect(try load("a: b\n").warnings.count == 1)
    #expect(try load("[").warnings.count == 1)
  }
}
