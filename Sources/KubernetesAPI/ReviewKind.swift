/// The two reviews of `authorization.k8s.io/v1`: they answer what the user may do and change nothing.
enum ReviewKind: String {
  case selfSubjectAccess = "SelfSubjectAccessReview"
  case selfSubjectRules = "SelfSubjectRulesReview"

  static let apiVersion = "authorization.k8s.io/v1"

  var path: String { "/apis/\(Self.apiVersion)/\(rawValue.lowercased())s" }
}
