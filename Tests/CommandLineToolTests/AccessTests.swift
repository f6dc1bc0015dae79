import Foundation
import Inventory
import Kubeconfig
import KubernetesAPI
import Reports
import Scanning
import Testing

@testable import CommandLineTool

/// The table of `access` and the role below it.
@Suite struct AccessTests {
  private static func need(
    _ purpose: AccessNeed.Purpose, _ group: String, _ name: String, isNamespaced: Bool = true
  ) -> AccessNeed {
    AccessNeed(
      purpose,
      APIResource(
        group: group, version: "v1", name: name, kind: "Kind", isNamespaced: isNamespaced),
      isReadByNamespace: isNamespaced)
  }

  private static let pods = need(.pods, "", "pods")

  private static func report(_ namespace: String = "team-a") -> AccessReport {
    AccessReport(entries: [
      .init(
        need: pods, clusterWide: false,
        namespaces: .init(allowed: [namespace], refused: ["b", "c", "d"])),
      .init(need: need(.workloads(.deployment), "apps", "deployments"), clusterWide: true),
      .init(need: need(.nodes, "", "nodes", isNamespaced: false), clusterWide: nil),
    ])
  }

  private static func page(
    _ report: AccessReport, width: Int?, subject: AccessRole.Subject = .user("ann")
  ) -> String {
    AccessPage(
      report: report, role: AccessRole(grants: report.missing, subject: subject), width: width
    ).text()
  }

  private static let role = """
    # What a scan by kubectl gcr-report may not read yet, and nothing else.
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: gcr-report-reader-3099280f
    rules:
      - apiGroups:
          - ""
        resources:
          - nodes
          - pods
        verbs:
          - list
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: gcr-report-reader-3099280f
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: gcr-report-reader-3099280f
    subjects:
      - kind: User
        apiGroup: rbac.authorization.k8s.io
        name: ann

    """

  @Test func inAPipeEveryCellIsWhole() {
    #expect(
      Self.page(Self.report(), width: nil) == """
        RESOURCE          CLUSTER-WIDE  NAMESPACES      WITHOUT IT THE REPORT WILL NOT KNOW
        pods              no            1 of 4: team-a  which images run, which pulls fail, and Pods without a template
        deployments.apps  yes           all             -
        nodes             unknown       -               which nodes hold an image: exposure stays unknown

        To close the gap, somebody who may grant it applies:

        \(Self.role)
        """)
  }

  private static let narrow: [Int: String] = [
    80: """
    RESOURCE          CLUSTER-WIDE  NAMESPACES      WITHOUT IT THE REPORT WILL NOT
                                                    KNOW
    pods              no            1 of 4: team-a  which images run, which pulls
                                                    fail, and Pods without a
                                                    template
    deployments.apps  yes           all             -
    nodes             unknown       -               which nodes hold an image:
                                                    exposure stays unknown
    """,
    60: """
    RESOURCE          CLUSTER-WIDE  NAMESPACES
      WITHOUT IT THE REPORT WILL NOT KNOW
    pods              no            1 of 4: team-a
      which images run, which pulls fail, and Pods without a
      template
    deployments.apps  yes           all
    nodes             unknown       -
      which nodes hold an image: exposure stays unknown
    """,
    40: """
    RESOURCE          CLUSTER-WIDE
      NAMESPACES
      WITHOUT IT THE REPORT WILL NOT KNOW
    pods              no
      1 of 4: team-a
      which images run, which pulls fail,
      and Pods without a template
    deployments.apps  yes
      all
    nodes             unknown
      which nodes hold an image: exposure
      stays unknown
    """,
  ]

  @Test(arguments: narrow)
  func aTerminalWrapsTheSentences(width: Int, expected: String) {
    let text = Self.page(Self.report(), width: width)
    #expect(text.split(separator: "\n\n").first.map(String.init) == expected)
  }

  @Test(arguments: 40...200)
  func noLineOfTheTableIsWiderThanTheTerminal(width: Int) throws {
    let hostile = String(repeating: "\u{1B}[2J名", count: 9)
    for name in ["team-a", String(repeating: "n", count: 63), hostile] {
      let text = Self.page(Self.report(name), width: width)
      let end = try #require(text.range(of: "#")).lowerBound
      for line in text[..<end].split(separator: "\n") {
        #expect(TerminalText.width(line) <= width, "\(line)")
        #expect(!line.hasSuffix(" "))
      }
      #expect(!text.contains("\u{1B}"))
    }
  }

  @Test func whereNothingIsMissingOneLineSaysSo() {
    let report = AccessReport(entries: [.init(need: Self.pods, clusterWide: true)])
    #expect(
      Self.page(report, width: 80) == """
        RESOURCE  CLUSTER-WIDE  NAMESPACES  WITHOUT IT THE REPORT WILL NOT KNOW
        pods      yes           all         -

        Nothing is missing: a scan may read everything that it asks for.

        """)
    #expect(
      AccessRole(grants: [], subject: .unknown).yaml()
        == "# Nothing is missing: no role is needed.\n")
  }

  private struct NamespacesCase: CustomTestStringConvertible {
    var answers: NamespaceAnswers
    var words: String
    var testDescription: String { words }
  }

  private static let names = (1...1200).map { "n\(10_000 + $0)" }

  private static let namespacesCases = [
    NamespacesCase(answers: .init(refused: ["a"]), words: "none of 1: a"),
    NamespacesCase(
      answers: .init(refused: ["a"], isComplete: false), words: "none of 1 known: a"),
    NamespacesCase(answers: .init(refused: names), words: "none of 1,200"),
    NamespacesCase(answers: .init(allowed: ["a"]), words: "1 of 1: a"),
    NamespacesCase(
      answers: .init(allowed: ["a", "b"], isComplete: false), words: "2 of 2 known: a, b"),
    NamespacesCase(
      answers: .init(allowed: ["a", "b", "c", "d", "e"], refused: ["f", "g", "h", "i"]),
      words: "5 of 9: a, b, c and 2 more"),
    NamespacesCase(
      answers: .init(allowed: ["a", "b", "c", "d"], refused: ["z"], unknown: ["x"]),
      words: "4 of 6: all but x, z; unknown in 1"),
    NamespacesCase(
      answers: .init(allowed: ["a"], leftOut: ["b", "c", "d", "e"]),
      words: "1 of 5: a; 4 not asked about"),
    NamespacesCase(
      answers: .init(refused: ["a\u{202E}\n"]), words: "none of 1: a\\u{202e}\\n"),
  ]

  @Test(arguments: namespacesCases)
  private func namespaces(_ each: NamespacesCase) {
    let entry = AccessReport.Entry(need: Self.pods, clusterWide: false, namespaces: each.answers)
    #expect(AccessWording.namespaces(entry) == each.words)
  }

  @Test func aRoleForEachNamespace() {
    let role = AccessRole(
      grants: [
        AccessGrant(
          group: "", resource: "namespaces", verb: "get", objectName: "kube-system"),
        AccessGrant(namespace: "a", group: "apps", resource: "deployments"),
        AccessGrant(namespace: "b", group: "apps", resource: "deployments"),
      ], subject: .serviceAccount(namespace: "ops", name: "reader"))
    let documents = role.yaml().split(separator: "---\n")
    #expect(documents.count == 6)
    #expect(
      documents[0].contains("    resourceNames:\n      - kube-system\n    verbs:\n      - get\n"))
    #expect(documents[2].contains("kind: Role\nmetadata:\n  name: "))
    #expect(documents[2].contains("\n  namespace: a\nrules:\n"))
    #expect(documents[5].contains("kind: RoleBinding\n"))
    #expect(documents[5].contains("\n  namespace: b\nroleRef:\n"))
    #expect(
      documents[5].hasSuffix("  - kind: ServiceAccount\n    name: reader\n    namespace: ops\n"))
  }

  @Test(arguments: [nil, "a"])
  func aRoleThatReachesSecretsSaysSo(namespace: String?) {
    let grants = ["pods", "secrets"].map {
      AccessGrant(namespace: namespace, group: "", resource: $0)
    }
    let place = namespace == nil ? "in all namespaces" : "in this namespace"
    let text = AccessRole(grants: grants, subject: .user("ann")).yaml()
    #expect(
      text.contains(
        "# Beware: this grants reading every Secret \(place), for Helm's releases.\napiVersion: "))
    #expect(text.components(separatedBy: "Secret").count == 2)
    let without = AccessRole(grants: Array(grants.prefix(1)), subject: .user("ann")).yaml()
    #expect(!without.contains("Secret"))
  }

  /// Applying a role must not take away what another one gave.
  @Test func otherRightsHaveAnotherName() {
    func name(_ resource: String) -> Substring? {
      AccessRole(grants: [AccessGrant(group: "", resource: resource)], subject: .unknown)
        .yaml().split(separator: "\n").first { $0.hasPrefix("  name: ") }
    }
    #expect(name("pods") != nil)
    #expect(name("pods") == name("pods"))
    #expect(name("pods") != name("nodes"))
  }

  @Test func anUnknownSubjectIsToBeFilledIn() {
    let text = AccessRole(grants: [AccessGrant(group: "", resource: "pods")], subject: .unknown)
      .yaml()
    #expect(text.hasSuffix("    name: FILL-IN-THE-USER\n"))
    #expect(text.contains("# \"kubectl auth whoami\". A service account"))
  }

  @Test(arguments: [
    (nil, AccessRole.Subject.unknown), ("", .unknown), ("ann", .user("ann")),
    (
      "system:serviceaccount:ops:reader",
      .serviceAccount(namespace: "ops", name: "reader")
    ),
    ("system:serviceaccount::reader", .user("system:serviceaccount::reader")),
    ("system:serviceaccount:a:b:c", .user("system:serviceaccount:a:b:c")),
  ])
  func theImpersonatedUserIsTheSubject(user: String?, expected: AccessRole.Subject) throws {
    let server = try #require(ServerAddress("https://cluster.invalid"))
    let target = ClusterTarget(
      server: server, impersonation: user.map { Impersonation(user: $0) })
    #expect(AccessRole.Subject(target) == expected)
  }
}
