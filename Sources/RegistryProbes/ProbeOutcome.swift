package import CurlTransport

/// What a registry says of one reference; what it does not say is unknown, never guessed.
package enum ProbeOutcome: Hashable, Sendable {
  case exists(FoundImage)
  /// The registry says that there is no such image: 404 with this error code.
  case gone(code: String)
  /// Gone or private: the registry does not tell which.
  case noAccess(NoAccess)
  case unknown(Doubt)

  package var image: FoundImage? {
    guard case .exists(let image) = self else { return nil }
    return image
  }
}

/// An image that its registry has.
package struct FoundImage: Hashable, Sendable {
  /// Of the manifest or index: `sha256:…`.
  package let digest: String
  /// `linux/amd64`, sorted; nil when they were not asked for or could not be learnt.
  package let platforms: [String]?
  /// The digests of an index's images, one for each platform; empty for a single image, and where
  /// platforms were not asked for.
  package let children: [String]

  package init(digest: String, platforms: [String]? = nil, children: [String] = []) {
    self.digest = digest
    self.platforms = platforms
    self.children = children
  }
}

/// How a registry refused.
package enum NoAccess: Hashable, Sendable {
  /// 401 although a token or a password was sent.
  case refused(hasCredentials: Bool)
  /// 403 for the image.
  case forbidden(hasCredentials: Bool)
  /// The token service gave none: 401 or 403.
  case noToken(status: Int, hasCredentials: Bool)
  /// 400 NAME_INVALID for a name that is none the less valid, as of closed Google projects.
  case nameRefused
}

/// Why nobody knows.
package enum Doubt: Error, Hashable, Sendable {
  case transport(TransportError)
  /// A status that says nothing of the image.
  case status(Int)
  /// 404 without the error code of a registry.
  case notFoundWithoutCode
  /// 429; `wait` is what the registry asked for, in seconds.
  case rateLimited(wait: Int?)
  /// 200 with something that is no manifest.
  case notAManifest(contentType: String)
  case malformed(What)
  /// The digest in the header, or the one asked for, is not that of the content.
  case digestMismatch
  case tooManyRedirects
  /// To an address that is no https URL: its scheme and host, empty when it has none.
  case unsafeRedirect(to: String)
  /// Another host, to which a redirect led, wants credentials.
  case redirectedToLogin(host: String)
  /// A scheme that is neither Bearer nor Basic, or one that cannot be read.
  case unknownChallenge
  /// The token service is not to be spoken to over https.
  case unsafeRealm
  /// Credentials would cross the network unprotected.
  case credentialsOverPlainHTTP
  case credentials(CredentialsError)

  package enum What: Hashable, Sendable {
    case token, manifest
  }
}
