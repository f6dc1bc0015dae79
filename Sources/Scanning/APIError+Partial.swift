import KubernetesAPI

extension APIError {
  /// Whether other requests to the same server may still succeed.
  var isPartial: Bool {
    switch self {
    case .transport(_, let error): error.concernsOneAnswer
    case .unauthorized, .notKubernetes, .redirected: false
    case .forbidden, .notFound, .expired, .status, .malformed, .unreadableAnswer: true
    }
  }
}
