/// The two reviews: they answer what the user may do and change nothing.
package enum ReviewKind: Hashable, Sendable, CaseIterable {
  case selfSubjectAccess
  case selfSubjectRules

  var path: String {
    switch self {
    case .selfSubjectAccess: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    case .selfSubjectRules: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
    }
  }
}
