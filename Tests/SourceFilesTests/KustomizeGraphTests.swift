import Manifests
import Testing

@testable import SourceFiles

/// What kustomizations make of the namespace and the name of an object, outermost last.
@Suite struct KustomizeGraphTests {
  private static func graph(_ texts: [(String, String)]) -> KustomizeGraph {
    KustomizeGraph(
      texts.compactMap { path, text in
        Kustomization(Array(text.utf8)).map { (path: path, content: $0) }
      })
  }

  /// `namespace prefix suffix file`
  private static func builds(_ file: String, _ texts: [(String, String)]) -> [String] {
    graph(texts).builds(of: file).map { build in
      "\(build.namespace ?? "-") \(build.namePrefix)|\(build.nameSuffix) \(build.file)"
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let texts: [(String, String)]
    var file = "base/web.yaml"
    let builds: [String]
  }

  private static let base = ("base/kustomization.yaml", "resources: [web.yaml]")

  static let cases: [Case] = [
    Case(testDescription: "none", texts: [], builds: []),
    Case(
      testDescription: "another file's", texts: [base], file: "base/other.yaml", builds: []),
    Case(
      testDescription: "one without a namespace", texts: [base],
      builds: ["- | base/kustomization.yaml"]),
    Case(
      testDescription: "its own",
      texts: [("base/kustomization.yml", "namespace: a\nresources: [./web.yaml]")],
      builds: ["a | base/kustomization.yml"]),
    Case(
      testDescription: "the outermost wins",
      texts: [
        ("base/kustomization.yaml", "namespace: a\nnamePrefix: b-\nresources: [web.yaml]"),
        ("mid/Kustomization", "namespace: m\nnameSuffix: -m\nbases: [../base]"),
        ("over/kustomization.yaml", "namespace: o\nnamePrefix: o-\nresources: [../mid]"),
      ], builds: ["o o-b-|-m over/kustomization.yaml"]),
    Case(
      testDescription: "the outermost that says one",
      texts: [
        ("base/kustomization.yaml", "namespace: a\nresources: [web.yaml]"),
        ("over/kustomization.yaml", "namePrefix: o-\nresources: [../base/]"),
      ], builds: ["a o-| base/kustomization.yaml"]),
    Case(
      testDescription: "two overlays",
      texts: [
        base, ("over/prod/kustomization.yaml", "namespace: prod\nresources: [../../base]"),
        ("over/test/kustomization.yaml", "namespace: test\nresources: [../../base]"),
      ],
      builds: [
        "prod | over/prod/kustomization.yaml", "test | over/test/kustomization.yaml",
      ]),
    Case(
      testDescription: "a patch, a file beside, and what is in the text itself",
      texts: [
        ("k/kustomization.yaml", "namespace: n\npatches: [{path: p.yaml}, {patch: 'x: 1'}]")
      ], file: "k/p.yaml", builds: ["n | k/kustomization.yaml"]),
    Case(
      testDescription: "itself", texts: [("k/kustomization.yaml", "namespace: n")],
      file: "k/kustomization.yaml", builds: ["n | k/kustomization.yaml"]),
    Case(
      testDescription: "in the folder that paths begin in",
      texts: [("kustomization.yaml", "namespace: n\nresources: [base]"), base],
      builds: ["n | kustomization.yaml"]),
    Case(
      testDescription: "absolute paths",
      texts: [
        ("/x/base/kustomization.yaml", "resources: [web.yaml]"),
        ("/x/kustomization.yaml", "namespace: n\nresources: [base]"),
      ], file: "/x/base/web.yaml", builds: ["n | /x/kustomization.yaml"]),
    Case(
      testDescription: "components come before the kustomization's own",
      texts: [
        base, ("c/kustomization.yaml", "kind: Component\nnamespace: c\nnamePrefix: c-"),
        ("d/kustomization.yaml", "kind: Component\nnamespace: d\nnamePrefix: d-"),
        (
          "over/kustomization.yaml",
          "namePrefix: o-\nresources: [../base]\ncomponents: [../c, ../d]"
        ),
      ], builds: ["d o-d-c-| d/kustomization.yaml"]),
    Case(
      testDescription: "a component's own resource, and the components after it",
      texts: [
        ("base/kustomization.yaml", "namespace: b\nnamePrefix: b-\nresources: [web.yaml]"),
        ("c/kustomization.yaml", "namePrefix: c-"),
        ("over/kustomization.yaml", "namespace: o\ncomponents: [../base, ../c]"),
      ], builds: ["o c-b-| over/kustomization.yaml"]),
    Case(
      testDescription: "Flux's object of this kind is none",
      texts: [
        (
          "base/kustomization.yaml",
          "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nnamespace: x\n"
            + "resources: [web.yaml]"
        )
      ], builds: []),
    Case(
      testDescription: "odd values",
      texts: [
        (
          "base/kustomization.yaml",
          "namespace: [a]\nnamePrefix: {}\nresources: [web.yaml, [x], {y: z}, null, '']"
        )
      ], builds: ["- | base/kustomization.yaml"]),
    Case(
      testDescription: "a circle",
      texts: [
        ("base/kustomization.yaml", "namespace: a\nresources: [web.yaml, ../b]"),
        ("b/kustomization.yaml", "namespace: b\nresources: [../base]"),
      ], builds: ["b | b/kustomization.yaml"]),
    Case(
      testDescription: "a circle of one",
      texts: [("base/kustomization.yaml", "namespace: a\nresources: [web.yaml, ../base, .]")],
      builds: ["a | base/kustomization.yaml"]),
  ]

  @Test(arguments: cases) func build(_ test: Case) {
    #expect(Self.builds(test.file, test.texts) == test.builds)
  }

  /// Two ways at each of many levels: 2^40 ways up.
  @Test func manyWays() {
    var texts = [("l0/a/kustomization.yaml", "namePrefix: x\nresources: [web.yaml]")]
    for level in 1...40 {
      for side in ["a", "b"] {
        texts.append(
          (
            "l\(level)/\(side)/kustomization.yaml",
            "namePrefix: \(side)\nresources: [../../l\(level - 1)/a, ../../l\(level - 1)/b]"
          ))
      }
    }
    #expect(Self.graph(texts).builds(of: "l0/a/web.yaml").count <= 1000)
  }
}
