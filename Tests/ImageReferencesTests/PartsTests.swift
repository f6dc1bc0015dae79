import Testing

@testable import ImageReferences

@Suite("Parts of a reference")
struct PartsTests {
  @Test(
    "only port 443 is dropped for matching",
    arguments: [
      ("k8s.gcr.io:443/pause:3.1", "k8s.gcr.io", "k8s.gcr.io"),
      ("K8S.gcr.io:443/pause:3.1", "k8s.gcr.io", "k8s.gcr.io"),
      ("k8s.gcr.io:8443/pause", "k8s.gcr.io", "k8s.gcr.io:8443"),
      ("k8s.gcr.io:1443/pause", "k8s.gcr.io", "k8s.gcr.io:1443"),
      ("k8s.gcr.io/pause", "k8s.gcr.io", "k8s.gcr.io"),
      ("[2001:db8::443]/a", "[2001:db8::443]", "[2001:db8::443]"),
      ("[2001:db8::1]:443/a", "[2001:db8::1]", "[2001:db8::1]"),
      ("[2001:db8::1]:5000/a", "[2001:db8::1]", "[2001:db8::1]:5000"),
    ])
  func hosts(_ text: String, _ host: String, _ matching: String) throws {
    let reference = try #require(ImageText.parse(text).reference)
    #expect(reference.registryHost == host)
    #expect(reference.matchingHost == matching)
  }

  @Test(
    "the implied tag is told from the written one",
    arguments: [
      ("k8s.gcr.io/pause", nil),
      ("k8s.gcr.io/pause:latest", "latest"),
      (" k8s.gcr.io/pause:latest\t", "latest"),
      ("k8s.gcr.io/latest", nil),
      ("k8s.gcr.io/pause:3", "3"),
      ("k8s.gcr.io/pause:latest@sha256:" + String(repeating: "1", count: 64), "latest"),
    ] as [(String, String?)])
  func writtenTag(_ text: String, _ tag: String?) throws {
    #expect(try #require(ImageText.parse(text).reference).writtenTag == tag)
  }

  @Test("white space around stays in the raw text", arguments: ["a ", " a", "\na"])
  func surroundingSpace(_ text: String) throws {
    #expect(try #require(ImageText.parse(text).reference).raw == text)
  }

  @Test("moves to another place with the tag and the digest that are given")
  func replacing() throws {
    let digest = "sha256:" + String(repeating: "1", count: 64)
    let cases = [
      ("k8s.gcr.io/pause", "registry.k8s.io/pause:latest"),
      ("k8s.gcr.io/pause:3.1", "registry.k8s.io/pause:3.1"),
      ("k8s.gcr.io/pause:3.1@\(digest)", "registry.k8s.io/pause:3.1@\(digest)"),
      ("k8s.gcr.io/pause@\(digest)", "registry.k8s.io/pause@\(digest)"),
    ]
    for (text, expected) in cases {
      let reference = try #require(ImageText.parse(text).reference)
      let moved = reference.replacing(
        registry: "registry.k8s.io", repository: "pause", tag: reference.writtenTag,
        digest: reference.digest)
      #expect(moved?.canonical == expected)
    }
    let reference = try #require(ImageText.parse("a:1").reference)
    #expect(
      reference.replacing(registry: "r.io", repository: "Not A Path", tag: "1", digest: nil) == nil)
    let untagged = reference.replacing(registry: "r.io", repository: "b", tag: nil, digest: nil)
    #expect(untagged?.canonical == "r.io/b:latest")
    // The text of the new reference writes no tag that was not given.
    #expect(untagged?.raw == "r.io/b")
  }

  @Test("the order is total: registry, repository, tag, digest, text")
  func order() {
    let texts = ["b.io/a:1", "a.io/b:1", "a.io/a:2", "a.io/a:1", "a.io/a:1 ", "a.io/a"]
    let sorted = texts.compactMap { ImageText.parse($0).reference }.sorted().map(\.raw)
    #expect(sorted == ["a.io/a:1", "a.io/a:1 ", "a.io/a:2", "a.io/a", "a.io/b:1", "b.io/a:1"])
  }
}
