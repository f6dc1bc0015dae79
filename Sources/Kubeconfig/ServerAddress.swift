package import Foundation

/// An API server's address, read as client-go's `DefaultServerURL` reads it.
package struct ServerAddress: Hashable, Sendable {
  /// As written, without a name and password.
  package let text: String
  package let isSecure: Bool
  /// Without the brackets of an IPv6 address.
  package let host: String
  /// nil: the scheme's own.
  package let port: Int?
  /// Goes before every path of the API; empty or with a leading and no trailing slash.
  package let pathPrefix: String
  /// `scheme://host:port/prefix`.
  package let url: URL
  /// From `https://name:password@host`, which Go's HTTP client sends as basic authentication.
  package let userInfo: Secret<String>?

  /// nil for anything but `http` and `https` with a host; a text without scheme is `http`.
  package init?(_ text: String) {
    var rest = text[...]
    var scheme = "http"
    var hasScheme = false
    if let range = text.range(of: "://") {
      scheme = text[..<range.lowerBound].lowercased()
      rest = text[range.upperBound...]
      hasScheme = true
    }
    guard scheme == "http" || scheme == "https" else { return nil }
    guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
      return nil
    }
    // clientcmd drops query and fragment from the host.
    rest = rest.prefix { $0 != "?" && $0 != "#" }
    let authority = rest.prefix { $0 != "/" }
    var path = String(rest.dropFirst(authority.count))
    while path.hasSuffix("/") { path.removeLast() }
    // "host must be a URL or a host:port pair"
    guard hasScheme || path.isEmpty else { return nil }
    var place = authority
    if let at = authority.lastIndex(of: "@") {
      userInfo = Secret(String(authority[..<at]))
      place = authority[authority.index(after: at)...]
    } else {
      userInfo = nil
    }
    guard let (host, port) = Self.split(place) else { return nil }
    let bracketed = host.contains(":") ? "[\(host)]" : host
    let address = scheme + "://" + bracketed + (port.map { ":\($0)" } ?? "") + path
    guard let url = URL(string: address) else { return nil }
    self.text = userInfo == nil ? text : address
    isSecure = scheme == "https"
    self.host = host
    self.port = port
    pathPrefix = path
    self.url = url
  }

  private static func split(_ place: Substring) -> (host: String, port: Int?)? {
    var host = place
    var portText: Substring?
    if place.hasPrefix("[") {
      guard let close = place.firstIndex(of: "]") else { return nil }
      host = place[place.index(after: place.startIndex)..<close]
      let after = place[place.index(after: close)...]
      if after.hasPrefix(":") {
        portText = after.dropFirst()
      } else if !after.isEmpty {
        return nil
      }
      guard host.utf8.allSatisfy({ isAddressByte($0) }) else { return nil }
    } else if let colon = place.lastIndex(of: ":") {
      host = place[..<colon]
      portText = place[place.index(after: colon)...]
      guard !host.contains(":") else { return nil }
    }
    guard !host.isEmpty,
      !host.contains(where: { "[]<>\"\\^`{}|%@".contains($0) }) || host.contains(":")
    else { return nil }
    // Go accepts "host:" and means the scheme's port.
    guard let portText, !portText.isEmpty else { return (String(host), nil) }
    guard portText.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(portText),
      port <= 65_535
    else { return nil }
    return (String(host), port)
  }

  /// An IPv6 address with or without a zone (RFC 6874).
  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: ":"), UInt8(ascii: "."),
      UInt8(ascii: "%"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      return true
    default: return false
    }
  }
}

extension ServerAddress: CustomStringConvertible {
  package var description: String { text }
}

/// The value of `proxy-url`.
package struct ProxyAddress: Hashable, Sendable {
  package enum Scheme: String, Hashable, Sendable {
    case http, https, socks5
  }

  package let scheme: Scheme
  /// The whole URL; may hold a password.
  package let url: Secret<String>

  /// nil for a scheme that clientcmd's `parseProxyURL` refuses.
  package init?(_ text: String) {
    guard let range = text.range(of: "://"),
      let scheme = Scheme(rawValue: text[..<range.lowerBound].lowercased()),
      text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }),
      range.upperBound < text.endIndex
    else { return nil }
    self.scheme = scheme
    url = Secret(text)
  }
}

extension ProxyAddress: CustomStringConvertible {
  /// Without name and password.
  package var description: String {
    let rest = url.revealed.drop { $0 != "/" }.dropFirst(2)
    let authority = rest.prefix { $0 != "/" }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    return "\(scheme.rawValue)://\(place ?? authority)"
  }
}
