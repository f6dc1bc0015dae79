import Kubeconfig
import KubernetesAPI
import Scanning
import YAMLDocuments

/// What the scan may read, and what is to be said of that.
struct ScheduleRole {
  let rules: [YAMLTree]
  let remark: String
  /// The context's namespace; nil when no cluster was asked.
  let namespace: String?
  /// Whether the cluster gives each namespace users of its own.
  let isOpenShift: Bool

  /// Long enough for a cluster that answers.
  private static let patience = Duration.seconds(30)

  /// Asks the cluster which kinds it has; where none is named and none answers, names what the
  /// tables know, and says so.
  ///
  /// - Throws: when a cluster was named and cannot be asked.
  static func ask(_ invocation: Invocation) async throws -> ScheduleRole {
    guard !invocation.arguments[Flags.schedule.offline] else {
      return documented(invocation)
    }
    do {
      return try await live(invocation)
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as UsageError {
      throw error
    } catch ScanError.noSuchKind(let names) {
      throw ScanError.noSuchKind(names)
    } catch {
      try Task.checkCancellation()
      guard !namesCluster(invocation.arguments) else { throw error }
      invocation.diagnostics.warning(
        "no cluster could be asked which kinds it has (\(reason(error))): the role names every kind"
          + " that is documented, as with --offline")
      return documented(invocation)
    }
  }

  private static func reason(_ error: any Error) -> String {
    error is TimeLimitExceeded ? "none answered within 30s" : describe(error)
  }

  private static func live(_ invocation: Invocation) async throws -> ScheduleRole {
    let access = try ClusterAccess(invocation)
    let target = try access.target()
    let client = access.client(for: target)
    let survey = AccessSurvey(invocation, client: client, target: target)
    let needs = try await client.whileOpen {
      try await withTimeLimit(patience) { try await survey.needs() }
    }
    return ScheduleRole(
      needs, namespace: target.namespace,
      // Only OpenShift has kinds that configure mirrors.
      isOpenShift: needs.contains { $0.purpose == .mirrors },
      readsSecrets: ScanOptions(invocation.arguments).helm)
  }

  private static func documented(_ invocation: Invocation) -> ScheduleRole {
    let options = ScanOptions(invocation.arguments)
    return ScheduleRole(
      AccessNeed.documented(options), namespace: nil, isOpenShift: false,
      readsSecrets: options.helm)
  }

  private init(
    _ needs: [AccessNeed], namespace: String?, isOpenShift: Bool, readsSecrets: Bool
  ) {
    rules = AccessRole.rules(AccessGrant.granting(needs))
    self.namespace = namespace.flatMap { $0.isEmpty ? nil : $0 }
    self.isOpenShift = isOpenShift
    remark =
      readsSecrets
      ? "Beware: this grants reading every Secret in all namespaces, for Helm's releases."
      : ""
  }

  /// Whether a flag, rather than a kubeconfig's current context, says which cluster is meant.
  private static func namesCluster(_ arguments: ParsedArguments) -> Bool {
    let flags = Flags.connection
    return [
      flags.kubeconfig, flags.kubeconfigDirectory, flags.context, flags.cluster, flags.server,
    ].contains { arguments.isTyped($0) }
  }
}
