import Foundation

/// One request as the test cluster saw it.
struct LoggedRequest: Decodable, Sendable {
  /// Numbers the connections in the order of their opening.
  var connection: Int
  var method: String
  var path: String
  var query: String
  /// Nil when the credentials were refused.
  var user: String?
  /// The scheme of the Authorization header (`Bearer`, `Basic`); its value is never logged.
  var authorization: String?
  /// In lower case: accept, accept-encoding, user-agent, host, impersonate-… and a few more.
  var headers: [String: String]
  /// Nil when no answer was given.
  var status: Int?
  /// The fault that struck, if any.
  var fault: String?
  /// The listed resource (`pods`, `deployments.apps`); nil for anything but a list.
  var list: String?
  /// Bytes of the body as sent.
  var bytes: Int
  /// Requests, and lists, in flight when this one had arrived, itself included.
  var inFlight: Int
  var listsInFlight: Int

  var userAgent: String { headers["user-agent"] ?? "" }

  /// The value of a query item, percent-decoded; nil when absent.
  func queryItem(_ name: String) -> String? {
    for item in query.split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1)
      if parts.first.map(String.init) == name {
        return parts.count > 1 ? String(parts[1]).removingPercentEncoding : ""
      }
    }
    return nil
  }

  /// Whether a reader may send this: a GET, or one of the two reviews of its own rights.
  var isReadOnly: Bool {
    if method == "GET" { return true }
    return method == "POST" && path.contains("/authorization.k8s.io/")
      && (path.hasSuffix("/selfsubjectrulesreviews") || path.hasSuffix("/selfsubjectaccessreviews"))
  }
}

/// Counts and peaks of a server.
struct ServerStatistics: Decodable, Sendable {
  var requests: Int
  var connections: Int
  var methods: [String: Int]
  var inFlight: Int
  var peakInFlight: Int
  var peakListsInFlight: Int
  var peakListsPerResource: [String: Int]
  var bytes: Int
}
