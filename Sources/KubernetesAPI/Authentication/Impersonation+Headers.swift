import Kubeconfig

extension Impersonation {
  /// The headers as client-go sends them (`transport/round_trippers.go`), the extra keys sorted.
  ///
  /// - Throws: when a value cannot stand in a header.
  func headers() throws(CredentialError) -> [RequestCredentials.Header] {
    var headers = [RequestCredentials.Header(name: "Impersonate-User", value: user)]
    if let uid { headers.append(.init(name: "Impersonate-Uid", value: uid)) }
    headers += groups.map { .init(name: "Impersonate-Group", value: $0) }
    for (key, values) in extra.sorted(by: { $0.key < $1.key }) {
      let name = "Impersonate-Extra-\(Self.escaped(key))"
      headers += values.map { .init(name: name, value: $0) }
    }
    for header in headers where !HeaderValue.isAllowed(header.value) {
      throw .unusableHeaderValue(of: header.name)
    }
    return headers
  }

  /// The key as part of a header name: every byte that is no token character of RFC 7230 3.2.6,
  /// and `%` itself, percent-encoded.
  private static func escaped(_ key: String) -> String {
    var result = ""
    for byte in key.utf8 {
      if HeaderValue.isTokenByte(byte), byte != UInt8(ascii: "%") {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += PercentEncoding.escape(byte)
      }
    }
    return result
  }
}
