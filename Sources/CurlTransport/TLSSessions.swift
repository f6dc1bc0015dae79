import CCurl

/// The TLS sessions of one connection identity: a further connection to the same server resumes the
/// session of an earlier one (RFC 8446, section 2.2), without certificates and signatures.
///
/// libcurl resumes a session only for the same host, port, trust and client certificate. A session
/// lives in memory, as long as the identity's connections at most.
///
/// `@unchecked Sendable`: libcurl locks what it shares, and nothing else is done with it.
final class TLSSessions: @unchecked Sendable {
  fileprivate let sessions: UnsafeMutablePointer<ccurl_sessions>

  /// Nil when libcurl cannot start or memory is out.
  init?() {
    guard CurlHandle.initialised == CURLE_OK, let sessions = ccurl_sessions_new() else {
      return nil
    }
    self.sessions = sessions
  }

  deinit {
    ccurl_sessions_free(sessions)
  }
}

extension CurlHandle {
  /// Must be called once, before the first transfer; a reset keeps it.
  func resume(from sessions: TLSSessions) {
    _ = ccurl_set_sessions(easy, sessions.sessions)
  }
}
