package import Inventory
package import RegistryCatalogue

extension FailureCause {
  /// Why a pull failed, from the kubelet's reason and the runtime's own words.
  ///
  /// The shapes are those of containerd, CRI-O and Docker; wording drifts between versions, so
  /// fragments are matched, most telling first. Quoted parts are left out before: they repeat image
  /// names and URLs, which could hold any of these words.
  package init(_ failure: StartFailure) {
    // CRI-O's word for ECONNREFUSED (`pkg/kubelet/images`, `ErrRegistryUnavailable`).
    if failure.reason == "RegistryUnavailable" {
      self = .refused
      return
    }
    let text = Self.unquoted(failure.message).lowercased()
    self = Self.fragments.first { text.contains($0.fragment) }?.cause ?? .unclassified
  }

  private static let fragments: [(fragment: String, cause: FailureCause)] = [
    ("toomanyrequests", .rateLimited),
    ("429 too many requests", .rateLimited),
    ("pull rate limit", .rateLimited),
    ("schema 1", .schema1),
    ("schema1", .schema1),
    ("v1+prettyjws", .schema1),
    ("no such host", .dns),
    ("server misbehaving", .dns),
    ("name resolution", .dns),
    ("dial tcp: lookup", .dns),
    ("connection refused", .refused),
    ("i/o timeout", .timeout),
    ("handshake timeout", .timeout),
    ("deadline exceeded", .timeout),
    ("client.timeout", .timeout),
    ("x509:", .tls),
    ("tls:", .tls),
    ("certificate", .tls),
    // Docker Hub says this of private and of missing repositories alike.
    ("may require", .unauthorized),
    ("401 unauthorized", .unauthorized),
    ("unauthorized:", .unauthorized),
    ("authentication required", .unauthorized),
    ("no basic auth credentials", .unauthorized),
    ("403 forbidden", .forbidden),
    ("denied:", .forbidden),
    ("access denied", .forbidden),
    ("manifest unknown", .notFound),
    ("name unknown", .notFound),
    ("repository name not known", .notFound),
    // gcr.io answers so for projects that cannot be named any more.
    ("name_invalid", .notFound),
    ("400 bad request", .notFound),
    ("404 not found", .notFound),
    ("code = notfound", .notFound),
    (": not found", .notFound),
    ("500 internal server error", .unavailable),
    ("502 bad gateway", .unavailable),
    ("503 service unavailable", .unavailable),
    ("504 gateway timeout", .unavailable),
  ]

  /// The text without what stands between double quotes.
  private static func unquoted(_ text: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: " ")
  }
}
