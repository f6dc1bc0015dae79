import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite("Causes of a failing pull") struct FailureCauseTests {
  private static let head =
    "rpc error: code = Unknown desc = failed to pull and unpack image \"gcr.io/a/b:1\":"
    + " failed to resolve reference \"gcr.io/a/b:1\": "

  /// Messages as runtimes write them.
  static let messages: [(String, FailureCause)] = [
    // containerd
    (
      "rpc error: code = NotFound desc = failed to pull and unpack image \"k8s.gcr.io/x:1\":"
        + " failed to resolve reference \"k8s.gcr.io/x:1\": k8s.gcr.io/x:1: not found", .notFound
    ),
    (
      "failed to pull and unpack image \"x:1\": failed to resolve image:"
        + " docker.io/library/x:1: not found", .notFound
    ),
    (
      head + "unexpected status from HEAD request to https://gcr.io/v2/a/b/manifests/1:"
        + " 403 Forbidden", .forbidden
    ),
    (
      head + "failed to authorize: failed to fetch oauth token: unexpected status from GET request"
        + " to https://gcr.io/v2/token?scope=repository%3Aa%2Fb%3Apull&service=gcr.io:"
        + " 403 Forbidden", .forbidden
    ),
    (
      head + "failed to authorize: failed to fetch anonymous token: unexpected status from GET"
        + " request to https://auth.docker.io/token?x=1: 401 Unauthorized", .unauthorized
    ),
    (
      head + "pull access denied, repository does not exist or may require authorization: server"
        + " message: insufficient_scope: authorization failed", .unauthorized
    ),
    (
      head + "unexpected status from HEAD request to https://gcr.io/v2/google_containers/pause/"
        + "manifests/3.2: 400 Bad Request", .notFound
    ),
    (
      head + "unexpected status code [manifests 3.2]: 404 Not Found", .notFound
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/a/b/manifests/1\": dial tcp: lookup"
        + " gcr.io on 10.0.0.10:53: no such host", .dns
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": dial tcp: lookup gcr.io:"
        + " i/o timeout", .dns
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": dial tcp 10.1.2.3:443: connect:"
        + " connection refused", .refused
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": dial tcp 10.1.2.3:443:"
        + " i/o timeout", .timeout
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": net/http: TLS handshake timeout",
      .timeout
    ),
    (
      head + "failed to do request: Get \"https://gcr.io/v2/\": context deadline exceeded"
        + " (Client.Timeout exceeded while awaiting headers)", .timeout
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": dial tcp 10.1.2.3:443: connect:"
        + " no route to host", .unavailable
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": tls: failed to verify"
        + " certificate: x509: certificate signed by unknown authority", .tls
    ),
    (
      head + "failed to do request: Head \"https://gcr.io/v2/\": remote error: tls: handshake"
        + " failure", .tls
    ),
    (
      head + "failed to do request: Head \"https://r/v2/\": http: server gave HTTP response to"
        + " HTTPS client", .tls
    ),
    (
      head + "unexpected status from HEAD request to https://registry-1.docker.io/v2/a/b:"
        + " 429 Too Many Requests", .rateLimited
    ),
    (
      "toomanyrequests: You have reached your unauthenticated pull rate limit.", .rateLimited
    ),
    (
      head + "unexpected status from HEAD request to https://r/v2/a: 503 Service Unavailable",
      .unavailable
    ),
    (
      "failed to get converter: media type"
        + " \"application/vnd.docker.distribution.manifest.v1+prettyjws\" is no longer supported"
        + " since containerd v2.1, please rebuild the image as"
        + " \"application/vnd.oci.image.manifest.v1+json\"", .schema1
    ),
    // CRI-O
    (
      "initializing source docker://k8s.gcr.io/x:1: reading manifest 1 in k8s.gcr.io/x:"
        + " manifest unknown", .notFound
    ),
    (
      "pinging container registry gcr.io: Get \"https://gcr.io/v2/\": dial tcp: lookup gcr.io"
        + " on 10.0.0.10:53: server misbehaving", .dns
    ),
    (
      "initializing source docker://gcr.io/a/b:1: Requesting bearer token: received unexpected"
        + " HTTP status: 403 Forbidden", .forbidden
    ),
    (
      "initializing source docker://gcr.io/a/b:1: Requesting bearer token: invalid status code"
        + " from registry 403 (Forbidden)", .forbidden
    ),
    (
      "reading manifest latest in quay.io/a/b: unauthorized: access to the requested resource is"
        + " not authorized", .unauthorized
    ),
    (
      "(Mirrors also failed: [mirror.corp/x:1: pinging container registry mirror.corp: Get"
        + " \"https://mirror.corp/v2/\": dial tcp 10.0.0.1:443: connect: connection refused]):"
        + " k8s.gcr.io/x:1: reading manifest 1 in k8s.gcr.io/x: manifest unknown", .notFound
    ),
    (
      "(Mirrors also failed: [mirror.corp/x:1: dial tcp 10.0.0.1:443: connect: connection"
        + " refused]): k8s.gcr.io/x:1: something new", .refused
    ),
    (
      "unsupported manifest media type and no default available:"
        + " application/vnd.docker.distribution.manifest.v1+prettyjws", .schema1
    ),
    ("short-name resolution enforced but cannot prompt without a TTY", .unclassified),
    ("registry gcr.io is blocked in /etc/containers/registries.conf", .unclassified),
    // Docker and cri-dockerd
    (
      "Error response from daemon: manifest for k8s.gcr.io/x:1 not found: manifest unknown:"
        + " Failed to fetch \"1\" from request", .notFound
    ),
    (
      "Error response from daemon: pull access denied for a/b, repository does not exist or may"
        + " require 'docker login': denied: requested access to the resource is denied",
      .unauthorized
    ),
    (
      "Error response from daemon: denied: Permission \"artifactregistry.repositories."
        + "downloadArtifacts\" denied on resource", .forbidden
    ),
    (
      "Error response from daemon: Get \"https://gcr.io/v2/\": no basic auth credentials",
      .unauthorized
    ),
    (
      "[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1"
        + " support is disabled by default", .schema1
    ),
    // The kubelet's own frame around the last error.
    (
      "Back-off pulling image \"gcr.io/a/b:1\": ErrImagePull: rpc error: code = NotFound desc ="
        + " gcr.io/a/b:1: not found", .notFound
    ),
    ("Back-off pulling image \"gcr.io/a/b:1\"", .unclassified),
    ("", .unclassified),
  ]

  @Test("of each shape", arguments: messages)
  func shapes(message: String, expected: FailureCause) {
    #expect(FailureCause(.make("ErrImagePull", message)) == expected)
  }

  /// Names that a person may choose, where runtimes repeat them.
  @Test(
    "an image's name is no cause",
    arguments: [
      "registry.corp/not-found:1", "registry.corp/tls:1", "registry.corp/x509:1",
      "registry.corp/schema1:v1", "registry.corp/toomanyrequests:1", "registry.corp/denied:1",
      "registry.corp/unauthorized:1", "registry.corp/certificate:1",
      "registry.corp/manifest_unknown:name_unknown",
    ])
  func names(image: String) {
    let notFound =
      "rpc error: code = NotFound desc = failed to pull and unpack image \"\(image)\":"
      + " failed to resolve reference \"\(image)\": \(image): not found"
    #expect(FailureCause(.make("ErrImagePull", notFound)) == .notFound)
    #expect(
      FailureCause(.make("ImagePullBackOff", "Back-off pulling image \"\(image)\""))
        == .unclassified)
    let url = image.replacing(":", with: "/manifests/").replacing("registry.corp/", with: "")
    #expect(
      FailureCause(
        .make(
          "ErrImagePull",
          "unexpected status from HEAD request to https://registry.corp/v2/\(url):"
            + " 500 Internal Server Error")) == .unavailable)
    #expect(
      FailureCause(
        .make("ErrImagePull", "initializing source docker://\(image): something new"))
        == .unclassified)
  }

  @Test(
    "hostile texts",
    arguments: [
      ("Failed to pull image \"reg.io/x: not found\"", FailureCause.unclassified),
      ("Failed to pull image \"reg.io/\\\": not found\"", .unclassified),
      ("Failed to pull image \"reg.io/x: connection refused", .unclassified),
      ("(Mirrors also failed: [", .unclassified),
      ("(mirrors also failed: [x]: manifest unknown", .notFound),
      (String(repeating: "\"", count: 100_001), .unclassified),
      (String(repeating: "a/b ", count: 50_000) + ": not found", .notFound),
      ("\u{0}\u{1B}[31m", .unclassified),
    ])
  func hostile(message: String, expected: FailureCause) {
    #expect(FailureCause(.make("ErrImagePull", message)) == expected)
  }

  @Test func registryUnavailableIsARefusal() {
    #expect(FailureCause(.make("RegistryUnavailable", "not found")) == .refused)
  }
}
