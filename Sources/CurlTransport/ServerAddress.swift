/// A URL taken apart as far as a connection needs it, without rewriting any part of it.
struct ServerAddress: Hashable, Sendable {
  /// In lower case.
  let scheme: String
  /// The part before `@`, as written; it may be a credential.
  let userInfo: String?
  /// Without the brackets of an IPv6 literal.
  let host: String
  /// As written, else the scheme's default.
  let port: Int
  let hasExplicitPort: Bool
  /// Path and query as written, without the fragment.
  let target: String

  /// Nil when the text is no absolute URL with a host, or holds a character that no URL may.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
      let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      text.utf8[colon...].starts(with: "://".utf8)
    else { return nil }
    scheme = text[..<colon].lowercased()
    guard let scheme = scheme.utf8.first, (97...122).contains(scheme) else { return nil }
    let rest = text[text.utf8.index(colon, offsetBy: 3)...]
    // RFC 3986, section 3.2: the authority ends at the next "/", "?" or "#".
    let end = rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
    let fragment = rest.utf8[end...].firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
    var authority = rest[..<end]
    target = String(rest[end..<fragment])
    if let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
      userInfo = String(authority[..<at])
      authority = authority[authority.index(after: at)...]
    } else {
      userInfo = nil
    }
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    self.host = host
    if let port {
      guard let number = UInt16(port) else { return nil }
      self.port = Int(number)
      hasExplicitPort = true
    } else {
      self.port = Self.defaultPort(self.scheme)
      hasExplicitPort = false
    }
  }

  /// `host[:port]`, with brackets around an IPv6 literal: what the Host header says.
  var authority: String {
    hasExplicitPort ? "\(bracketedHost):\(port)" : bracketedHost
  }

  var bracketedHost: String { Self.bracketed(host) }

  static func bracketed(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }

  /// The port is nil when there is none; "host:" has none either (RFC 3986, section 3.2.3).
  private static func hostAndPort(_ authority: Substring) -> (host: String, port: String?)? {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<close]
      let rest = authority[authority.index(after: close)...]
      guard host.contains(":"), rest.isEmpty || rest.hasPrefix(":") else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty, !host.contains(where: { "[]".contains($0) }),
      port?.utf8.allSatisfy({ (48...57).contains($0) }) ?? true
    else { return nil }
    return (String(host), port.flatMap { $0.isEmpty ? nil : String($0) })
  }

  private static func defaultPort(_ scheme: String) -> Int {
    switch scheme {
    case "http": 80
    case "socks5", "socks5h": 1080
    default: 443
    }
  }
}
