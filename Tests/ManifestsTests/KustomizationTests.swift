import Testing

@testable import Manifests

/// Entries of `images`, added to the text of a kustomization.
@Suite struct KustomizationTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let before: String
    let after: String?
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "no images yet", before: "resources:\n- a.yaml\n",
      after: "resources:\n- a.yaml\nimages:\n- name: old.example/a\n  newName: new.example/a\n"),
    Case(
      name: "no line end at the end, CR LF", before: "# é\r\nresources: [a.yaml]\r\nnamePrefix: x",
      after: "# é\r\nresources: [a.yaml]\r\nnamePrefix: x\r\nimages:\r\n- name: old.example/a\r\n"
        + "  newName: new.example/a"),
    Case(
      name: "images without entries", before: "images: # none yet\nresources:\n- a.yaml\n",
      after: "images: # none yet\n- name: old.example/a\n  newName: new.example/a\nresources:\n"
        + "- a.yaml\n"),
    Case(
      name: "after the last entry, as it is indented",
      before: "images:\n  -  name: b\n     newTag: v1 # why\n\n  # the end\nresources: [a.yaml]\n",
      after: "images:\n  -  name: b\n     newTag: v1 # why\n  - name: old.example/a\n"
        + "    newName: new.example/a\n\n  # the end\nresources: [a.yaml]\n"),
    Case(
      name: "an entry with a tag alone",
      before: "images:\n- newTag: v1\n  name: 'old.example/a' # x\n- name: b\n  newTag: v2\n",
      after: "images:\n- newTag: v1\n  name: 'old.example/a' # x\n  newName: new.example/a\n"
        + "- name: b\n  newTag: v2\n"),
    Case(
      name: "an entry that is right",
      before: "images:\n- name: old.example/a\n  newName: new.example/a\n",
      after: "images:\n- name: old.example/a\n  newName: new.example/a\n"),
    Case(
      name: "an entry with another name",
      before: "images:\n- name: old.example/a\n  newName: other/a\n", after: nil),
    Case(name: "flow style", before: "images: [{name: b, newTag: v1}]\n", after: nil),
    Case(name: "a flow entry", before: "images:\n- {name: b, newTag: v1}\n", after: nil),
    Case(name: "an empty list", before: "images: []\n", after: nil),
    Case(name: "all in braces", before: "{resources: [a.yaml]}\n", after: nil),
    Case(name: "an alias", before: "a: &x\n- name: b\n  newTag: c\nimages: *x\n", after: nil),
    Case(name: "an end mark", before: "resources: [a.yaml]\n...\n", after: nil),
    Case(
      name: "a text without its end", before: "configMapGenerator:\n- literals:\n  - |\n    a=b",
      after: nil),
    Case(
      name: "a text at the end", before: "patches:\n- patch: |-\n    a: b\n",
      after: "patches:\n- patch: |-\n    a: b\nimages:\n- name: old.example/a\n"
        + "  newName: new.example/a\n"),
  ]

  @Test(arguments: cases) func anEntry(_ test: Case) throws {
    let bytes = Array(test.before.utf8)
    let text = try #require(Kustomization(bytes))
    let rename = Kustomization.Rename(name: "old.example/a", newName: "new.example/a")
    guard let after = test.after else {
      #expect(throws: RewriteObstacle.self) { try text.insertions(for: [rename]) }
      return
    }
    let new = try #require(
      RewrittenText(bytes, edits: [], insertions: try text.insertions(for: [rename]))
    ).new
    #expect(String(decoding: new, as: UTF8.self) == after)
    // A second run changes nothing.
    #expect(try #require(Kustomization(new)).insertions(for: [rename]).isEmpty)
  }

  @Test func whatItLists() throws {
    let text =
      "resources: [a.yaml, ../b]\npatches: [{path: p.yaml}, {patch: x}]\n"
      + "patchesStrategicMerge:\n- s.yaml\nbases: [../c]\ncomponents: [../d]\n"
    #expect(
      try #require(Kustomization(Array(text.utf8))).listed == [
        "a.yaml", "../b", "../c", "../d", "s.yaml", "p.yaml",
      ])
    #expect(Kustomization(Array("a: 1\n---\nb: 2\n".utf8)) == nil)
    #expect(Kustomization(Array("- a\n".utf8)) == nil)
  }

  @Test func theDiffOfInsertions() throws {
    let bytes = Array((1...9).map { "k\($0): v" }.joined(separator: "\n").utf8)
    let text = try #require(
      RewrittenText(
        bytes, edits: [],
        insertions: [
          LineInsertion(after: 0, lines: ["a: b"]),
          LineInsertion(after: bytes.count - 1, lines: ["c: d", "e: f"]),
        ]))
    #expect(
      String(decoding: text.diff(path: "k"), as: UTF8.self) == """
        --- a/k
        +++ b/k
        @@ -1,4 +1,5 @@
         k1: v
        +a: b
         k2: v
         k3: v
         k4: v
        @@ -6,4 +7,6 @@
         k6: v
         k7: v
         k8: v
        -k9: v
        \\ No newline at end of file
        +k9: v
        +c: d
        +e: f
        \\ No newline at end of file

        """)
    #expect(
      RewrittenText(
        bytes, edits: [], insertions: [LineInsertion(after: 0, lines: ["a\nb"])]) == nil)
    #expect(
      RewrittenText(bytes, edits: [], insertions: [LineInsertion(after: 999, lines: ["a"])]) == nil)
  }
}
