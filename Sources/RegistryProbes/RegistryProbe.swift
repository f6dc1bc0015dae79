import CurlTransport
import Foundation
package import ImageReferences
import Kubeconfig
import Synchronization

/// Asks registries about images.
package final class RegistryProbe: Sendable {
  let client: RegistryClient
  private let keeper: CredentialKeeper
  /// What convinced a registry, by registry and repository.
  private let authorizations = Mutex<[String: Authorization]>([:])

  private struct Authorization: Sendable {
    let field: String
    let hasCredentials: Bool
  }

  package init(options: ProbeOptions, credentials: CredentialKeeper) {
    client = RegistryClient(options)
    keeper = credentials
  }

  /// - Parameter wantsPlatforms: learns the platforms too, which on some registries counts as a
  ///   pull.
  /// - Throws: `CancellationError` only.
  package func ask(
    _ reference: ImageReference, wantsPlatforms: Bool
  ) async throws -> ProbeOutcome {
    let question = Question(
      reference, endpoint: RegistryEndpoint(reference, plainHTTP: client.options.plainHTTP))
    return try await Self.outcome {
      try await answer(question, wantsPlatforms: wantsPlatforms)
    }
  }

  /// Makes an answer of whatever went wrong with a registry.
  static func outcome(_ ask: () async throws -> ProbeOutcome) async throws -> ProbeOutcome {
    do {
      return try await ask()
    } catch let error as Doubt {
      return .unknown(error)
    } catch let error as TokenService.Refusal {
      return .noAccess(error.reason)
    } catch let error as CredentialsError {
      return .unknown(.credentials(error))
    }
  }

  /// One reference, at its registry.
  struct Question: Sendable {
    let reference: ImageReference
    let endpoint: RegistryEndpoint
    /// The digest where there is one, as a runtime asks.
    let version: String
    /// Is told of the hosts on the way.
    var journal: HopJournal?

    init(_ reference: ImageReference, endpoint: RegistryEndpoint) {
      self.reference = reference
      self.endpoint = endpoint
      version = reference.digest ?? reference.tag ?? "latest"
    }

    var key: String { "\(endpoint.authority)/\(reference.repository)" }
  }

  private func answer(
    _ question: Question, wantsPlatforms: Bool
  ) async throws -> ProbeOutcome {
    var head = try await manifest("HEAD", question)
    // A few registries and proxies before them know no HEAD.
    if head.answer.head.statusCode == 405 { head = try await manifest("GET", question) }
    guard head.answer.head.statusCode == 200 else {
      return try await refusal(head, question)
    }
    try checkType(head.answer)
    let named = head.answer.head.headers["Docker-Content-Digest"].flatMap {
      ContentDigest.isValid($0) ? $0 : nil
    }
    if let named, !wantsPlatforms {
      guard question.reference.digest == nil || question.reference.digest == named else {
        throw Doubt.digestMismatch
      }
      return .exists(FoundImage(digest: named))
    }
    let full = try await manifest("GET", question)
    guard full.answer.head.statusCode == 200 else { return try await refusal(full, question) }
    try checkType(full.answer)
    let bytes = full.answer.body
    let digest = try verified(bytes, named: named, asked: question.reference.digest)
    guard let manifest = Manifest(bytes) else { throw Doubt.malformed(.manifest) }
    var platforms = manifest.platforms
    if wantsPlatforms, let configuration = manifest.configurationDigest {
      platforms = try await platform(configuration, question).map { [$0] }
    }
    guard wantsPlatforms else { return .exists(FoundImage(digest: digest)) }
    return .exists(
      FoundImage(digest: digest, platforms: platforms, children: manifest.children))
  }

  /// OCI distribution, "Pulling manifests": the digest is that of the bytes, whoever names it.
  private func verified(_ bytes: [UInt8], named: String?, asked: String?) throws(Doubt) -> String {
    for digest in [named, asked].compactMap({ $0 })
    where ContentDigest.matches(digest, bytes) == false {
      throw .digestMismatch
    }
    return asked ?? named ?? ContentDigest.of(bytes)
  }

  /// A login page with status 200 is no image.
  func checkType(_ answer: RegistryClient.Answer) throws(Doubt) {
    let field = answer.head.headers["Content-Type"] ?? ""
    let type = field.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    guard Manifest.acceptedTypes.contains(type) else {
      throw .notAManifest(contentType: String(type.prefix(100)))
    }
  }

  /// Of a single image: its configuration says so; nil when it does not.
  private func platform(_ digest: String, _ question: Question) async throws -> String? {
    let path = "/v2/\(question.reference.repository)/blobs/\(digest)"
    let blob = try await request("GET", path, question, headers: [:])
    guard blob.answer.head.statusCode == 200 else { return nil }
    guard ContentDigest.matches(digest, blob.answer.body) != false else {
      throw Doubt.digestMismatch
    }
    return Manifest.platform(ofConfiguration: blob.answer.body)
  }

  // MARK: Requests

  struct Asked {
    let answer: RegistryClient.Answer
    let hasCredentials: Bool
  }

  func manifest(
    _ method: String, _ question: Question, version: String? = nil
  ) async throws -> Asked {
    try await request(
      method,
      "/v2/\(question.reference.repository)/manifests/\(version ?? question.version)", question,
      headers: ["Accept": Manifest.acceptedTypes.joined(separator: ", ")])
  }

  /// Sends a request, and once more with what the registry's challenge asks for.
  func request(
    _ method: String, _ path: String, _ question: Question, headers: HTTPHeaders
  ) async throws -> Asked {
    guard let url = question.endpoint.url(path) else { throw Doubt.transport(.invalidURL) }
    let known = authorizations.withLock { $0[question.key] }
    let first = try await client.send(
      method, url, headers: headers, authorization: known?.field, limit: Manifest.limit,
      journal: question.journal)
    guard first.head.statusCode == 401 else {
      return Asked(answer: first, hasCredentials: known?.hasCredentials ?? false)
    }
    if let host = first.otherHost { throw Doubt.redirectedToLogin(host: host) }
    guard let challenge = Challenge.best(of: first.head.wwwAuthenticate) else {
      throw Doubt.unknownChallenge
    }
    let credentials = try await keeper.credentials(of: question.reference.registry)
    guard credentials == nil || question.endpoint.isConfidential else {
      throw Doubt.credentialsOverPlainHTTP
    }
    guard let field = try await meet(challenge, credentials, question) else {
      return Asked(answer: first, hasCredentials: false)
    }
    let second = try await client.send(
      method, url, headers: headers, authorization: field, limit: Manifest.limit,
      journal: question.journal)
    let authorization = Authorization(field: field, hasCredentials: credentials != nil)
    if second.head.statusCode != 401 {
      authorizations.withLock { $0[question.key] = authorization }
    }
    return Asked(answer: second, hasCredentials: authorization.hasCredentials)
  }

  /// Nil when a password is wanted and nobody knows one.
  private func meet(
    _ challenge: Challenge, _ credentials: RegistryCredentials?, _ question: Question
  ) async throws -> String? {
    switch challenge {
    case .basic: return credentials?.basic
    case .bearer(let realm, let service, let scope):
      if case .bearer(let token)? = credentials { return "Bearer \(token.revealed)" }
      return try await TokenService(client: client).authorization(
        realm: realm, service: service,
        scope: scope ?? "repository:\(question.reference.repository):pull",
        credentials: credentials, for: question.endpoint)
    }
  }

  // MARK: Refusals

  func refusal(_ asked: Asked, _ question: Question) async throws -> ProbeOutcome {
    let answer = asked.answer
    switch answer.head.statusCode {
    case 401:
      if let host = answer.otherHost { throw Doubt.redirectedToLogin(host: host) }
      return .noAccess(.refused(hasCredentials: asked.hasCredentials))
    case 403: return .noAccess(.forbidden(hasCredentials: asked.hasCredentials))
    case 400, 404:
      // The answer to HEAD has no body, and only the body has the code.
      let full =
        answer.body.isEmpty ? try await manifest("GET", question).answer : answer
      guard full.head.statusCode == answer.head.statusCode else {
        throw Doubt.status(full.head.statusCode)
      }
      return try named(ErrorCodes.read(full.body), status: full.head.statusCode)
    default: throw Doubt.status(answer.head.statusCode)
    }
  }

  private func named(_ codes: Set<String>, status: Int) throws(Doubt) -> ProbeOutcome {
    if status == 400 {
      guard codes.contains("NAME_INVALID") else { throw .status(400) }
      return .noAccess(.nameRefused)
    }
    for code in ["MANIFEST_UNKNOWN", "NAME_UNKNOWN"] where codes.contains(code) {
      return .gone(code: code)
    }
    throw .notFoundWithoutCode
  }
}
