import Foundation
import Inventory
import Kubeconfig
import KubernetesAPI
import RegistryCatalogue

/// Candidates that lie outside the program: in kubeconfig files, the catalogue, the cluster.
///
/// Nothing here prompts, waits for long or says what went wrong: there are then no candidates.
struct LiveValues: Sendable {
  /// For everything together; a shell waits this long at most.
  static let limit = Duration.seconds(2)

  private let invocation: Invocation

  init(request: CompletionRequest, environment: Environment, registry: CommandRegistry) {
    var quiet = environment
    quiet.terminal.isInputTerminal = false
    quiet.standardError = .silent
    invocation = Invocation(
      arguments: Self.arguments(of: request, environment: quiet, registry: registry),
      environment: quiet, registry: registry)
  }

  func candidates(for completion: ValueCompletion) async -> [CompletionAnswer.Candidate] {
    await limited { try await read(completion) }
  }

  /// What comes in time; nothing where something is wrong.
  func limited<Value: Sendable>(
    _ read: @escaping @Sendable () async throws -> [Value]
  ) async -> [Value] {
    await TimeLimit.run(Self.limit) {
      do {
        return try await read()
      } catch {
        return []
      }
    } ?? []
  }

  /// Files and folders that begin with `text`, after `head`; a folder ends in a slash.
  func paths(_ text: String, head: String) -> CompletionAnswer {
    let cut = text.lastIndex(of: "/").map(text.index(after:)) ?? text.startIndex
    let (folder, start) = (text[..<cut], text[cut...])
    let place = invocation.environment.absolute(String(folder))
    let manager = FileManager.default
    let names: [String]
    do {
      names = try manager.contentsOfDirectory(atPath: place)
    } catch {
      return CompletionAnswer(directive: [.noFiles, .noSpace])
    }
    var answer = CompletionAnswer(directive: .noFiles)
    for name in names.sorted()
    where name.hasPrefix(start) && (start.hasPrefix(".") || !name.hasPrefix(".")) {
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: "\(place)/\(name)", isDirectory: &isFolder) else { continue }
      if isFolder.boolValue { answer.directive.insert(.noSpace) }
      answer.candidates.append(
        .init(value: "\(head)\(folder)\(name)\(isFolder.boolValue ? "/" : "")"))
    }
    return answer
  }

  // MARK: Sources

  private func read(
    _ completion: ValueCompletion
  ) async throws -> [CompletionAnswer.Candidate] {
    switch completion {
    case .contexts: return try names(kubeconfig().contexts.map(\.name))
    case .clusters: return try names(kubeconfig().clusters.map(\.name))
    case .users: return try names(kubeconfig().users.map(\.name))
    case .namespaces: return names(try await namespaces())
    case .rules:
      return try CatalogueSource(invocation).load().rules
        .map { .init(value: $0.id, help: $0.title) }.sorted { $0.value < $1.value }
    case .byKind, .files, .folders, .formats, .helpSubjects, .words, .workloads: return []
    }
  }

  private func kubeconfig() throws -> Kubeconfig {
    try KubeconfigLoader(sources: KubeconfigSources(invocation)).load()
  }

  private func names(_ names: [String]) -> [CompletionAnswer.Candidate] {
    names.sorted().map { .init(value: $0) }
  }

  /// Of the sample, or of the cluster, or the one of the context where they may not be listed.
  private func namespaces() async throws -> [String] {
    switch invocation.arguments.command {
    case .demo: return try SampleCluster.embedded().namespaces
    // Reports and files are somebody else's: no cluster knows their names.
    case .merge, .files: return []
    default: break
    }
    let namespaces = APIResource(
      group: "", version: "v1", name: "namespaces", kind: "Namespace", isNamespaced: false)
    return try await asking { client, target in
      do {
        return try await Self.names(namespaces, nil, client)
      } catch APIError.forbidden {
        return target.namespace.map { [$0] } ?? []
      }
    }
  }

  /// Names of the first list that is served, in the namespace that the command would look in.
  func names(in lists: [APIResource], namespace: String?) async throws -> [String] {
    let arguments = invocation.arguments
    let isEverywhere = namespace == nil && arguments[Flags.selection.allNamespaces]
    let flag = arguments[Flags.selection.namespaces].first
    return try await asking { client, target in
      let place = isEverywhere ? nil : namespace ?? flag ?? target.namespace ?? "default"
      for list in lists {
        do {
          return try await Self.names(list, place, client)
        } catch APIError.notFound {
          continue
        }
      }
      return []
    }
  }

  private func asking(
    _ question: (APIClient, ClusterTarget) async throws -> [String]
  ) async throws -> [String] {
    let access = try ClusterAccess(invocation)
    let target = try access.target()
    let client = access.client(for: target)
    return try await client.whileOpen { try await question(client, target) }
  }

  private static func names(
    _ resource: APIResource, _ namespace: String?, _ client: APIClient
  ) async throws -> [String] {
    try await client.list(
      resource, namespace: namespace, options: ListOptions(), schema: .metadataOnly,
      into: { [String]() }, add: { $0.append($1.metadata.name) },
      merge: { $0.append(contentsOf: $1) }
    ).shard.sorted()
  }

  /// What is typed, and under it what is set; what is wrong counts as not there.
  private static func arguments(
    of request: CompletionRequest, environment: Environment, registry: CommandRegistry
  ) -> ParsedArguments {
    var arguments = ParsedArguments(
      command: request.command?.name ?? registry.fallback.name,
      isCommandNamed: request.command != nil, positionals: [], values: [:])
    do {
      arguments = try ArgumentParser(registry: registry).parse(request.finished)
      return try Settings.load(arguments, environment: environment, table: registry.flags)
        .applied(to: arguments, table: registry.flags)
    } catch {
      return arguments
    }
  }
}

/// Work that is given up when it takes too long.
enum TimeLimit {
  /// Nil when the time is over first; the work is then cancelled, and its end not waited for.
  static func run<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let (stream, continuation) = AsyncStream.makeStream(of: Value?.self)
    let worker = Task { continuation.yield(await work()) }
    let timer = Task {
      do { try await Task.sleep(for: limit) } catch { return }
      continuation.yield(nil)
    }
    defer {
      worker.cancel()
      timer.cancel()
    }
    for await value in stream { return value }
    return nil
  }
}
