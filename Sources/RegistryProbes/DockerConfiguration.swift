import Foundation
import Kubeconfig

/// `config.json` as the Docker client keeps it: who holds the credentials of which registry.
struct DockerConfiguration: Sendable {
  /// Where the credentials of one registry are.
  enum Source: Hashable, Sendable {
    case stored(RegistryCredentials)
    /// `docker-credential-NAME`, asked about this server.
    case helper(name: String, server: String)
  }

  private let entries: [String: Entry]
  private let helpers: [String: String]
  private let store: String?

  static let empty = DockerConfiguration(File())

  /// - Throws: when the bytes are not such a file.
  init(_ bytes: [UInt8]) throws(CredentialsError) {
    guard let file = JSONAnswer.read(bytes, as: File.self) else { throw .malformedConfiguration }
    self.init(file)
  }

  private init(_ file: File) {
    entries = file.auths ?? [:]
    helpers = file.credHelpers ?? [:]
    store = file.credsStore.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// In the order of docker/cli's configfile: the registry's own helper, the store, the file.
  func source(of registry: String) throws(CredentialsError) -> Source? {
    let keys = Self.keys(of: registry)
    if let key = keys.first(where: { helpers[$0] != nil }), let name = helpers[key],
      !name.isEmpty
    {
      return .helper(name: name, server: key)
    }
    if let store { return .helper(name: store, server: keys[0]) }
    guard let key = keys.first(where: { entries[$0] != nil }), let entry = entries[key] else {
      return nil
    }
    return try entry.credentials().map { .stored($0) }
  }

  /// The names under which a registry may stand; the first is what helpers are asked for. Docker
  /// Hub's is the address of an API of 2013.
  private static func keys(of registry: String) -> [String] {
    if registry == "docker.io" || registry == "index.docker.io" {
      return [
        "https://index.docker.io/v1/", "index.docker.io", "docker.io", "https://docker.io",
        "registry-1.docker.io",
      ]
    }
    return [
      registry, "https://\(registry)", "https://\(registry)/", "https://\(registry)/v1/",
      "https://\(registry)/v2/", "http://\(registry)",
    ]
  }

  private struct File: Decodable {
    var auths: [String: Entry]?
    var credHelpers: [String: String]?
    var credsStore: String?
  }

  private struct Entry: Decodable, Sendable {
    var auth: String?
    var username: String?
    var password: String?
    var identitytoken: String?
    var registrytoken: String?

    /// Nil for an entry that holds nothing, as a store leaves it behind.
    func credentials() throws(CredentialsError) -> RegistryCredentials? {
      if let token = registrytoken, !token.isEmpty { return .bearer(Secret(token)) }
      if let token = identitytoken, !token.isEmpty { return .identity(Secret(token)) }
      if let auth, !auth.isEmpty {
        guard let data = Data(base64Encoded: auth) else { throw .malformedEntry }
        let text = String(decoding: data, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { throw .malformedEntry }
        // Some versions end the password with NULs.
        let password = text[text.index(after: colon)...].prefix { $0 != "\0" }
        return .password(user: String(text[..<colon]), Secret(String(password)))
      }
      guard let username, let password, !username.isEmpty else { return nil }
      return .password(user: username, Secret(password))
    }
  }
}
