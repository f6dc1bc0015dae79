package import CurlTransport

/// What happened to a request, for the log that `-v` asks for: facts, worded elsewhere.
///
/// Nothing secret is in it: of headers, only those that `LoggedHeaders` lets through.
package enum RequestEvent: Sendable {
  /// One request on its way, attempts counted apart.
  package struct Request: Sendable {
    /// From 1 on, in the order of sending.
    package let number: Int
    package let method: String
    /// Path and query, without the server and the prefix of its URL.
    package let target: String
  }

  package struct Answer: Sendable {
    package let status: Int
    package let headers: [LoggedHeaders.Field]
    package let milliseconds: Int
    /// Head and body as they came, compressed or not.
    package let bytes: Int64
  }

  case sending(Request, headers: [LoggedHeaders.Field])
  case answered(Request, Answer)
  /// There was no answer, or it broke off.
  case failed(Request, any Error, milliseconds: Int)
  case retrying(what: String, after: any Error, attempt: Int, wait: Duration)
  /// The snapshot of a list is gone from the server: it is continued from a later one, or read
  /// anew.
  case listExpired(resource: String, isContinued: Bool)
}

/// Header fields as a log may show them.
///
/// A field is shown only when it is known to hold no secret; of any other, only its name is.
package struct LoggedHeaders {
  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// In place of a value.
  package static let redacted = "<redacted>"

  /// What this program sends and a Kubernetes API server or a proxy before it answers.
  private static let harmless: Set<String> = [
    "accept", "accept-encoding", "accept-ranges", "age", "allow", "audit-id", "cache-control",
    "connection", "content-encoding", "content-length", "content-type", "date", "etag", "expires",
    "impersonate-group", "impersonate-uid", "impersonate-user", "keep-alive", "last-modified",
    "retry-after", "server", "strict-transport-security", "transfer-encoding", "upgrade",
    "user-agent", "vary", "via", "warning", "x-content-type-options",
    "x-kubernetes-pf-flowschema-uid", "x-kubernetes-pf-prioritylevel-uid",
  ]

  package static func fields(_ headers: HTTPHeaders) -> [Field] {
    headers.fields.map { field in
      Field(name: field.name, value: shown(field))
    }
  }

  private static func shown(_ field: HTTPHeaders.Field) -> String {
    let name = field.name.lowercased()
    if harmless.contains(name) { return field.value }
    guard name == "authorization" else { return redacted }
    // The scheme says how one authenticates (RFC 9110 section 11.4), the rest is the secret.
    let scheme = field.value.prefix { $0 != " " }
    return scheme == "Bearer" || scheme == "Basic" ? "\(scheme) \(redacted)" : redacted
  }
}
