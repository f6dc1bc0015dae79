import Foundation
package import Kubeconfig
package import KubernetesAPI

/// Finds the credentials of registries: each is asked for once, when a registry wants some.
package actor CredentialKeeper {
  private let environment: [String: String]
  private let path: String?
  private let files: any KubeconfigFiles
  private let gate: CredentialProcessGate
  private let timeLimit: Duration
  private var configuration: Result<DockerConfiguration, CredentialsError>?
  private var known: [String: Task<Result<RegistryCredentials?, CredentialsError>, Never>] = [:]

  /// - Parameters:
  ///   - environment: `DOCKER_CONFIG`, and what helpers run with.
  ///   - home: where `.docker/config.json` is looked for; nil looks nowhere.
  package init(
    environment: [String: String], home: String?, files: any KubeconfigFiles = LocalFiles(),
    gate: CredentialProcessGate, timeLimit: Duration = .seconds(60)
  ) {
    self.environment = environment
    self.files = files
    self.gate = gate
    self.timeLimit = timeLimit
    if let folder = environment["DOCKER_CONFIG"], !folder.isEmpty {
      path = folder + "/config.json"
    } else {
      path = home.map { $0 + "/.docker/config.json" }
    }
  }

  /// Nil for a registry of which nothing is known: it is asked anonymously.
  func credentials(of registry: String) async throws(CredentialsError) -> RegistryCredentials? {
    let task: Task<Result<RegistryCredentials?, CredentialsError>, Never>
    if let running = known[registry] {
      task = running
    } else {
      task = Task { await find(registry) }
      known[registry] = task
    }
    return try await task.value.get()
  }

  private func find(_ registry: String) async -> Result<RegistryCredentials?, CredentialsError> {
    do {
      switch try loaded().get().source(of: registry) {
      case nil: return .success(nil)
      case .stored(let credentials): return .success(credentials)
      case .helper(let name, let server): return .success(try await ask(name, server))
      }
    } catch let error as CredentialsError {
      return .failure(error)
    } catch {
      return .failure(.helperFailed("it was stopped"))
    }
  }

  private func loaded() -> Result<DockerConfiguration, CredentialsError> {
    if let configuration { return configuration }
    let result = Result { () throws(CredentialsError) in try load() }
    configuration = result
    return result
  }

  private func load() throws(CredentialsError) -> DockerConfiguration {
    guard let path else { return .empty }
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch FileFailure.missing {
      return .empty
    } catch {
      throw .unreadableConfiguration(error.inWords)
    }
    return try DockerConfiguration(bytes)
  }

  // MARK: Helpers (docker/docker-credential-helpers)

  private struct Answer: Decodable {
    var username: String
    var secret: String

    enum CodingKeys: String, CodingKey {
      case username = "Username"
      case secret = "Secret"
    }
  }

  /// The server goes through standard input, the answer through a pipe: neither a command line
  /// nor a file ever holds them. What the helper says on standard error is not repeated.
  private func ask(_ name: String, _ server: String) async throws -> RegistryCredentials? {
    let isName = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "-_.".utf8.contains(byte)
    }
    guard isName else { throw CredentialsError.badHelperName }
    let program = "docker-credential-\(name)"
    let lookup = ExecutableLookup(environment: environment, files: files)
    guard let executable = lookup.path(of: program) else {
      throw CredentialsError.helperMissing(program)
    }
    let child = ChildProcess(
      executable: executable, arguments: [program, "get"], environment: environment,
      input: Array(server.utf8), timeLimit: timeLimit)
    let result: ChildProcess.Result
    do {
      result = try await gate.withTurn(interactive: false) { try await child.run() }
    } catch {
      throw CredentialsError.helperFailed(program)
    }
    guard result.termination == .exited(status: 0) else {
      // The words by which helpers say that they hold nothing (credentials/error.go).
      let words = String(decoding: result.output.prefix(4096), as: UTF8.self)
      if words.contains("credentials not found in native keychain") { return nil }
      throw CredentialsError.helperFailed(program)
    }
    guard let answer = JSONAnswer.read(result.output, as: Answer.self), !answer.secret.isEmpty
    else { throw CredentialsError.helperAnswer(program) }
    // This name says that the secret is a refresh token.
    return answer.username == "<token>"
      ? .identity(Secret(answer.secret))
      : .password(user: answer.username, Secret(answer.secret))
  }
}
