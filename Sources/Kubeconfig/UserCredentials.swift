/// What a user shows to a server.
///
/// A static credential (token, token file, password, certificate) switches the plugin off, as in
/// client-go's `Authenticator.UpdateTransportConfig`; a certificate goes along with anything.
/// Empty for a server that is spoken to in the clear.
package struct UserCredentials: Hashable, Sendable {
  package struct ClientCertificate: Hashable, Sendable {
    package let certificatePEM: [UInt8]
    package let keyPEM: Secret<[UInt8]>
    /// In words, for errors: `"/home/me/.kube/me.crt"` or `client-certificate-data of user "me"`.
    package let origin: String

    package init(certificatePEM: [UInt8], keyPEM: Secret<[UInt8]>, origin: String) {
      self.certificatePEM = certificatePEM
      self.keyPEM = keyPEM
      self.origin = origin
    }
  }

  package struct Basic: Hashable, Sendable {
    package let username: String
    package let password: Secret<String>

    package init(username: String, password: Secret<String>) {
      self.username = username
      self.password = password
    }
  }

  package var clientCertificate: ClientCertificate?
  /// Used where `tokenFile` is absent or cannot be read.
  package var token: Secret<String>?
  /// Absolute; its content goes before `token` and may change while we run.
  package var tokenFile: String?
  package var basic: Basic?
  package var exec: ExecConfig?
  package var authProvider: AuthProvider?

  package init() {}

  /// The bearer token of this moment: the token file's trimmed content, else `token`.
  ///
  /// Throws if there is a token file that cannot be used, and no token.
  package func bearerToken(
    files: any KubeconfigFiles
  ) throws(KubeconfigError) -> Secret<String>? {
    guard let tokenFile else { return token }
    let content: [UInt8]
    do {
      content = try files.read(tokenFile)
    } catch {
      if let token { return token }
      throw .unreadable(what: "tokenFile", path: tokenFile, reason: error.inWords)
    }
    let text = String(decoding: content, as: UTF8.self)
    let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n"]
    let trimmed = text.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }
    let word = String(trimmed.reversed())
    if word.isEmpty {
      if let token { return token }
      throw .unreadable(what: "tokenFile", path: tokenFile, reason: "it is empty")
    }
    guard word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw .unreadable(
        what: "tokenFile", path: tokenFile, reason: "it holds more than one printable word")
    }
    return Secret(word)
  }
}
