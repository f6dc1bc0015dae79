import ImageReferences
import Testing

@testable import Remediation

@Suite struct MirrorTargetTests {
  @Test(arguments: [
    ("registry.corp.example", "registry.corp.example", ""),
    ("registry.corp.example/", "registry.corp.example", ""),
    ("localhost:5000/a/b", "localhost:5000", "a/b"),
    ("10.0.0.1:5000", "10.0.0.1:5000", ""),
    ("eu.docker.example/mirror-1", "eu.docker.example", "mirror-1"),
  ])
  func itIsAPlace(text: String, registry: String, prefix: String) throws {
    let target = try MirrorTarget(text)
    #expect(target.registry == registry)
    #expect(target.prefix == prefix)
  }

  @Test(arguments: [
    "", "/", "mirror", "library/mirror", "https://registry.corp.example", "registry.corp.example/A",
    "registry.corp.example/a:tag", "registry.corp.example//a", "registry.corp.example/a b",
    "registry.corp.example/a\n", "$(reboot).example/a", "registry.corp.example/a@sha256:00",
    " registry.corp.example", "registry.corp.example/'",
  ])
  func itIsNone(text: String) {
    #expect(throws: MirrorError.noTarget(text)) { try MirrorTarget(text) }
  }

  @Test(arguments: [
    ("k8s.gcr.io/pause:3.9", "m/k8s.gcr.io/pause"),
    ("nginx", "m/docker.io/library/nginx"),
    ("localhost:5000/a/b:1", "m/localhost_5000/a/b"),
    ("[2001:db8::1]:5000/a", nil),
  ])
  func eachImageHasOnePlace(image: String, repository: String?) throws {
    let target = try MirrorTarget("registry.corp.example/m")
    let reference = try #require(ImageText.parse(image).reference)
    #expect(target.repository(of: reference) == repository)
  }

  @Test func copiesAreKnown() throws {
    let target = try MirrorTarget("registry.corp.example/m")
    for (image, holds) in [
      ("registry.corp.example/m/k8s.gcr.io/pause:1", true),
      ("registry.corp.example/mirror/pause:1", false), ("k8s.gcr.io/m/pause:1", false),
    ] {
      let reference = try #require(ImageText.parse(image).reference)
      #expect(target.holds(reference) == holds, "\(image)")
    }
  }
}
