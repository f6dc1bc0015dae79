package import CurlTransport

/// Why a request to the API server came to nothing: facts, worded elsewhere.
package enum APIError: Error, Sendable {
  /// 401: the server refused these credentials, of the kubeconfig's user of that name.
  case unauthorized(server: String, user: String?, detail: CredentialRefusal)
  /// 403, with the server's own sentence.
  case forbidden(server: String, message: String, isAnonymous: Bool)
  /// 404 for a path that we expected.
  case notFound(path: String)
  /// 410: the continue token is too old; `continueToken` goes on with a later snapshot.
  case expired(continueToken: String)
  /// Any other status the server explained, or did not.
  case status(code: Int, reason: String, message: String, retryAfter: Int?)
  /// An answer that is not the Kubernetes API's: a login page, a proxy's error.
  case notKubernetes(server: String, code: Int, contentType: String, beginning: String)
  /// A redirect to another host, which is never followed with credentials.
  case redirected(server: String, location: String)
  case transport(server: String, TransportError)
  /// The body could not be decoded.
  case malformed(path: String, WireError)
  /// Small JSON answers (discovery, version) that do not have the documented shape.
  case unreadableAnswer(path: String, problem: String)
}

extension APIError {
  /// Whether trying again may help, and how long the server wants us to wait (seconds).
  package var retry: (isWorthIt: Bool, after: Int?) {
    switch self {
    case .status(let code, _, _, let after):
      // 429 Too Many Requests (RFC 6585), 503 and 504 (RFC 9110); 500 and 502 only with
      // Retry-After, as client-go does.
      let always = code == 429 || code == 503 || code == 504
      return (always || (code >= 500 && after != nil), after)
    case .transport(_, let error):
      return (error.isTransient, nil)
    case .malformed(_, let error):
      return (error.isTruncation, nil)
    default:
      return (false, nil)
    }
  }

  package var isThrottling: Bool {
    if case .status(429, _, _, _) = self { return true }
    return false
  }
}

extension TransportError {
  /// Whether the same request may succeed a moment later.
  package var isTransient: Bool {
    switch self {
    case .connectionReset, .bodyTruncated: true
    default: false
    }
  }

  /// Whether only this answer went wrong, so that others of the same server may be good.
  package var concernsOneAnswer: Bool {
    switch self {
    case .connectionReset, .bodyTruncated, .bodyTooLarge: true
    default: false
    }
  }
}

extension WireError {
  /// A body that ends too early, as opposed to one that is wrong.
  package var isTruncation: Bool {
    if case .incomplete = self { return true }
    return false
  }
}
