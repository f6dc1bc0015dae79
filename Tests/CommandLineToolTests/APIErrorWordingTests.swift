import CurlTransport
import KubernetesAPI
import Scanning
import Testing

@testable import CommandLineTool

/// The exact words of everything that can go wrong between us and an API server.
@Suite("Words for API errors") struct APIErrorWordingTests {
  private static let server = "https://10.0.0.1:6443"
  private static let refused = "server \"\(server)\" refused the credentials (401): "
  private static let unreachable = "cannot reach server \"\(server)\": "

  static let answersCases: [(APIError, String)] = [
    (
      .forbidden(server: server, message: "pods is forbidden", isAnonymous: true),
      "server \"\(server)\" took us for \"system:anonymous\" (403): no credentials were sent, or"
        + " it does not take this kind; check the user of the kubeconfig context"
    ),
    (
      .forbidden(server: server, message: "pods is forbidden", isAnonymous: false),
      "server \"\(server)\" forbids it (403): pods is forbidden; ask for a role that may list"
        + " (\"kubectl gcr-report access\" prints it), or name a namespace that you may read with -n"
    ),
    (.notFound(path: "/api/v2"), "the server does not know \"/api/v2\" (404)"),
    (.expired(continueToken: "secret"), "the server's snapshot of the list expired (410)"),
    (
      .status(code: 500, reason: "InternalError", message: "etcd", retryAfter: nil),
      "the server answered 500: InternalError: etcd"
    ),
    (
      .status(code: 429, reason: "", message: "slow down", retryAfter: 3),
      "the server answered 429: slow down"
    ),
    (.status(code: 502, reason: "", message: "", retryAfter: nil), "the server answered 502"),
    (
      .notKubernetes(
        server: server, code: 200, contentType: "text/html", beginning: "<html> Log in"),
      "\"\(server)\" does not answer as a Kubernetes API server: status 200, \"text/html\","
        + " beginning with \"<html> Log in\"; expected JSON; check the server's address, and"
        + " proxies before it"
    ),
    (
      .notKubernetes(server: server, code: 204, contentType: "", beginning: ""),
      "\"\(server)\" does not answer as a Kubernetes API server: status 204, no content type;"
        + " expected JSON; check the server's address, and proxies before it"
    ),
    (
      .redirected(server: server, location: "https://login.corp/"),
      "\"\(server)\" redirects to \"https://login.corp/\"; credentials are never sent to another"
        + " place; put the right address into the kubeconfig"
    ),
    (
      .malformed(path: "/api/v1/pods", .incomplete(atByte: 7)),
      "the answer to \"/api/v1/pods\" cannot be read: the answer ends after byte 7, before its end"
    ),
    (
      .unreadableAnswer(path: "/version", problem: "expected ServerVersion as JSON"),
      "the answer to \"/version\" cannot be read: expected ServerVersion as JSON"
    ),
  ]

  @Test("answers", arguments: answersCases)
  func answers(error: APIError, text: String) {
    #expect(describe(error as any Error) == text)
  }

  static let refusalsCases: [(CredentialRefusal, String)] = [
    (
      .certificateExpired(subject: "ann", notAfter: 1_795_248_549),
      "the client certificate of \"ann\" expired at 2026-11-21T08:09:09Z; renew it"
    ),
    (
      .certificateExpired(subject: nil, notAfter: 0),
      "the client certificate expired at 1970-01-01T00:00:00Z; renew it"
    ),
    (
      .certificateNotYetValid(subject: "ann", notBefore: 1_795_248_549),
      "the client certificate of \"ann\" is not valid before 2026-11-21T08:09:09Z; check the clock"
    ),
    (
      .certificateNotAccepted(subject: nil),
      "it does not accept the client certificate; it is probably signed by another authority than"
        + " this cluster's"
    ),
    (.token, "the token is not valid, or no longer; log in again"),
    (.password, "the user name or the password is wrong, or it takes no passwords"),
    (
      .none,
      "none were sent; the kubeconfig's user has no token, certificate or plugin"
    ),
  ]

  @Test("refused credentials", arguments: refusalsCases)
  func refusals(refusal: CredentialRefusal, text: String) {
    let error = APIError.unauthorized(server: Self.server, user: nil, detail: refusal)
    #expect(describe(error as any Error) == Self.refused + text)
  }

  static let transportCases: [(TransportError, String)] = [
    (.invalidURL, "its address is not an http or https URL"),
    (.invalidHeader(name: "X"), "header \"X\" cannot be sent as it is"),
    (.invalidMethod, "the request's method cannot be sent"),
    (
      .invalidServerName("a b"),
      "tls-server-name \"a b\" is neither a host name nor an address"
    ),
    (.invalidProxy, "the proxy is not an http, https or socks5 URL"),
    (
      .couldNotResolve(host: "h"),
      "no address is known for host \"h\"; check the name, the network and VPN"
    ),
    (
      .couldNotResolveProxy(host: "p"),
      "no address is known for the proxy \"p\"; check it in the kubeconfig's proxy-url or HTTPS_PROXY"
    ),
    (
      .proxyNotReached(.connectionRefused(host: "p", port: 3128)),
      "the proxy p:3128 refused the connection; check that it runs, and its address in the"
        + " kubeconfig's proxy-url or HTTPS_PROXY"
    ),
    (
      .proxyNotReached(.unreachable(host: "p", port: 3128)),
      "there is no route to the proxy p:3128; check the network and VPN, and its address in the"
        + " kubeconfig's proxy-url or HTTPS_PROXY"
    ),
    (
      .proxyNotReached(.connectTimedOut(host: "p", port: 3128)),
      "the proxy p:3128 did not answer in time; check the network and VPN, and its address in the"
        + " kubeconfig's proxy-url or HTTPS_PROXY"
    ),
    (
      .connectionRefused(host: "h", port: 6443),
      "h:6443 refused the connection; is anything listening there?"
    ),
    (
      .unreachable(host: "h", port: 6443),
      "there is no route to h:6443; check the network and VPN"
    ),
    (
      .connectTimedOut(host: "h", port: 6443),
      "h:6443 did not answer in time; check the network, VPN and firewalls"
    ),
    (.idleTimedOut(seconds: 30), "nothing came for 30 seconds"),
    (
      .timedOut(seconds: 2.5),
      "the request took longer than 2.5 seconds; see --request-timeout"
    ),
    (
      .timedOut(seconds: .infinity),
      "the request took longer than inf seconds; see --request-timeout"
    ),
    (.connectionReset, "the connection was cut"),
    (
      .bodyTruncated(expected: 10, received: 4), "the answer broke off after 4 of 10 bytes"
    ),
    (.bodyTruncated(expected: nil, received: 4), "the answer broke off after 4 bytes"),
    (.bodyTooLarge(limit: 9), "the answer is larger than 9 bytes"),
    (.badServerAnswer, "what it answers is not HTTP"),
    (
      .proxyRefused(host: "p", port: 3128, status: 407),
      "the proxy p:3128 refused the connection with status 407; it wants a user name and password:"
        + " put them into its address (http://USER:PASSWORD@HOST:PORT) in the kubeconfig's proxy-url"
        + " or HTTPS_PROXY"
    ),
    (
      .proxyRefused(host: "p", port: 3128, status: 403),
      "the proxy p:3128 refused the connection with status 403; have it allow the server, or go"
        + " without it: leave out proxy-url, or name the server in NO_PROXY"
    ),
    (
      .proxyRefused(host: "p", port: 3128, status: 502),
      "the proxy p:3128 refused the connection with status 502; it does not reach the server: check"
        + " the server's address, and the proxy's network"
    ),
    (.cancelled, "the connection was closed"),
    (.other(code: 55, text: "Failed sending data"), "Failed sending data (libcurl 55)"),
    (
      .tls(.unknownAuthority),
      "its certificate is signed by an authority that is not trusted; expected one of the"
        + " certificate-authority of the kubeconfig's cluster"
    ),
    (
      .tls(.certificateExpired),
      "its certificate, or one above it, has expired; the server must renew it"
    ),
    (.tls(.certificateNotYetValid), "its certificate is not valid yet; check the clocks"),
    (.tls(.certificateRevoked), "its certificate was revoked"),
    (
      .tls(.nameMismatch(expected: "h")),
      "its certificate is for other names than \"h\"; use one of its names, or tls-server-name"
    ),
    (
      .tls(.certificateRejected(code: 66)),
      "its certificate is not acceptable (X.509 verification error 66)"
    ),
    (.tls(.handshake("no TLS")), "no secure connection came about: no TLS"),
    (
      .tls(.authorityFileInvalid),
      "the certificate-authority of the kubeconfig's cluster holds no certificate in PEM"
    ),
    (
      .tls(.clientCertificateRequired),
      "it insists on a client certificate, and the user has none"
    ),
    (.tls(.proxy(.certificateRevoked)), "the proxy: its certificate was revoked"),
    (
      .clientCertificate(.unreadableCertificate),
      "the client certificate is not a certificate in PEM"
    ),
    (.clientCertificate(.unreadableKey), "the client key is not a private key in PEM"),
    (
      .clientCertificate(.encryptedKey),
      "the client key is encrypted; expected one without a passphrase"
    ),
    (
      .clientCertificate(.keyMismatch),
      "the client key does not belong to the client certificate"
    ),
    (
      .socksRefused(.authentication), "the SOCKS proxy refused the user name and password"
    ),
    (.socksRefused(.notAllowed), "the SOCKS proxy does not allow the connection"),
    (.socksRefused(.networkUnreachable), "the SOCKS proxy finds no route to the network"),
    (.socksRefused(.hostUnreachable), "the SOCKS proxy does not reach the host"),
    (.socksRefused(.connectionRefused), "the host refused the SOCKS proxy's connection"),
    (.socksRefused(.couldNotResolve), "the SOCKS proxy knows no address for the host"),
    (.socksRefused(.other(code: 3)), "the SOCKS proxy failed (3)"),
  ]

  @Test("transport", arguments: transportCases)
  func transport(error: TransportError, text: String) {
    let wrapped = APIError.transport(server: Self.server, error)
    #expect(describe(wrapped as any Error) == Self.start(error) + text)
  }

  /// What broke off in the middle was reached before.
  private static func start(_ error: TransportError) -> String {
    switch error {
    case .connectionReset, .bodyTruncated, .bodyTooLarge, .badServerAnswer, .idleTimedOut,
      .timedOut:
      "server \"\(server)\": "
    default: unreachable
    }
  }

  static let scansCases: [(ScanError, String)] = [
    (
      .noKindServed,
      "the server serves none of the kinds that hold images; is it a Kubernetes API server?"
    ),
    (
      .noKindLeft,
      "\"--kinds\" and \"--exclude-kinds\" leave nothing that holds images and may be read;"
        + " ConfigMaps need --configmaps, Helm releases --helm"
    ),
    (
      .noSuchNamespace(["typo"]),
      "the cluster has no namespace \"typo\"; see \"kubectl get namespaces\""
    ),
    (
      .patternsNeedList(["team-*"]),
      "which namespaces match \"team-*\" is unknown, for this user may not list namespaces; name"
        + " them one by one with -n"
    ),
    (
      .everyNamespaceExcluded(["a*"]),
      "\"--exclude-namespaces\" \"a*\" leaves no namespace of those that -n names"
    ),
    (
      .noSuchNamespace(["a", "b"]),
      "the cluster has no namespace \"a\" or \"b\"; see \"kubectl get namespaces\""
    ),
  ]

  @Test("scans", arguments: scansCases)
  func scans(error: ScanError, text: String) {
    #expect(describe(error) == text)
  }
}
