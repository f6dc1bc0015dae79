import CurlTransport
import RegistryCatalogue
import RegistryProbes

extension ProbeOutcome {
  /// One word, the same in every form.
  var word: String {
    switch self {
    case .exists: "exists"
    case .gone: "gone"
    case .noAccess: "private"
    case .unknown: "unknown"
    }
  }

  /// The same for reports.
  var verdict: RegistryProof.Verdict {
    switch self {
    case .exists(let image): .exists(digest: image.digest)
    case .gone(let code): .gone(code: code)
    case .noAccess(let refusal): .refused(words(for: refusal))
    case .unknown(let doubt): .unknown(words(for: doubt))
    }
  }

  /// Why it is not simply there; nil when it is.
  var reason: String? {
    switch self {
    case .exists: nil
    case .gone(let code): "the registry answered 404 \(code)"
    case .noAccess(let refusal):
      "gone or private: the registry answered \(words(for: refusal))"
    case .unknown(let doubt): words(for: doubt)
    }
  }
}

private func words(for refusal: NoAccess) -> String {
  switch refusal {
  case .refused(let hasCredentials): "401 \(attempt(hasCredentials))"
  case .forbidden(let hasCredentials): "403 \(attempt(hasCredentials))"
  case .noToken(let status, let hasCredentials):
    "\(status) at its token service \(attempt(hasCredentials))"
  case .nameRefused: "400 NAME_INVALID"
  }
}

private func attempt(_ hasCredentials: Bool) -> String {
  hasCredentials ? "to Docker's credentials" : "without credentials"
}

func words(for doubt: Doubt) -> String {
  switch doubt {
  case .transport(.tls(.unknownToSystem)):
    "its certificate is signed by an authority that this system does not trust; SSL_CERT_FILE"
      + " can name a file of authorities"
  case .transport(let error): words(for: error)
  case .status(let status): "the registry answers \(status)"
  case .notFoundWithoutCode: "404 without the error code of a registry"
  case .rateLimited(let wait?): "rate limited; the registry asks to wait \(wait) s"
  case .rateLimited(nil): "rate limited"
  case .notAManifest(let type):
    type.isEmpty
      ? "the answer does not say that it is a manifest"
      : "the answer is \(type), expected an OCI or Docker manifest"
  case .malformed(.token): "the token service's answer holds no token"
  case .malformed(.manifest): "the manifest cannot be read"
  case .digestMismatch: "the digest is not that of the content"
  case .tooManyRedirects: "more than 10 redirects"
  case .unsafeRedirect(let place):
    "redirected to \(place.isEmpty ? "nothing" : "\"\(place)\""), which is no https URL;"
      + " --plain-http allows a host"
  case .redirectedToLogin(let host): "redirected to \(host), which wants credentials"
  case .unknownChallenge: "401 with a challenge that is neither Bearer nor Basic"
  case .unsafeRealm: "its token service is no https URL"
  case .credentialsOverPlainHTTP:
    "it wants credentials, which are not sent over plain http to another machine"
  case .credentials(let error): words(for: error)
  }
}

private func words(for error: CredentialsError) -> String {
  switch error {
  case .unreadableConfiguration(let reason): "Docker's config.json cannot be read: \(reason)"
  case .malformedConfiguration: "Docker's config.json is not what Docker writes"
  case .malformedEntry: "its entry in Docker's config.json is not user:password in Base64"
  case .badHelperName: "Docker's config.json names a credential helper that cannot be one"
  case .helperMissing(let program): "\"\(program)\" is not in PATH"
  case .helperFailed(let program): "\"\(program)\" failed"
  case .helperAnswer(let program): "\"\(program)\" gave no credentials that can be read"
  }
}
