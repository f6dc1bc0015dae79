import ImageReferences
import Inventory
import Testing

@testable import Manifests

/// What each kind of file holds, and where: `line:column confidence text`.
@Suite struct ReferenceSearchTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var kind = SourceKind.structured
    let text: String
    let found: [String]
    var problems: [String] = []
    var testDescription: String { name }
  }

  /// Knows `old.example`, of which everything is worth a word, and `docker.io/dead`.
  static let search = TextSearch(
    hosts: ["old.example", "*-old.example", "docker.io"], prefixHosts: ["old.example"],
    coversAll: { $0 == "old.example/project" },
    recognizes: {
      $0.registry.hasSuffix("old.example") || $0.repository.hasPrefix("dead/")
    })

  static func found(_ bytes: [UInt8], _ kind: SourceKind) -> ([String], SearchedText) {
    let result = ReferenceSearch(search).references(in: bytes, kind: kind)
    let lines = LineIndex(bytes)
    let texts = result.references.map { reference in
      let place = lines.position(of: reference.mainPart.range.lowerBound)
      return "\(place.line):\(place.column) \(reference.confidence.rawValue) \(reference.text)"
    }
    return (texts, result)
  }

  static let cases: [Case] = [
    Case(
      name: "a Deployment, every place in it",
      text: """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          template:
            spec:
              initContainers: [{name: i, image: old.example/i:1}]
              containers:
              - name: c
                image: "nginx"
                args: ["--image=old.example/arg:2", "/usr/bin/x"]
                env: [{name: SIDE_IMAGE, value: 'old.example/env:3'}]
              volumes: [{name: v, image: {reference: old.example/vol:4}}]
        status: {image: old.example/status:9}
        """,
      found: [
        "7:41 parsed old.example/i:1", "10:17 parsed nginx", "11:25 parsed old.example/arg:2",
        "12:42 parsed old.example/env:3", "13:46 parsed old.example/vol:4",
      ]),
    Case(
      name: "an anchor is edited where it stands, and so is what a merge brings",
      text: """
        apiVersion: v1
        kind: Pod
        spec:
          containers:
          - &base {name: a, image: &i old.example/a:1}
          - {name: b, image: *i}
          - <<: *base
            name: c
        """,
      found: [
        "5:31 parsed old.example/a:1", "5:31 parsed old.example/a:1",
        "5:31 parsed old.example/a:1",
      ]),
    Case(
      name: "a List, a mark, CR LF and a broken document between two good ones",
      text: "\u{FEFF}kind: List\r\napiVersion: v1\r\nitems:\r\n- apiVersion: v1\r\n  kind: Pod\r\n"
        + "  spec:\r\n    containers:\r\n    - {name: a, image: old.example/a:1}\r\n---\r\n"
        + "a: [old.example/b:2\r\n---\r\nimage: old.example/c:3\r\n",
      found: [
        "8:24 parsed old.example/a:1", "10:5 text old.example/b:2", "12:8 values old.example/c:3",
      ],
      problems: ["11"]),
    Case(
      name: "JSON",
      text: """
        {"apiVersion": "v1", "kind": "Pod",
        \t"metadata": {"annotations": {
        "kubectl.kubernetes.io/last-applied-configuration": "old.example/stale:1"}},
          "spec": {"containers": [{"name": "é", "image": "old.example/a:1"}]}}
        """,
      found: ["4:51 parsed old.example/a:1"]),
    Case(
      name: "the habits of Helm values",
      text: """
        image: {registry: old.example, repository: a, tag: 1.10}
        b: {image: old.example/b, imageTag: v2}
        c: {hub: old.example/hub, image: c, tag: 3}
        initImage: old.example/d
        initImageTag: "4"
        e: {image: {name: old.example/e, digest: sha256:\(String(repeating: "a", count: 64))}}
        repository: https://charts.example/stable
        f: {registry: old.example, imageName: f, imageTag: v1}
        g: {imageName: plain}
        """,
      found: [
        "1:44 values old.example/a:1.10", "2:12 values old.example/b:v2",
        "3:34 values old.example/hub/c:3", "4:12 values old.example/d:4",
        "6:19 values old.example/e@sha256:\(String(repeating: "a", count: 64))",
        "8:39 values old.example/f:v1",
      ]),
    Case(
      name: "what begins images that other values complete",
      text: """
        global: {hub: old.example/project, tag: "1.2"}
        a: {hub: old.example/project, image: web, tag: 3}
        b: {registry: old.example}
        c: {repository: old.example/project, tag: v1}
        d: {repository: old.example/project/app, tag: v1}
        e: {registry: "old.example/any/where/"}
        f: [old.example/project]
        g: {registry: old.example/app:1, hub: new.example/x, repo: 'https://old.example/x'}
        image: old.example/project
        """,
      found: [
        "1:15 values old.example/project", "2:38 values old.example/project/web:3",
        "3:15 values old.example", "4:17 values old.example/project",
        "5:17 values old.example/project/app:v1", "6:16 values old.example/any/where",
        "7:5 text old.example/project", "8:15 text old.example/app:1",
        "9:8 values old.example/project",
      ]),
    Case(
      name: "a registry of all images, told once",
      text: "a: {image: {repository: web, tag: 1}}\nglobal: {imageRegistry: old.example/project}\n",
      found: ["1:25 values old.example/project/web:1"]),
    Case(
      name: "an operator's hub",
      text: """
        apiVersion: install.istio.io/v1alpha1
        kind: IstioOperator
        metadata: {name: i}
        spec: {hub: old.example/project, tag: 1.29.1}
        """,
      found: ["4:13 values old.example/project"]),
    Case(
      name: "a repository of an image alone, whose tag is elsewhere",
      text: "redis:\n  image:\n    repository: some/redis\nchart: {repository: some/chart}\n",
      found: ["3:17 values some/redis"]),
    Case(
      name: "a global registry",
      text: "global: {imageRegistry: old.example}\nimage: {repository: a, tag: 1}\n",
      found: ["2:21 values old.example/a:1"]),
    Case(
      name: "a kustomization",
      text: """
        images:
        - {name: old.example/a, newTag: "2"}
        - {name: b, newName: old.example/b, newTag: "3"}
        """,
      found: ["2:10 parsed old.example/a:2", "3:22 parsed old.example/b:3"]),
    Case(
      name: "a ConfigMap that holds YAML, and a script",
      text: """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data:
          pod.yaml: |
            kind: Pod
            apiVersion: v1
            spec:
              containers: [{name: a, image: old.example/a:1}]
          run.sh: |
            # docker pull old.example/no:1
            docker pull old.example/b:2
          quoted: "x\\nimage: old.example/c:3\\n"
        """,
      found: [
        "9:37 parsed old.example/a:1", "12:17 text old.example/b:2", "13:22 text old.example/c:3",
      ]),
    Case(
      name: "compose",
      text: "services:\n  web: {image: 'old.example/a:1'}\n  b: {image: \"${X:-old.example/b}\"}\n",
      found: ["2:17 parsed old.example/a:1", "3:20 text old.example/b"]),
    Case(
      name: "a Dockerfile", kind: .dockerfile,
      text: """
        # FROM old.example/no
        ARG BASE=old.example/base
        FROM --platform=x ${BASE}:1 AS build
        RUN --mount=type=bind,from=old.example/m:2,target=/x \\
            true
        FROM build
        FROM dead/app AS last
        COPY --from=build --chown=1 a b
        COPY --from=old.example/c:3 a b
        FROM scratch
        """,
      found: [
        "2:10 text old.example/base", "3:19 parsed old.example/base:1",
        "4:28 parsed old.example/m:2", "7:6 parsed dead/app", "9:13 parsed old.example/c:3",
      ]),
    Case(
      name: "a template", kind: .template,
      text: """
        {{/* old.example/a:1 */}}
        - image: "old.example/b:{{ .Values.tag }}"
        - image: {{ .Values.registry | default "old.example" }}/c
          image: dead/app:1 # old.example/no
        - image: {{ .Values.image }}
          {{- /* old.example/c:1 */ -}}
        {{/* a */}}{{ "old.example/d:1" }}{{/* b */}}
        """,
      found: [
        "2:11 text old.example/b", "3:41 text old.example",
        "4:10 text dead/app:1", "7:16 text old.example/d:1",
      ]),
    Case(
      name: "comments of Terraform", kind: .text(comments: .both),
      text: "/* old.example/a:1 */\n x = \"old.example/b:1\" // old.example/c:1\n",
      found: ["2:7 text old.example/b:1"]),
    Case(
      name: "a registry that is a value of a shell, a program, a command",
      kind: .text(comments: .hash),
      text: """
        R=${R:-old.example}; : "${Q:=old.example}"; docker run ${R:-old.example}/a:1
        image: 'old.example/' + name, host = "old.example/"
        kubeadm init --image-repository old.example --x old.example
        startsWith('old.example/') ${old.example} sed s/old.example/new.example/ {old.example}
        """,
      found: [
        "1:8 text old.example", "1:30 text old.example", "1:61 text old.example",
        "2:9 text old.example", "2:39 text old.example", "3:33 text old.example",
      ]),
    Case(
      name: "kubeadm's repositories with a tag beside them, and a disk",
      text: """
        apiVersion: kubeadm.k8s.io/v1beta3
        kind: ClusterConfiguration
        etcd: {local: {imageRepository: old.example, imageTag: 3.5.0-0}}
        dns: {imageRepository: old.example/coredns, imageTag: v1}
        ---
        apiVersion: v1
        kind: PersistentVolume
        spec: {rbd: {image: old, pool: rbd}}
        """,
      found: ["3:33 values old.example", "4:24 parsed old.example/coredns:v1"]),
    Case(
      name: "text", kind: .text(comments: .none),
      text: """
        `old.example/a:1`, (old.example/b:2). docker://old.example/c:3 image:old.example/d:4
        https://old.example/v2/e:5 mirror.example/old.example/f:6 old.example is old
        x-old.example/g:7 notold.example/h:8 old.example/i:9:ro old.example/${j} old.example/
        """,
      found: [
        "1:2 text old.example/a:1", "1:21 text old.example/b:2", "1:48 text old.example/c:3",
        "1:70 text old.example/d:4", "3:1 text x-old.example/g:7", "3:38 text old.example/i:9",
        "3:57 text old.example",
      ]),
    Case(
      name: "a project in text", kind: .text(comments: .none),
      text: """
        HUB=old.example/project old.example/project/app:1 ${HUB:-"old.example/project/"}
        in old.example/project we have old.example/project:1 and old.example/project-x
        """,
      found: [
        "1:5 text old.example/project", "1:25 text old.example/project/app:1",
        "1:59 text old.example/project", "2:4 text old.example/project",
        "2:32 text old.example/project:1", "2:58 text old.example/project-x",
      ]),
    Case(name: "nothing", text: "", found: []),
    Case(name: "tabs", text: "a:\n\t- b\n", found: [], problems: ["2"]),
    Case(
      name: "actions are no fault of YAML", text: "a: {{ b }}\nimage: old.example/{{ c }}\n",
      found: ["2:8 text old.example"]),
  ]

  @Test(arguments: cases) func kinds(_ test: Case) {
    let (found, result) = Self.found(Array(test.text.utf8), test.kind)
    #expect(found == test.found)
    #expect(result.problems.map { $0.line.map(String.init) ?? "?" } == test.problems)
  }

  /// Every prefix of every text, as every kind: never a trap, never a place outside.
  @Test(arguments: cases) func truncated(_ test: Case) {
    let bytes = Array(test.text.utf8)
    for end in 0...bytes.count {
      let head = Array(bytes[..<end])
      for kind in [test.kind, .text(comments: .both)] {
        for reference in ReferenceSearch(Self.search).references(in: head, kind: kind).references {
          for part in reference.parts where part.isExact {
            #expect(String(decoding: head[part.range], as: UTF8.self) == part.text)
          }
        }
      }
    }
  }

  @Test func whatBeginsImagesIsJudgedByOne() throws {
    let text = "global: {hub: old.example/project, tag: '1.2'}\nb: {registry: old.example}\n"
    let found = Self.found(Array(text.utf8), .structured).1.references
    #expect(found.map(\.representative) == ["old.example/project/pause", "old.example/pause"])
    #expect(found.map(\.tagBeside) == ["1.2", nil])
    #expect(found.map(\.notes) == [[UseNotes.prefixOfAll], [UseNotes.prefixOfAll]])
    let edits = try found[0].edits(to: "new.example/x")
    #expect(edits.map(\.new) == ["new.example/x"])
  }

  /// Some charts have the whole name there, and the tag beside it.
  @Test func aRegistryThatMayBeAnImage() {
    let text = "a: {registry: old.example/a/b, tag: v1}\nb: {registry: old.example/a}\n"
    let found = Self.found(Array(text.utf8), .structured).1.references
    #expect(found.map(\.text) == ["old.example/a/b", "old.example/a"])
    #expect(found.map(\.representative) == [nil, "old.example/a/pause"])
    #expect(found.map(\.isOpen) == [true, false])
    #expect(found.map(\.tagBeside) == ["v1", nil])
  }

  @Test func invalidBytesAreTextWithAGap() {
    let bytes = Array("image: old.example/a:1\nx: ".utf8) + [0xFF, 0xFE, 0x0A]
    let (found, result) = Self.found(bytes, .structured)
    #expect(found == ["1:8 text old.example/a:1"])
    #expect(result.problems == [SourceProblem(line: 2, why: "not UTF-8 text")])
  }

  @Test func aTokenWithoutEndCostsNothing() {
    let text = String(repeating: "a.b/c:", count: 200_000)
    #expect(Self.found(Array(text.utf8), .text(comments: .none)).0 == [])
  }

  @Test func mentionsInCommentsAreCounted() {
    let text = "# old.example/a:1\nimage: nginx # not counted old.example/b:2\n"
    #expect(Self.found(Array(text.utf8), .structured).1.mentions == 1)
  }
}

@Suite struct IgnoreCommentsTests {
  private func comments(_ text: String) -> IgnoreComments {
    IgnoreComments(Array(text.utf8), LineIndex(Array(text.utf8)))
  }

  @Test(arguments: [
    "image: a # gcr-report: ignore k8s-gcr-io it is known",
    "image: a // gcr-report: ignore k8s-gcr-io it is known",
    "image: a {{/* gcr-report: ignore k8s-gcr-io it is known */}}",
    "a <!-- gcr-report: ignore k8s-gcr-io it is known -->",
  ])
  func onTheLine(text: String) {
    #expect(
      comments(text).at(line: 1) == [IgnoreComment(rule: "k8s-gcr-io", reason: "it is known")])
  }

  @Test func aboveTheLine() {
    let found = comments("  # gcr-report: ignore a b\n# gcr-report: ignore c d\n\nx: 1\ny: 2\n")
    #expect(
      found.at(line: 4) == [
        IgnoreComment(rule: "a", reason: "b"), IgnoreComment(rule: "c", reason: "d"),
      ])
    #expect(found.at(line: 5) == [])
  }

  @Test(arguments: [
    "a # gcr-report: ignore", "a # gcr-report: ignore rule", "a # gcr-report: ignored by me x",
  ])
  func incomplete(text: String) {
    #expect(comments(text).at(line: 1) == [])
    #expect(comments(text).incomplete == [1])
  }

  @Test func noComment() {
    let found = comments("say gcr-report: ignore a b")
    #expect(found.at(line: 1) == [])
    #expect(found.incomplete == [])
  }
}

@Suite struct SourceKindTests {
  @Test(arguments: [
    ("a/b.yaml", SourceKind.structured), ("a.YML", .structured), ("x.json", .structured),
    ("Dockerfile", .dockerfile), ("Dockerfile.prod", .dockerfile), ("app.dockerfile", .dockerfile),
    ("Containerfile", .dockerfile), ("web/templates/a.yaml", .template),
    ("web/templates/x/NOTES.txt", .template), ("other/templates/a.yaml", .structured),
    ("_helpers.tpl", .template), ("a.tgz", .archive), ("a.tar.gz", .archive),
    ("README.md", .text(comments: .none)), ("main.tf", .text(comments: .both)),
    ("run", .text(comments: .hash)), ("main.go", .text(comments: .slashes)),
  ])
  func names(path: String, kind: SourceKind) {
    #expect(SourceKind.of(path) { $0 == "web" } == kind)
  }
}
