import Testing

@testable import ImageReferences

/// A digest of the right shape and length.
private let sha256 = "sha256:" + String(repeating: "0a", count: 32)

struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let text: String
  let registry: String
  let repository: String
  let tag: String?
  let digest: String?

  init(
    _ text: String, _ registry: String, _ repository: String, _ tag: String?,
    _ digest: String? = nil
  ) {
    self.text = text
    self.registry = registry
    self.repository = repository
    self.tag = tag
    self.digest = digest
  }

  var testDescription: String { text }
}

struct InvalidCase: Sendable, CustomTestStringConvertible {
  let text: String
  let reason: String

  init(_ text: String, _ reason: String) {
    self.text = text
    self.reason = reason
  }

  var testDescription: String { text.count < 80 ? text : "\(text.prefix(60))… (\(text.count))" }
}

@Suite("The grammar of distribution/reference")
struct GrammarTests {
  @Test(
    "is normalised as ParseNormalizedNamed does",
    arguments: [
      // No slash: all of it is a Hub name.
      ReferenceCase("nginx", "docker.io", "library/nginx", "latest"),
      ReferenceCase("nginx:1.25.3", "docker.io", "library/nginx", "1.25.3"),
      ReferenceCase("localhost", "docker.io", "library/localhost", "latest"),
      ReferenceCase("example.com", "docker.io", "library/example.com", "latest"),
      ReferenceCase("k8s.gcr.io", "docker.io", "library/k8s.gcr.io", "latest"),
      ReferenceCase("k8s.gcr.io:v1", "docker.io", "library/k8s.gcr.io", "v1"),
      ReferenceCase("replace_me", "docker.io", "library/replace_me", "latest"),
      // The first part is a domain or a Hub namespace.
      ReferenceCase("a/b:5000", "docker.io", "a/b", "5000"),
      ReferenceCase("acme/k8s.gcr.io/pause", "docker.io", "acme/k8s.gcr.io/pause", "latest"),
      ReferenceCase("localhost/a", "localhost", "a", "latest"),
      ReferenceCase("localhost:5000/a", "localhost:5000", "a", "latest"),
      ReferenceCase("LOCALHOST/a", "localhost", "a", "latest"),
      ReferenceCase("HOST/a", "HOST", "a", "latest"),
      ReferenceCase("host:5000/a:1", "host:5000", "a", "1"),
      ReferenceCase("k8s.gcr.io/pause:3.2", "k8s.gcr.io", "pause", "3.2"),
      ReferenceCase("k8s.gcr.io:443/pause:3.2", "k8s.gcr.io:443", "pause", "3.2"),
      ReferenceCase("K8S.GCR.IO/pause", "k8s.gcr.io", "pause", "latest"),
      ReferenceCase("k8sXgcr.io/pause:3.5", "k8sxgcr.io", "pause", "3.5"),
      ReferenceCase("mirror.corp/k8s.gcr.io/pause", "mirror.corp", "k8s.gcr.io/pause", "latest"),
      ReferenceCase("k8s.gcr.io.evil.com/x", "k8s.gcr.io.evil.com", "x", "latest"),
      ReferenceCase("xk8s.gcr.io/pause:1", "xk8s.gcr.io", "pause", "1"),
      ReferenceCase("gcr.io/google_containers", "gcr.io", "google_containers", "latest"),
      ReferenceCase("10.20.0.5:5000/infra/agent:7", "10.20.0.5:5000", "infra/agent", "7"),
      ReferenceCase("[2001:db8::1]:5000/a", "[2001:db8::1]:5000", "a", "latest"),
      ReferenceCase("[2001:DB8::1]/a/b:1", "[2001:db8::1]", "a/b", "1"),
      ReferenceCase("a-b.c--d.io/x", "a-b.c--d.io", "x", "latest"),
      // No domain by its grammar, yet a path by its own: runtimes take the first part as host.
      ReferenceCase("my_host.lan/app:1", "my_host.lan", "app", "1"),
      // Docker Hub's other spellings.
      ReferenceCase("docker.io/ubuntu", "docker.io", "library/ubuntu", "latest"),
      ReferenceCase("docker.io/library/ubuntu", "docker.io", "library/ubuntu", "latest"),
      ReferenceCase("index.docker.io/library/haproxy:2.8", "docker.io", "library/haproxy", "2.8"),
      ReferenceCase("index.docker.io/haproxy", "docker.io", "library/haproxy", "latest"),
      ReferenceCase("Docker.IO/ubuntu", "docker.io", "library/ubuntu", "latest"),
      ReferenceCase("registry-1.docker.io/a", "registry-1.docker.io", "a", "latest"),
      // Separators inside components.
      ReferenceCase("r.io/a.b_c__d-e---f", "r.io", "a.b_c__d-e---f", "latest"),
      // Tag and digest.
      ReferenceCase("x@\(sha256)", "docker.io", "library/x", nil, sha256),
      ReferenceCase("x:t@\(sha256)", "docker.io", "library/x", "t", sha256),
      ReferenceCase("r.io/x:latest@\(sha256)", "r.io", "x", "latest", sha256),
      ReferenceCase("r.io/x:_A.b-1", "r.io", "x", "_A.b-1"),
      ReferenceCase(
        "registry.corp:5000/tools:k8s.gcr.io", "registry.corp:5000", "tools", "k8s.gcr.io"),
      // White space around is left out of the parts.
      ReferenceCase(" k8s.gcr.io/pause:3.5 ", "k8s.gcr.io", "pause", "3.5"),
      ReferenceCase("k8s.gcr.io/pause:3.5\n", "k8s.gcr.io", "pause", "3.5"),
    ])
  func normalises(_ example: ReferenceCase) throws {
    let reference = try #require(ImageText.parse(example.text).reference)
    #expect(
      reference
        == ImageReference(
          raw: example.text, registry: example.registry, repository: example.repository,
          tag: example.tag, digest: example.digest))
    // The canonical text is a fixed point.
    let again = try #require(ImageText.parse(reference.canonical).reference)
    #expect(again.canonical == reference.canonical)
    #expect(again.name == reference.name)
  }

  @Test(
    "refuses what Parse refuses, and says why",
    arguments: [
      InvalidCase("", "the image is empty"),
      InvalidCase(" \t\n", "the image is blank"),
      InvalidCase("https://k8s.gcr.io/pause:3.5", urlReason("https")),
      InvalidCase("oci://r.io/chart:1", urlReason("oci")),
      InvalidCase("docker/Docker", "the repository name must be lowercase"),
      InvalidCase("docker.io/docker/Docker", "the repository name must be lowercase"),
      InvalidCase("Nginx", "the repository name must be lowercase"),
      InvalidCase(
        String(repeating: "0123456789abcdef", count: 4),
        "64 hexadecimal digits are an image id, not a repository name"),
      InvalidCase("k8s.gcr.io/", "the repository name is empty"),
      InvalidCase(":1", "the repository name is empty"),
      InvalidCase("@\(sha256)", "the repository name is empty"),
      InvalidCase(
        "docker.io/docker///docker",
        "the repository name has an empty component between \"/\""),
      InvalidCase("a/", "the repository name has an empty component between \"/\""),
      InvalidCase("/a", "the repository name has an empty component between \"/\""),
      InvalidCase("-docker", separatorReason),
      InvalidCase("-docker/docker", separatorReason),
      InvalidCase(
        "-docker.io/docker/docker", "the registry host before the first \"/\" is malformed"),
      InvalidCase("a..b", separatorReason),
      InvalidCase("a___b", separatorReason),
      InvalidCase("a-_b", separatorReason),
      InvalidCase("a.", separatorReason),
      InvalidCase("r.io/a b", "the repository name holds a character that is not allowed"),
      InvalidCase("r.io/é", "the repository name holds a character that is not allowed"),
      InvalidCase("r.io/a\u{0}", "the repository name holds a character that is not allowed"),
      InvalidCase("host:/a", "the registry host before the first \"/\" is malformed"),
      InvalidCase("host:x/a", "the registry host before the first \"/\" is malformed"),
      InvalidCase("host:1/Path", "the repository name must be lowercase"),
      InvalidCase("[::1/a", "the registry host before the first \"/\" is malformed"),
      InvalidCase("[fe80::1%eth0]:5000/a", "the registry host before the first \"/\" is malformed"),
      InvalidCase("[]:5000/a", "the registry host before the first \"/\" is malformed"),
      InvalidCase("a.-b.io/x", "the registry host before the first \"/\" is malformed"),
      InvalidCase("k8s.gcr.io/pause:", "the tag after \":\" is empty"),
      InvalidCase("k8s.gcr.io/pause:@\(sha256)", "the tag after \":\" is empty"),
      InvalidCase("r.io/a:.b", "the tag holds a character that is not allowed"),
      InvalidCase("r.io/a:b:c", "the tag holds a character that is not allowed"),
      InvalidCase("r.io/a:1/b", "the tag holds a character that is not allowed"),
      InvalidCase(
        "r.io/a:" + String(repeating: "t", count: 129),
        "the tag has 129 characters, more than the 128 allowed"),
      InvalidCase("r.io/a@", digestReason),
      InvalidCase("r.io/a@latest", digestReason),
      InvalidCase("r.io/a@:00", digestReason),
      InvalidCase(
        "r.io/a@md5:" + String(repeating: "0", count: 32),
        "the digest's algorithm is unknown: expected sha256, sha384 or sha512"),
      InvalidCase(
        "r.io/a@SHA256:" + String(repeating: "0", count: 64),
        "the digest's algorithm is unknown: expected sha256, sha384 or sha512"),
      InvalidCase(
        "r.io/a@sha256:" + String(repeating: "0", count: 63),
        "the digest's length is wrong: sha256 has 64 hex digits"),
      InvalidCase(
        "r.io/a@sha512:" + String(repeating: "0", count: 64),
        "the digest's length is wrong: sha512 has 128 hex digits"),
      InvalidCase(
        "r.io/a@sha256:" + String(repeating: "A", count: 64),
        "the digest holds something other than lower-case hex digits"),
      InvalidCase(
        "r.io/a@\(sha256)@\(sha256)", "the digest's length is wrong: sha256 has 64 hex digits"),
      InvalidCase(
        "r.io/" + String(repeating: "a", count: 256),
        "the repository name has 256 characters, more than the 255 allowed"),
      InvalidCase(
        String(repeating: "a", count: 248),
        "the repository name has 256 characters, more than the 255 allowed"),
    ])
  func refuses(_ example: InvalidCase) {
    #expect(ImageText.parse(example.text) == .invalid(raw: example.text, reason: example.reason))
  }

  @Test("accepts lengths up to their limits")
  func limits() throws {
    let long = String(repeating: "a", count: 255)
    let tag = String(repeating: "t", count: 128)
    let reference = try #require(ImageText.parse("r.io/\(long):\(tag)").reference)
    #expect(reference.repository == long)
    #expect(reference.tag == tag)
    #expect(ImageText.parse(String(repeating: "a", count: 247)).reference != nil)
    for (algorithm, digits) in [("sha256", 64), ("sha384", 96), ("sha512", 128)] {
      let digest = "\(algorithm):" + String(repeating: "f", count: digits)
      #expect(ImageText.parse("r.io/a@\(digest)").reference?.digest == digest)
    }
  }

  @Test(
    "placeholders are never references",
    arguments: [
      ("auto", "\"auto\" is filled in by Istio's sidecar injector"),
      (
        "{{ .Values.image.repository }}:{{ .Values.image.tag }}",
        "an unrendered template expression ({{ … }})"
      ),
      ("registry/{{app}}", "an unrendered template expression ({{ … }})"),
      ("app }}", "an unrendered template expression ({{ … }})"),
      ("${REGISTRY}/app:${TAG}", "an unexpanded variable (${…})"),
      ("r.io/app:$(TAG)", "an unexpanded variable ($(…))"),
      ("<your-registry>/app:1", "a placeholder in angle brackets (<…>)"),
      ("%REGISTRY%/app", "a placeholder in percent signs (%…%)"),
    ])
  func placeholders(_ text: String, _ reason: String) {
    #expect(ImageText.parse(text) == .placeholder(raw: text, reason: reason))
  }

  @Test(
    "near-placeholders are read by the grammar",
    arguments: ["auto:1", "auto/x", "r.io/auto", "AUTO", "${", "$()", "a$b", "<>", "%%", "a>b<c"])
  func nearPlaceholders(_ text: String) {
    if case .placeholder = ImageText.parse(text) { Issue.record("\(text) is a placeholder") }
  }
}

private let separatorReason =
  "the repository name has a misplaced separator: single \".\", \"_\", \"__\" or dashes stand"
  + " between letters or digits"

private let digestReason =
  "the digest after \"@\" is malformed: expected \"sha256:\" and 64 hex digits"

private func urlReason(_ scheme: String) -> String {
  "a URL, not an image reference: leave \"\(scheme)://\" out"
}
