import CCurl

extension CurlHandle {
  /// Sets everything but the callbacks and the header list.
  func configure(
    _ request: HTTPRequest, to address: ServerAddress, as identity: ConnectionIdentity,
    systemTrust: SystemTrust
  ) throws(TransportError) {
    try check(ccurl_set_http_only(easy))
    try set(CURLOPT_HTTP_VERSION, ccurl_http_1_1)
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_BUFFERSIZE, 64 * 1024)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // 0 would be libcurl's default of five minutes.
    let connect = max(1, min(request.timeouts.connect / .milliseconds(1), 1e9))
    try set(CURLOPT_CONNECTTIMEOUT_MS, Int(connect))
    if request.wantsCertificate { try set(CURLOPT_CERTINFO, 1) }
    if request.acceptGzip { try set(CURLOPT_ACCEPT_ENCODING, "gzip") }
    try setURL(address, serverName: identity.tlsServerName)
    try setMethod(request)
    try setProxy(identity.proxy)
    try setTrust(identity.trust, systemTrust)
    if identity.proxyAddress?.scheme == "https" {
      try setProxyTrust(identity.trust, systemTrust)
    }
    if let certificate = identity.clientCertificate { try setClientCertificate(certificate) }
  }

  /// With a server name of its own the URL bears that name, which libcurl then announces and
  /// verifies, and the connection goes to the real host.
  private func setURL(
    _ address: ServerAddress, serverName: String?
  ) throws(TransportError) {
    guard let serverName, address.scheme == "https" else {
      return try set(CURLOPT_URL, address.text(host: address.bracketedHost))
    }
    let name = ServerAddress.bracketed(serverName)
    try set(CURLOPT_URL, address.text(host: name))
    let list = curl_slist_append(
      nil, "\(name):\(address.port):\(address.bracketedHost):\(address.port)")
    connectTo = list
    try check(ccurl_set_list(easy, CURLOPT_CONNECT_TO, list))
  }

  private func setMethod(_ request: HTTPRequest) throws(TransportError) {
    if request.method == "HEAD" { return try set(CURLOPT_NOBODY, 1) }
    if let body = request.body {
      try check(
        body.withUnsafeBytes { bytes in
          // libcurl takes a null pointer for "read the body by callback".
          ccurl_set_copied_body(easy, bytes.baseAddress ?? UnsafeRawPointer(easy), bytes.count)
        })
    } else {
      try set(CURLOPT_HTTPGET, 1)
    }
    try set(CURLOPT_CUSTOMREQUEST, request.method)
  }

  /// Always set, and `NOPROXY` too: libcurl would read the environment by rules of its own.
  private func setProxy(_ proxy: Proxy) throws(TransportError) {
    try set(CURLOPT_NOPROXY, "")
    switch proxy {
    case .none:
      try set(CURLOPT_PROXY, "")
    case .url(let text):
      guard let address = ServerAddress(text) else { throw .invalidProxy }
      // In Go a socks5 proxy resolves the server's name itself; in libcurl that is socks5h.
      let scheme = address.scheme == "socks5" ? "socks5h" : address.scheme
      let user = address.userInfo.map { "\($0)@" } ?? ""
      try set(CURLOPT_PROXY, "\(scheme)://\(user)\(address.bracketedHost):\(address.port)")
    }
  }

  private func setTrust(
    _ trust: ConnectionIdentity.Trust, _ system: SystemTrust
  ) throws(TransportError) {
    // As Go's crypto/tls; older versions are refused by API servers too.
    try set(CURLOPT_SSLVERSION, ccurl_tls_1_2)
    if let file = system.file { try set(CURLOPT_CAINFO, file) }
    if let directories = system.directories { try set(CURLOPT_CAPATH, directories) }
    switch trust {
    case .system:
      break
    case .authorities(let pem):
      // The blob replaces the file but not the directory: a system authority hashed into it
      // would be accepted for this server as well.
      try set(CURLOPT_CAPATH, nil)
      try set(CURLOPT_CAINFO_BLOB, pem)
    case .unverified:
      try set(CURLOPT_SSL_VERIFYPEER, 0)
      try set(CURLOPT_SSL_VERIFYHOST, 0)
    }
  }

  /// client-go shows an https proxy the trust of the server behind it; the system's authorities
  /// may certify a proxy as well.
  private func setProxyTrust(
    _ trust: ConnectionIdentity.Trust, _ system: SystemTrust
  ) throws(TransportError) {
    try set(CURLOPT_PROXY_SSLVERSION, ccurl_tls_1_2)
    if let file = system.file { try set(CURLOPT_PROXY_CAINFO, file) }
    if let directories = system.directories { try set(CURLOPT_PROXY_CAPATH, directories) }
    switch trust {
    case .system:
      break
    case .authorities(let pem):
      try set(CURLOPT_PROXY_CAINFO_BLOB, pem)
    case .unverified:
      try set(CURLOPT_PROXY_SSL_VERIFYPEER, 0)
      try set(CURLOPT_PROXY_SSL_VERIFYHOST, 0)
    }
  }

  private func setClientCertificate(
    _ certificate: ConnectionIdentity.ClientCertificate
  ) throws(TransportError) {
    try set(CURLOPT_SSLCERTTYPE, "PEM")
    try set(CURLOPT_SSLKEYTYPE, "PEM")
    try set(CURLOPT_SSLCERT_BLOB, certificate.certificatePEM)
    try set(CURLOPT_SSLKEY_BLOB, certificate.keyPEM)
    // Without a passphrase OpenSSL would ask the terminal for one.
    try set(CURLOPT_KEYPASSWD, "")
  }

  /// The fields that libcurl shall send, those it would add unasked suppressed.
  static func headerList(
    _ request: HTTPRequest, to address: ServerAddress
  ) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    func append(_ line: String) {
      // Nil when memory is out; the list so far then still has to be freed.
      if let longer = curl_slist_append(list, line) { list = longer }
    }
    for field in request.headers.fields {
      // libcurl removes a header that is given as "Name:", and sends an empty one for "Name;".
      append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    if request.headers["Host"] == nil { append("Host: \(address.authority)") }
    for name in ["Accept", "Content-Type", "Expect"] where request.headers[name] == nil {
      append("\(name):")
    }
    return list
  }
}

extension ServerAddress {
  fileprivate func text(host: String) -> String {
    let user = userInfo.map { "\($0)@" } ?? ""
    return "\(scheme)://\(user)\(host):\(port)\(target)"
  }
}
