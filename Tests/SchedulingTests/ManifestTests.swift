import Testing
import YAMLDocuments

@testable import Scheduling

@Suite struct ManifestTests {
  private func scan(
    arguments: [String] = [], claim: ScheduledScan.Claim = .new(storage: "1Gi")
  ) throws -> ScheduledScan {
    ScheduledScan(
      name: "gcr-report", namespace: "ops", expression: try CronExpression("0 6 * * *"),
      timeZone: "Etc/UTC", image: "registry.example.com/gcr-report:1", claim: claim,
      rules: [
        .fields(["apiGroups": [""], "resources": ["pods"], "verbs": ["list"]])
      ],
      arguments: arguments)
  }

  private func documents(_ scan: ScheduledScan) throws -> [String: YAMLNode] {
    let documents = try YAMLDocuments.load(Array(scan.manifests().utf8))
    return Dictionary(
      uniqueKeysWithValues: documents.map { ($0["kind"]?.string ?? "", $0) })
  }

  private func pod(_ scan: ScheduledScan) throws -> YAMLNode {
    try #require(
      try documents(scan)["CronJob"]?["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"])
  }

  @Test func theObjects() throws {
    var scan = try scan()
    #expect(
      Set(try documents(scan).keys) == [
        "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "PersistentVolumeClaim", "CronJob",
      ])
    scan.createsNamespace = true
    scan.claim = .existing("reports.x")
    scan.files = [.init(name: "rules.yaml", text: "a: 1\n")]
    let documents = try documents(scan)
    #expect(
      Set(documents.keys) == [
        "Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "ConfigMap",
        "CronJob",
      ])
    #expect(documents["ConfigMap"]?["data"]?["rules.yaml"]?.string == "a: 1\n")
    let claims = try pod(scan)["volumes"]?.sequence?.compactMap {
      $0["persistentVolumeClaim"]?["claimName"]?.string
    }
    #expect(claims == ["reports.x"])
  }

  /// Each of them is a rule of the Pod Security Standard "restricted", or of the schedule.
  @Test func theContainerMayDoNothingElse() throws {
    let scan = try scan()
    let pod = try pod(scan)
    #expect(pod["securityContext"]?["runAsNonRoot"]?.bool == true)
    #expect(pod["securityContext"]?["runAsUser"]?.int == 65_532)
    #expect(pod["securityContext"]?["seccompProfile"]?["type"]?.string == "RuntimeDefault")
    #expect(pod["restartPolicy"]?.string == "Never")
    let container = try #require(pod["containers"]?.sequence?.first)
    #expect(container["securityContext"]?["readOnlyRootFilesystem"]?.bool == true)
    #expect(container["securityContext"]?["allowPrivilegeEscalation"]?.bool == false)
    #expect(
      container["securityContext"]?["capabilities"]?["drop"]?.sequence?.map(\.string) == ["ALL"])
    let spec = try #require(try documents(scan)["CronJob"]?["spec"])
    #expect(spec["concurrencyPolicy"]?.string == "Forbid")
    #expect(spec["timeZone"]?.string == "Etc/UTC")
    #expect(
      try documents(scan)["ServiceAccount"]?["automountServiceAccountToken"]?.bool == false)
  }

  @Test func aPlatformThatChoosesUsers() throws {
    var scan = try scan()
    scan.choosesUser = false
    let context = try #require(try pod(scan)["securityContext"])
    #expect(context["runAsUser"] == nil && context["fsGroup"] == nil)
    #expect(context["runAsNonRoot"]?.bool == true)
  }

  /// Read back as they were given, whatever they look like to YAML; dollar signs doubled, for
  /// Kubernetes replaces `$(NAME)` in arguments.
  @Test(arguments: [
    "--x=a: b", "--x=a #b", "--x=\"'", "- y", "true", "0x1F", "1e3", "~", "*a", "&a", "!!str", "{}",
    "a\nb: c\n", "a\n---\nkind: Secret", "\u{85}\u{2028}", "\u{202E}x", "\u{0}\u{1B}[2J",
    "$(HOME)$$",
    "", " ", "%YAML 1.1", "@x", "`x`", "?", "x:", "2026-11-21", "=",
  ])
  func hostileArguments(text: String) throws {
    let scan = try scan(arguments: [text, "--last"])
    let arguments = try pod(scan)["containers"]?.sequence?.first?["args"]?.sequence
    #expect(
      arguments?.map(\.string) == ["scan", text.replacing("$", with: "$$"), "--last"])
    #expect(try documents(scan).count == 5)
  }
}
