/// What `GET /version` says of the server (`k8s.io/apimachinery/pkg/version.Info`).
package struct ServerVersion: Hashable, Sendable, Decodable {
  package let major: String
  package let minor: String
  /// For example `v1.31.2-eks-7f9249a`.
  package let gitVersion: String

  /// The minor version as a number: some providers write `31+`. Nil for a major other than 1.
  package var minorNumber: Int? {
    guard major == "1" else { return nil }
    return Int(minor.prefix { $0.isASCII && $0.isNumber })
  }

  /// Whether lists are encoded as a stream, so that a whole list costs the server no second copy
  /// (KEP-5116, on by default since 1.33).
  package var streamsLists: Bool {
    (minorNumber ?? 0) >= 33
  }
}
