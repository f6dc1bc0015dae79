package import Inventory
package import RegistryCatalogue

extension FailureCause {
  /// Why a pull failed, from the kubelet's reason and the runtime's own words.
  ///
  /// The shapes are those of containerd, CRI-O and Docker; wording drifts between versions, so
  /// fragments are matched, most telling first. Image names and URLs are left out before: they
  /// could hold any of these words.
  package init(_ failure: StartFailure) {
    // CRI-O's word for ECONNREFUSED (`pkg/kubelet/images`, `ErrRegistryUnavailable`).
    if failure.reason == "RegistryUnavailable" {
      self = .refused
      return
    }
    let message = failure.message.lowercased()
    // A media type stands in quotes or among slashes, but no image name may hold a plus sign.
    if message.contains("v1+prettyjws") {
      self = .schema1
      return
    }
    self =
      RuntimeMessage.readings(of: message).lazy.compactMap { Self.cause(in: $0) }.first
      ?? .unclassified
  }

  private static func cause(in text: String) -> FailureCause? {
    fragments.first { text.contains($0.fragment) }?.cause
  }

  private static let fragments: [(fragment: String, cause: FailureCause)] = [
    ("toomanyrequests: ", .rateLimited),
    ("429 too many requests", .rateLimited),
    ("pull rate limit", .rateLimited),
    ("schema 1 ", .schema1),
    ("is no longer supported since containerd", .schema1),
    ("unsupported docker v1 manifest", .schema1),
    ("no such host", .dns),
    ("server misbehaving", .dns),
    ("failure in name resolution", .dns),
    ("dial tcp: lookup ", .dns),
    ("connection refused", .refused),
    ("i/o timeout", .timeout),
    ("handshake timeout", .timeout),
    ("deadline exceeded", .timeout),
    ("client.timeout exceeded", .timeout),
    ("no route to host", .unavailable),
    ("network is unreachable", .unavailable),
    ("x509: ", .tls),
    (" tls: ", .tls),
    ("http response to https client", .tls),
    // Docker Hub says this of private and of missing repositories alike.
    ("may require ", .unauthorized),
    ("401 unauthorized", .unauthorized),
    ("unauthorized: ", .unauthorized),
    ("authentication required", .unauthorized),
    ("no basic auth credentials", .unauthorized),
    ("403 forbidden", .forbidden),
    ("denied: ", .forbidden),
    ("access denied", .forbidden),
    ("manifest unknown", .notFound),
    ("name unknown", .notFound),
    ("repository name not known", .notFound),
    // gcr.io answers so for projects that cannot be named any more.
    ("name_invalid", .notFound),
    ("400 bad request", .notFound),
    ("404 not found", .notFound),
    ("statuscode: 404", .notFound),
    ("code = notfound", .notFound),
    (": not found", .notFound),
    ("500 internal server error", .unavailable),
    ("502 bad gateway", .unavailable),
    ("503 service unavailable", .unavailable),
    ("504 gateway timeout", .unavailable),
  ]
}
