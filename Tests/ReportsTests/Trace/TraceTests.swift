import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

/// What is live joined with what stands in files.
@Suite struct TraceTests {
  static func source(
    _ workload: WorkloadIdentity = .make(), image: ImageText = .make("web"),
    container: String = "app", file: String = "web.yaml", line: Int = 7,
    found: SourceConfidence = .parsed, path: String = "spec.template.spec.containers[0].image",
    kind: Finding.Kind = .registry, isKustomization: Bool = false, isOpen: Bool = false,
    builds: [KustomizedObject] = []
  ) -> TraceSource {
    var finding = Finding.make(
      workload, image: image, kind: kind, activity: .inert, container: container,
      exposure: .dormant, risk: kind == .clean ? .clean : .low)
    finding.use.path = path
    finding.use.place = SourcePlace(
      file: file, line: line, column: 16, endLine: line, endColumn: 30, confidence: found)
    return TraceSource(
      finding: finding, isKustomizationEntry: isKustomization, isOpen: isOpen, builds: builds)
  }

  private static func built(
    _ namespace: String?, prefix: String = "", suffix: String = ""
  ) -> KustomizedObject {
    KustomizedObject(
      namespace: namespace, namePrefix: prefix, nameSuffix: suffix,
      file: "over/\(namespace ?? "none")/kustomization.yaml")
  }

  private static func entry(_ builds: [KustomizedObject]) -> TraceSource {
    source(
      WorkloadIdentity(apiVersion: "", kind: "Values", namespace: "", name: "k.yaml"),
      container: "web", path: "images[0].newName", isKustomization: true, builds: builds)
  }

  static func values(
    _ file: String = "charts/web/values.yaml", image: ImageText = .make("web"),
    path: String = "image.repository"
  ) -> TraceSource {
    let holder = WorkloadIdentity(apiVersion: "", kind: "Values", namespace: "", name: file)
    return source(
      holder, image: image, container: "", file: file, found: .values, path: path)
  }

  private static let read = ["deployments.apps", "pods"].map {
    CoverageEntry(resource: $0, state: .read)
  }

  /// `hub: k8s.gcr.io`, judged by an image of it.
  static func prefix(_ text: String, tag: String? = nil) -> TraceSource {
    var source = values(
      image: .make(text, registry: "k8s.gcr.io", "pause", tag: "latest"), path: "hub")
    source.finding.use.representative = "\(text)/pause"
    source.tagBeside = tag
    return source
  }

  static func trace(
    _ findings: [Finding], _ sources: [TraceSource], coverage: [CoverageEntry] = read,
    gaps: [CoverageEntry] = [], sha256: String? = nil,
    change: (inout Report) -> Void = { _ in }
  ) -> Trace {
    var report = Report.make(clusters: [.make(findings: findings, coverage: coverage)])
    change(&report)
    var stamp = Report.make().catalogue
    if let sha256 { stamp.sha256 = sha256 }
    return Trace(
      report: report, sources: sources, tally: FileTally(paths: ["deploy"], read: 1),
      coverage: gaps, catalogue: stamp)
  }

  // MARK: How sure

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let live: Finding
    let source: TraceSource
    let word: String

    init(_ name: String, _ live: Finding, _ source: TraceSource, _ word: String) {
      (testDescription, self.live, self.source, self.word) = (name, live, source, word)
    }

    init(_ name: String, _ source: TraceSource, _ word: String) {
      self.init(name, .make(), source, word)
    }
  }

  private static let helm = Finding.make(managedBy: "Helm release \"shop/store\" chart web-1.2.0")
  private static func setBy(_ key: String) -> Finding {
    var finding = helm
    finding.use.notes = ["set by Helm values \(key) and image.tag"]
    return finding
  }

  static let cases: [Case] = [
    Case("the same object", .make(), source(), "certain"),
    Case(
      "another place in the list", .make(),
      source(path: "spec.template.spec.containers[3].image"), "certain"),
    Case(
      "an old group",
      source(
        WorkloadIdentity(
          apiVersion: "extensions/v1beta1", kind: "Deployment", namespace: "shop", name: "web")),
      "certain"),
    Case("no namespace", source(.make("")), "likely"),
    Case("another namespace", source(.make("staging")), "possible"),
    Case("another container", source(container: "proxy"), "likely"),
    Case("injected", .make(origin: .injected), source(), "likely"),
    Case("another kind", source(.make("shop", "StatefulSet")), "possible"),
    Case(
      "another group",
      source(
        WorkloadIdentity(
          apiVersion: "example.com/v1", kind: "Deployment", namespace: "shop", name: "web")),
      "possible"),
    Case("a prefix", .make(.make("shop", "Deployment", "dev-web")), source(.make("")), "likely"),
    Case("a suffix", .make(.make("shop", "Deployment", "web-blue")), source(.make("")), "likely"),
    Case("both", .make(.make("shop", "Deployment", "dev-web-1")), source(.make("")), "likely"),
    Case(
      "a prefix, another container", .make(.make("shop", "Deployment", "dev-web")),
      source(.make(""), container: "proxy"), "possible"),
    Case("no prefix", .make(.make("shop", "Deployment", "webshop")), source(.make("")), "possible"),
    Case(
      "too short", .make(.make("shop", "Deployment", "a-b")), source(.make("", "Deployment", "a")),
      "possible"),
    Case("values, no release", values(), "possible"),
    Case("values of the chart", helm, values(), "likely"),
    Case("a packaged chart", helm, values("charts/web-1.2.0.tgz!/web/values.yaml"), "likely"),
    Case("a chart's registry", helm, prefix("k8s.gcr.io"), "likely"),
    Case("the beginning of another", helm, prefix("k8s.gcr.io/we"), "none"),
    Case("a hub with its tag", helm, prefix("k8s.gcr.io", tag: "1.0"), "likely"),
    Case(
      "a hub with the tag of a variant", .make(image: .make("web", tag: "1.0-distroless")),
      prefix("k8s.gcr.io", tag: "1.0"), "possible"),
    Case("a hub with another tag", helm, prefix("k8s.gcr.io", tag: "1"), "possible"),
    Case("a hub with no tag", helm, prefix("k8s.gcr.io", tag: "{{ x"), "likely"),
    Case(
      "a namespace that a kustomization sets", source(.make(""), builds: [built("shop")]), "certain"
    ),
    Case(
      "a namespace that it sets anew", source(.make("base"), builds: [built("shop")]), "certain"),
    Case(
      "a namespace that it sets to another", source(.make("shop"), builds: [built("test")]),
      "possible"),
    Case(
      "none in the file, and it sets another", source(.make(""), builds: [built("test")]),
      "possible"),
    Case(
      "one of two kustomizations", source(.make(""), builds: [built("test"), built("shop")]),
      "certain"),
    Case("a kustomization that sets none", source(.make(""), builds: [built(nil)]), "likely"),
    Case(
      "its namespace, another container",
      source(.make(""), container: "proxy", builds: [built("shop")]),
      "likely"),
    Case(
      "its namespace, injected", .make(origin: .injected),
      source(.make(""), builds: [built("shop")]), "likely"),
    Case(
      "its namespace and its names", .make(.make("shop", "Deployment", "dev-web-1")),
      source(.make(""), builds: [built("shop", prefix: "dev-", suffix: "-1")]), "certain"),
    Case(
      "its namespace, not its names", source(.make(""), builds: [built("shop", prefix: "dev-")]),
      "likely"),
    Case(
      "a kind of the whole cluster", .make(.make("", "ClusterTask")),
      source(.make("", "ClusterTask"), builds: [built("shop")]), "certain"),
    Case("an entry for the namespace", entry([built("shop")]), "likely"),
    Case("an entry for another namespace", entry([built("test")]), "possible"),
    Case("an entry for one of two", entry([built("test"), built(nil)]), "likely"),
    Case("values of the release", helm, values("env/store-values.yaml"), "likely"),
    Case("values of another", helm, values("charts/db/values.yaml"), "possible"),
    Case("a chart of a longer name", helm, values("charts/we/values.yaml"), "possible"),
    Case("a value that the release names", setBy("image.repository"), values("x.yaml"), "likely"),
    Case("a value that it does not name", setBy("other.repository"), values("x.yaml"), "possible"),
    Case(
      "values, whose tag is elsewhere", helm,
      values(image: .make("k8s.gcr.io/web", registry: "k8s.gcr.io", "web", tag: "latest")),
      "likely"),
    Case("another tag", helm, values(image: .make("web", tag: "2.0")), "none"),
    Case(
      "the owner itself", .make(managedBy: "Flux HelmRelease \"flux/web\""),
      source(
        WorkloadIdentity(
          apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", namespace: "flux",
          name: "web"), container: "", found: .values, path: "spec.values.image.repository"),
      "likely"),
    Case(
      "the owner of another", .make(managedBy: "Flux HelmRelease \"flux/web\""),
      source(
        WorkloadIdentity(
          apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", namespace: "flux",
          name: "db"), container: "", found: .values, path: "spec.values.image.repository"),
      "possible"),
    Case(
      "a kustomization",
      source(
        WorkloadIdentity(apiVersion: "", kind: "Values", namespace: "", name: "k.yaml"),
        container: "web", path: "images[0].newName", isKustomization: true), "likely"),
    Case(
      "text",
      source(
        WorkloadIdentity(apiVersion: "", kind: "Text", namespace: "", name: "a.md"),
        container: "", found: .text, path: ""), "possible"),
    Case(
      "the beginning of a text",
      source(
        WorkloadIdentity(apiVersion: "", kind: "Text", namespace: "", name: "a.sh"),
        image: .make("k8s.gcr.io/we", registry: "k8s.gcr.io", "we", tag: "latest"),
        container: "", found: .text, path: "", isOpen: true), "possible"),
    Case("a digest beside", .make(image: .make("web", digest: "sha256:00")), source(), "likely"),
    Case("another image", source(image: .make("db")), "none"),
    Case(
      "what is no reference", .make(image: .invalid(raw: "A B", reason: "why")),
      source(image: .invalid(raw: "A B", reason: "why")), "certain"),
  ]

  @Test(arguments: cases) func confidence(_ example: Case) throws {
    let trace = Self.trace([example.live], [example.source])
    let live = try #require(trace.live.first)
    #expect(live.word == example.word)
    #expect(live.candidates.first?.confidence.rawValue ?? "none" == example.word)
    #expect(trace.filesOnly.isEmpty == (example.word != "none"))
  }

  @Test func theClosestComeFirst() throws {
    let sources = [
      Self.source(.make("staging"), file: "a.yaml"), Self.source(.make(""), file: "b.yaml"),
      Self.source(file: "d.yaml"), Self.source(file: "c.yaml", line: 9),
      Self.source(file: "c.yaml", line: 8),
    ]
    let live = try #require(Self.trace([.make()], sources).live.first)
    #expect(
      live.candidates.compactMap(\.use.place).map(\.words) == [
        "c.yaml:8:16", "c.yaml:9:16", "d.yaml:7:16",
      ])
    #expect(live.candidateCount == 5)
  }

  @Test func theWordsNameTheKustomizationAndTheTag() throws {
    func why(_ source: TraceSource, _ live: Finding = .make()) throws -> String {
      try #require(Self.trace([live], [source]).live.first?.candidates.first).why
    }
    #expect(
      try why(Self.source(.make(""), builds: [Self.built("shop")]))
        == "the same object and container, in the namespace that over/shop/kustomization.yaml sets")
    #expect(
      try why(Self.source(.make(""), builds: [Self.built("test")]))
        == "the same object, in the namespace test, which over/test/kustomization.yaml sets")
    #expect(
      try why(Self.prefix("k8s.gcr.io", tag: "1.0"))
        == "its registry and its tag; the name comes from elsewhere")
    #expect(
      try why(Self.prefix("k8s.gcr.io", tag: "2.0"))
        == "the tag beside it is 2.0; its images have another one")
  }

  @Test func theTagBesideItIsCloser() throws {
    let sources = [
      Self.prefix("k8s.gcr.io", tag: "9"), Self.prefix("k8s.gcr.io"),
      Self.prefix("k8s.gcr.io", tag: "1.0"),
    ]
    let live = try #require(Self.trace([.make()], sources).live.first)
    #expect(
      live.candidates.map(\.why) == [
        "its registry and its tag; the name comes from elsewhere",
        "the rest of the image comes from elsewhere",
        "the tag beside it is 9; its images have another one",
      ])
  }

  @Test func whatCountsIsTraced() {
    let past = Finding.make(activity: .history, exposure: .history, risk: .info)
    let mitigated = Finding.make(waivedUntil: .make("2027-01-01"), waiver: .mitigated)
    let clean = Finding.make(kind: .clean, risk: .clean)
    #expect(Self.trace([past, mitigated, clean], []).live.isEmpty)
    // What is mitigated is live, an old revision is not.
    #expect(Self.trace([mitigated], [Self.source()]).filesOnly.isEmpty)
    #expect(Self.trace([past], [Self.source()]).filesOnly.map(\.unknown) == [nil])
  }

  // MARK: What is not known

  @Test func unreadFilesMakeNoneUnknown() {
    let gap = CoverageEntry(resource: "bad.yaml", state: .partial, reason: "why", line: 3)
    #expect(Self.trace([.make()], [], gaps: [gap]).live.map(\.word) == ["unknown"])
  }

  struct Blind: CustomTestStringConvertible {
    let testDescription: String
    var source = TraceTests.source(image: .make("db"))
    var coverage = TraceTests.read
    var sha256: String?
    var change: @Sendable (inout Report) -> Void = { _ in }
    let reason: String?
  }

  private static let forbidden = CoverageEntry(
    resource: "deployments.apps", namespace: "vault", state: .forbidden)

  static let blind: [Blind] = [
    Blind(testDescription: "all was read", reason: nil),
    Blind(
      testDescription: "the kind is forbidden",
      coverage: [CoverageEntry(resource: "deployments.apps", state: .forbidden)],
      reason: "deployments.apps (forbidden)"),
    Blind(testDescription: "forbidden elsewhere", coverage: read + [forbidden], reason: nil),
    Blind(
      testDescription: "forbidden in its namespace",
      source: source(.make("vault"), image: .make("db")), coverage: read + [forbidden],
      reason: "deployments.apps in vault (forbidden)"),
    Blind(
      testDescription: "forbidden somewhere, and it may be there",
      source: source(.make(""), image: .make("db")), coverage: read + [forbidden],
      reason: "deployments.apps in vault (forbidden)"),
    Blind(
      testDescription: "a kind that nobody read",
      source: source(.make("shop", "Robot"), image: .make("db")),
      reason: "the scan does not read Robot there"),
    Blind(
      testDescription: "values may be anywhere", source: values(image: .make("db")),
      coverage: read + [forbidden], reason: "deployments.apps in vault (forbidden)"),
    Blind(
      testDescription: "other rules", sha256: "00",
      reason: "the report judges by other rules, or another day"),
    Blind(
      testDescription: "the cluster was not read",
      change: { $0.clusters[0].failure = "refused" }, reason: "the cluster was not read"),
    Blind(
      testDescription: "one of two clusters",
      change: { $0.clusters.append(.make(contexts: ["b"], failure: "refused")) },
      reason: "b: the cluster was not read"),
    Blind(
      testDescription: "another namespace",
      change: { $0.filter.namespaces = [Glob("pay")] }, reason: "filtered by -n pay"),
    Blind(
      testDescription: "its namespace", change: { $0.filter.namespaces = [Glob("shop")] },
      reason: nil),
    Blind(
      testDescription: "a risk that left something out",
      change: {
        $0.filter.risk = .high
        $0.clusters[0].filteredFindings = 1
      }, reason: "filtered by --risk high"),
  ]

  @Test(arguments: blind) func nowhereLive(_ example: Blind) {
    let trace = Self.trace(
      [.make()], [example.source], coverage: example.coverage, sha256: example.sha256,
      change: example.change)
    #expect(trace.filesOnly.map(\.unknown) == [example.reason])
  }

  @Test func whatAFilterOfImagesLeavesOutIsNotMissed() {
    let trace = Self.trace([], [Self.source(image: .make("db"))]) {
      $0.filter.images = [Glob("*web*")]
    }
    #expect(trace.filesOnly.isEmpty)
  }

  // MARK: The document

  @Test func theDocumentIsAsItsSchemaSays() throws {
    let hostile = "a\u{1b}[31m\u{202e}\n"
    let trace = Self.trace(
      [.make(.make(hostile, "Deployment", hostile)), Self.helm],
      [Self.source(file: hostile), Self.source(image: .make("db")), Self.values()],
      coverage: [Self.forbidden],
      gaps: [CoverageEntry(resource: hostile, state: .failed, reason: hostile)])
    let bytes = TraceJSON.document(trace)
    #expect(try SchemaValidator.errors(SchemaValidator.object(bytes), .trace) == [])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.unicodeScalars.contains { $0 != "\n" && TerminalText.acts($0) })
    #expect(text.contains("\"notKnownToBeLive\": 1"))
  }
}
