import CurlTransport

/// Why `server` could not be spoken to.
func words(for error: TransportError, server: String) -> String {
  switch error {
  case .connectionReset, .bodyTruncated, .bodyTooLarge, .badServerAnswer, .idleTimedOut, .timedOut:
    "server \"\(server)\": \(words(for: error))"
  default:
    "cannot reach server \"\(server)\": "
      + words(for: error, isPlain: server.hasPrefix("http://"))
  }
}

/// - Parameter isPlain: whether the server is asked in plain http: another variable names its proxy.
func words(for error: TransportError, isPlain: Bool = false) -> String {
  switch error {
  case .invalidURL: "its address is not an http or https URL"
  case .invalidHeader(let name): "header \"\(name)\" cannot be sent as it is"
  case .invalidMethod: "the request's method cannot be sent"
  case .invalidServerName(let name):
    "tls-server-name \"\(name)\" is neither a host name nor an address"
  case .invalidProxy: "the proxy is not an http, https or socks5 URL"
  case .couldNotResolve(let host):
    "no address is known for host \"\(host)\"; check the name, the network and VPN"
  case .couldNotResolveProxy(let host):
    "no address is known for the proxy \"\(host)\"; check it in \(proxySettings(isPlain))"
  case .connectionRefused(let host, let port):
    "\(host):\(port) refused the connection; is anything listening there?"
  case .unreachable(let host, let port):
    "there is no route to \(host):\(port); check the network and VPN"
  case .connectTimedOut(let host, let port):
    "\(host):\(port) did not answer in time; check the network, VPN and firewalls"
  case .idleTimedOut(let seconds): "nothing came for \(short(seconds))"
  case .timedOut(let seconds):
    "the request took longer than \(short(seconds)); see --request-timeout"
  case .connectionReset: "the connection was cut"
  case .bodyTruncated(let expected?, let received):
    "the answer broke off after \(received) of \(expected) bytes"
  case .bodyTruncated(nil, let received): "the answer broke off after \(received) bytes"
  case .bodyTooLarge(let limit): "the answer is larger than \(limit) bytes"
  case .badServerAnswer: "what it answers is not HTTP"
  case .tls(let failure): words(for: failure)
  case .clientCertificate(let problem): words(for: problem)
  case .proxyNotReached(let error): words(forProxy: error, isPlain)
  case .proxyRefused(let host, let port, let status):
    "the proxy \(host):\(port) refused the connection with status \(status); "
      + nextStep(afterProxyStatus: status, isPlain)
  case .socksRefused(let failure): words(for: failure)
  case .cancelled: "the connection was closed"
  case .other(let code, let text): "\(text) (libcurl \(code))"
  }
}

/// Where a proxy is named, for a cluster and for registries.
private func proxySettings(_ isPlain: Bool) -> String {
  "the kubeconfig's proxy-url or \(isPlain ? "HTTP_PROXY" : "HTTPS_PROXY")"
}

/// Why the proxy itself, and not what is behind it, could not be spoken to.
private func words(forProxy error: TransportError, _ isPlain: Bool) -> String {
  switch error {
  case .connectionRefused(let host, let port):
    "the proxy \(host):\(port) refused the connection; check that it runs, and its address in"
      + " \(proxySettings(isPlain))"
  case .unreachable(let host, let port):
    "there is no route to the proxy \(host):\(port); check the network and VPN, and its address in"
      + " \(proxySettings(isPlain))"
  case .connectTimedOut(let host, let port):
    "the proxy \(host):\(port) did not answer in time; check the network and VPN, and its address in"
      + " \(proxySettings(isPlain))"
  default: "the proxy: \(words(for: error))"
  }
}

/// RFC 9110, sections 9.3.6 and 15.5.8: 407 asks for credentials; 5xx is of the way behind the
/// proxy.
private func nextStep(afterProxyStatus status: Int, _ isPlain: Bool) -> String {
  switch status {
  case 407:
    "it wants a user name and password: put them into its address"
      + " (http://USER:PASSWORD@HOST:PORT) in \(proxySettings(isPlain))"
  case 500...: "it does not reach the server: check the server's address, and the proxy's network"
  default:
    "have it allow the server, or go without it: leave out proxy-url, or name the server in NO_PROXY"
  }
}

private func words(for failure: TLSFailure) -> String {
  switch failure {
  case .unknownAuthority:
    "its certificate is signed by an authority that is not trusted; expected one of the"
      + " certificate-authority of the kubeconfig's cluster"
  case .unknownToSystem:
    "its certificate is signed by an authority that this system does not trust, and the kubeconfig's"
      + " cluster names none; give its file with --certificate-authority"
  case .certificateExpired:
    "its certificate, or one above it, has expired; the server must renew it"
  case .certificateNotYetValid: "its certificate is not valid yet; check the clocks"
  case .certificateRevoked: "its certificate was revoked"
  case .nameMismatch(let expected):
    "its certificate is for other names than \"\(expected)\"; use one of its names, or"
      + " tls-server-name"
  case .certificateRejected(let code):
    "its certificate is not acceptable (X.509 verification error \(code))"
  case .handshake(let text): "no secure connection came about: \(text)"
  case .authorityFileInvalid:
    "the certificate-authority of the kubeconfig's cluster holds no certificate in PEM"
  case .clientCertificateRequired: "it insists on a client certificate, and the user has none"
  case .proxy(let failure): "the proxy: \(words(for: failure))"
  }
}

private func words(for problem: ClientCertificateProblem) -> String {
  switch problem {
  case .unreadableCertificate: "the client certificate is not a certificate in PEM"
  case .unreadableKey: "the client key is not a private key in PEM"
  case .encryptedKey: "the client key is encrypted; expected one without a passphrase"
  case .keyMismatch: "the client key does not belong to the client certificate"
  }
}

private func words(for failure: SocksFailure) -> String {
  switch failure {
  case .authentication: "the SOCKS proxy refused the user name and password"
  case .notAllowed: "the SOCKS proxy does not allow the connection"
  case .networkUnreachable: "the SOCKS proxy finds no route to the network"
  case .hostUnreachable: "the SOCKS proxy does not reach the host"
  case .connectionRefused: "the host refused the SOCKS proxy's connection"
  case .couldNotResolve: "the SOCKS proxy knows no address for the host"
  case .other(let code): "the SOCKS proxy failed (\(code))"
  }
}

/// `1 second`, `2.5 seconds`
private func short(_ seconds: Double) -> String {
  let number = Int(exactly: seconds).map { String($0) } ?? String(seconds)
  return number == "1" ? "1 second" : "\(number) seconds"
}
