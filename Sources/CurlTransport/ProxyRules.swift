package import Foundation

/// Which proxy the environment names for a URL, by the rules that kubectl follows: those of Go's
/// golang.org/x/net/http/httpproxy (config.go), not libcurl's.
package struct ProxyRules: Hashable, Sendable {
  private let httpProxy: Proxy
  private let httpsProxy: Proxy
  private let exceptions: [ProxyException]

  /// Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; the upper-case name wins unless it is empty.
  ///
  /// A proxy that cannot be parsed is none, as in Go.
  package init(environment: [String: String]) {
    func variable(_ name: String) -> String {
      let upper = environment[name] ?? ""
      return upper.isEmpty ? environment[name.lowercased()] ?? "" : upper
    }
    // A CGI program gets the request's `Proxy:` header as HTTP_PROXY (httpoxy,
    // CVE-2016-5386). Go fails then; no proxy is as safe.
    let isCGI = environment["REQUEST_METHOD"].map { !$0.isEmpty } ?? false
    httpProxy = isCGI ? .none : Self.proxy(variable("HTTP_PROXY"))
    httpsProxy = Self.proxy(variable("HTTPS_PROXY"))
    exceptions = Self.exceptions(variable("NO_PROXY"))
  }

  package func proxy(for url: URL) -> Proxy {
    guard let address = ServerAddress(url.absoluteString) else { return .none }
    let proxy: Proxy
    switch address.scheme {
    case "https": proxy = httpsProxy
    case "http": proxy = httpProxy
    default: return .none
    }
    // Compared as written: Go sends "LOCALHOST" to the proxy.
    guard address.host != "localhost" else { return .none }
    let number = IPAddress(address.host)
    guard number?.isLoopback != true else { return .none }
    let host = address.host.lowercased()
    return exceptions.contains { $0.matches(host: host, port: address.port, address: number) }
      ? .none : proxy
  }

  /// A text without scheme or host gets `http://` in front.
  private static func proxy(_ text: String) -> Proxy {
    if text.isEmpty { return .none }
    if ServerAddress(text) != nil { return .url(text) }
    return ServerAddress("http://" + text) == nil ? .none : .url("http://" + text)
  }

  private static func exceptions(_ list: String) -> [ProxyException] {
    var exceptions: [ProxyException] = []
    for part in list.split(separator: ",") {
      let entry = part.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
      if entry == "*" { return [.everything] }
      if let exception = ProxyException(entry) { exceptions.append(exception) }
    }
    return exceptions
  }
}

/// One entry of NO_PROXY.
enum ProxyException: Hashable, Sendable {
  case everything
  case network(IPAddress, prefix: Int)
  case address(IPAddress, port: Int?)
  /// `suffix` begins with a dot; with `orItself` the domain without the dot matches as well.
  case domain(suffix: String, orItself: Bool, port: Int?)
  /// A port that no number can be: Go compares text, so this matches nothing.
  case nothing

  /// Nil for an entry without a host, which Go ignores. The text is in lower case.
  init?(_ entry: String) {
    if let (network, prefix) = Self.network(entry) {
      self = .network(network, prefix: prefix)
      return
    }
    let (host, portText) = Self.hostAndPort(entry)
    guard !host.isEmpty else { return nil }
    var port: Int?
    if let portText, !portText.isEmpty {
      guard let number = Int(portText), String(number) == portText else {
        self = .nothing
        return
      }
      port = number
    }
    if let address = IPAddress(host) {
      self = .address(address, port: port)
      return
    }
    let domain = host.hasPrefix("*.") ? String(host.dropFirst()) : host
    let orItself = !domain.hasPrefix(".")
    self = .domain(suffix: orItself ? "." + domain : domain, orItself: orItself, port: port)
  }

  func matches(host: String, port: Int, address: IPAddress?) -> Bool {
    switch self {
    case .everything: true
    case .nothing: false
    case .network(let network, let prefix): address?.isIn(network, prefix: prefix) ?? false
    case .address(let own, let ownPort): own == address && (ownPort ?? port) == port
    case .domain(let suffix, let orItself, let ownPort):
      (host.hasSuffix(suffix) || (orItself && host == suffix.dropFirst()))
        && (ownPort ?? port) == port
    }
  }

  /// Go's net.ParseCIDR.
  private static func network(_ entry: String) -> (IPAddress, prefix: Int)? {
    let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])),
      !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
      let written = Int(parts[1])
    else { return nil }
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    let prefix = address.bytes.count == 4 && parts[0].contains(":") ? written - 96 : written
    return (0...address.bytes.count * 8).contains(prefix) ? (address, prefix) : nil
  }

  /// Go's net.SplitHostPort, with the whole entry as the host when that fails.
  private static func hostAndPort(_ entry: String) -> (host: String, port: String?) {
    if entry.hasPrefix("[") {
      guard let close = entry.firstIndex(of: "]"), entry[close...].hasPrefix("]:") else {
        return (entry, nil)
      }
      let host = entry[entry.index(after: entry.startIndex)..<close]
      return (String(host), String(entry[close...].dropFirst(2)))
    }
    let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (entry, nil)
  }
}
