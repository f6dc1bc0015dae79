import Testing

@testable import Manifests

/// Only the bytes of references change.
@Suite struct RewriteTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var kind = SourceKind.structured
    let before: String
    let after: String
    var refused = 0
    var testDescription: String { name }
  }

  /// `old.example/x:1` becomes `new.example/k/x:1`; prefixes `new.example/k`.
  static func rewritten(
    _ bytes: [UInt8], _ kind: SourceKind
  ) -> (text: RewrittenText?, refused: Int) {
    let found = ReferenceSearch(ReferenceSearchTests.search).references(in: bytes, kind: kind)
    var edits: [ReferenceEdit] = []
    var refused = 0
    for reference in found.references where reference.text.hasPrefix("old.example") {
      do throws(RewriteObstacle) {
        edits += try reference.edits(
          to: "new.example/k" + reference.text.dropFirst("old.example".count))
      } catch {
        refused += 1
      }
    }
    return (RewrittenText(bytes, edits: edits), refused)
  }

  static let cases: [Case] = [
    Case(
      name: "quotes, comments, anchors, CR LF and no line end at the end",
      before: "\u{FEFF}# é\r\nimage:   'old.example/a:1'   # old.example/a:1\r\n"
        + "b: { image: &x \"old.example/b:2\" }\r\nc: {image: *x}\r\nd:\r\n"
        + "  - image: old.example/c@sha256:\(String(repeating: "a", count: 64))",
      after: "\u{FEFF}# é\r\nimage:   'new.example/k/a:1'   # old.example/a:1\r\n"
        + "b: { image: &x \"new.example/k/b:2\" }\r\nc: {image: *x}\r\nd:\r\n"
        + "  - image: new.example/k/c@sha256:\(String(repeating: "a", count: 64))"),
    Case(
      name: "split values change as a pair",
      before: "image:\n  registry: old.example\n  repository: \"a\"  # here\n  tag: 1.10\n",
      after: "image:\n  registry: new.example\n  repository: \"k/a\"  # here\n  tag: 1.10\n"),
    Case(
      name: "a repository with its registry",
      before: "image: {repository: old.example/a, tag: '2'}\n",
      after: "image: {repository: new.example/k/a, tag: '2'}\n"),
    Case(
      name: "a kustomization's newName changes, its name does not",
      before: "images:\n- name: a\n  newName: old.example/a\n  newTag: v1\n- name: old.example/b\n"
        + "  newTag: v2\n",
      after: "images:\n- name: a\n  newName: new.example/k/a\n  newTag: v1\n- name: old.example/b\n"
        + "  newTag: v2\n", refused: 1),
    Case(
      name: "an argument, and a block scalar",
      before: "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: a\n"
        + "    args:\n    - --image=old.example/a:1\n    - |\n      run old.example/b:2 now\n",
      after: "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: a\n"
        + "    args:\n    - --image=new.example/k/a:1\n    - |\n      run new.example/k/b:2 now\n"),
    Case(
      name: "the comment beside a block scalar's sign",
      before: "image: >- # old.example/a:1\n  old.example/a:1\n",
      after: "image: >- # old.example/a:1\n  new.example/k/a:1\n"),
    Case(
      name: "a path that several values may hold",
      before: "a: {image: {registry: old.example, repository: a, name: b, tag: '1'}}\n"
        + "c: {image: {registry: old.example, org: a, repository: b}}\n"
        + "d: {image: {registry: old.example, repository: a, tag: '1'}}\n",
      after: "a: {image: {registry: old.example, repository: a, name: b, tag: '1'}}\n"
        + "c: {image: {registry: old.example, org: a, repository: b}}\n"
        + "d: {image: {registry: new.example, repository: k/a, tag: '1'}}\n", refused: 3),
    Case(
      name: "names by which Argo CD lets kustomize find images",
      before: """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        spec: {source: {kustomize: {images: [old.example/a:1, 'b=old.example/b:2']}}}

        """,
      after: """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        spec: {source: {kustomize: {images: [old.example/a:1, 'b=new.example/k/b:2']}}}

        """, refused: 1),
    Case(
      name: "policies and mirrors, which would mean something else",
      before: """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        spec: {variables: [{name: x, expression: "'old.example' in hosts"}]}
        ---
        apiVersion: config.openshift.io/v1
        kind: ImageTagMirrorSet
        spec: {imageTagMirrors: [{source: old.example/a, mirrors: [new.example/a]}]}

        """,
      after: """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        spec: {variables: [{name: x, expression: "'old.example' in hosts"}]}
        ---
        apiVersion: config.openshift.io/v1
        kind: ImageTagMirrorSet
        spec: {imageTagMirrors: [{source: old.example/a, mirrors: [new.example/a]}]}

        """, refused: 2),
    Case(
      name: "escapes are left to a person",
      before: "image: \"old.example\\x2fa:1\"\n", after: "image: \"old.example\\x2fa:1\"\n",
      refused: 1),
    Case(
      name: "a template keeps its actions", kind: .template,
      before: "image: \"old.example/a:{{ .Values.tag }}\"\n",
      after: "image: \"new.example/k/a:{{ .Values.tag }}\"\n"),
    Case(
      name: "a Dockerfile", kind: .dockerfile,
      before: "FROM  old.example/a:1   AS x\r\nFROM x\r\n",
      after: "FROM  new.example/k/a:1   AS x\r\nFROM x\r\n"),
  ]

  @Test(arguments: cases) func onlyTheReference(_ test: Case) throws {
    let (text, refused) = Self.rewritten(Array(test.before.utf8), test.kind)
    #expect(String(decoding: try #require(text).new, as: UTF8.self) == test.after)
    #expect(refused == test.refused)
    // A second run changes nothing.
    let again = try #require(Self.rewritten(Array(test.after.utf8), test.kind).text)
    #expect(again.new == Array(test.after.utf8))
    #expect(again.diff(path: "x").isEmpty)
  }

  /// Forms of YAML in which nothing is to change, byte for byte.
  @Test(arguments: [
    "a: |\n  x\n\n\n", "a: >-\n  folded\n  text\n\n# end", "--- !!map\n? a\n: b\n...\n",
    "%YAML 1.1\n---\n- [a, {b: c}]\n", "'it''s': \"\\u00e9\\\n  x\"\n", "\t\n", "a: 1\r\nb: 2\r\n",
    "\u{FEFF}a: \u{1F600}\n", "- - - a\n- ? b\n", "&a a: *a\n", "a: b # c\n\n\n", "{}", "[",
    "k: !!binary |\n  aGVsbG8=\n", "a:\n  - b\n -c\n", "--- # x\n---\n---\n", "\"\\\n\"\n",
  ])
  func withoutReferencesEveryByteStays(text: String) throws {
    let bytes = Array(text.utf8)
    let result = try #require(Self.rewritten(bytes, .structured).text)
    #expect(result.new == bytes)
  }

  @Test func theDiff() throws {
    let lines = (1...12).map {
      $0 == 2 || $0 == 12 ? "i\($0)Image: old.example/\($0):1" : "x\($0): 1"
    }
    let bytes = Array(lines.joined(separator: "\n").utf8)
    let text = try #require(Self.rewritten(bytes, .structured).text)
    #expect(
      String(decoding: text.diff(path: "a b/c.yaml"), as: UTF8.self) == """
        --- a/a b/c.yaml\t
        +++ b/a b/c.yaml\t
        @@ -1,5 +1,5 @@
         x1: 1
        -i2Image: old.example/2:1
        +i2Image: new.example/k/2:1
         x3: 1
         x4: 1
         x5: 1
        @@ -9,4 +9,4 @@
         x9: 1
         x10: 1
         x11: 1
        -i12Image: old.example/12:1
        \\ No newline at end of file
        +i12Image: new.example/k/12:1
        \\ No newline at end of file

        """)
  }

  @Test func hostileEditsAreRefused() {
    let bytes = Array("abcdef".utf8)
    func edit(_ range: Range<Int>, _ old: String, _ new: String) -> ReferenceEdit {
      ReferenceEdit(range: range, old: old, new: new)
    }
    #expect(RewrittenText(bytes, edits: [edit(0..<2, "xx", "y")]) == nil)
    #expect(RewrittenText(bytes, edits: [edit(5..<9, "f", "y")]) == nil)
    #expect(RewrittenText(bytes, edits: [edit(0..<2, "ab", "y\nz")]) == nil)
    #expect(RewrittenText(bytes, edits: [edit(0..<2, "ab", "y"), edit(1..<3, "bc", "y")]) == nil)
  }

  @Test func generatedFiles() {
    #expect(GeneratedText.obstacle(Array("# Code generated by x. DO NOT EDIT.\na: b".utf8)) != nil)
    #expect(GeneratedText.obstacle(Array("a: 'do not edit'\n".utf8)) == nil)
  }
}
