import Inventory
import Reports

/// The argument of `explain`: `[NAMESPACE/]KIND/NAME`.
struct WorkloadQuery: Hashable, Sendable {
  /// Nil when it was not typed.
  let namespace: String?
  /// As typed.
  let typedKind: String
  let name: String

  static let form = "[NAMESPACE/]KIND/NAME"

  var kind: KindName { KindName(typedKind) }

  init(_ text: String?) throws(ExplainError) {
    guard let text else { throw .nothingNamed }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
      throw .malformed(text)
    }
    namespace = parts.count == 3 ? parts[0] : nil
    typedKind = parts[parts.count - 2]
    name = parts[parts.count - 1]
  }

  /// Where to look: the namespaces to scan; empty for the whole cluster.
  ///
  /// As in kubectl the context's namespace counts when none is named; what may be cluster-scoped
  /// is looked for everywhere.
  func namespaces(
    flag: [String], isEverywhere: Bool, context: String
  ) throws(ExplainError) -> [String] {
    if let namespace {
      let others = flag.filter { $0 != namespace }
      guard isEverywhere || others.isEmpty else { throw .twoNamespaces(namespace, others[0]) }
      return [namespace]
    }
    if isEverywhere { return [] }
    if !flag.isEmpty { return flag }
    return kind.isNamespaced ? [context] : []
  }

  /// - Parameter namespaces: those looked in; empty: everywhere, then cluster-scoped objects and
  ///   those of `context` are meant, unless everything is.
  func matches(_ workload: WorkloadIdentity) -> Bool {
    workload.name == name && kind.matches(workload)
      && (namespace.map { $0 == workload.namespace } ?? true)
  }
}

/// Why `explain` has nothing to tell.
enum ExplainError: Error, Hashable {
  case nothingNamed
  case malformed(String)
  /// Named in the argument, and by `--namespace`.
  case twoNamespaces(String, String)
  case notFound(NotFound)

  struct NotFound: Hashable {
    let query: WorkloadQuery
    /// Those looked in; empty: all.
    let namespaces: [String]
    /// Workloads of a like name, nearest first.
    let near: [String]
    /// What the ledger says of the kind; nil when it is none that was looked for.
    let coverage: [CoverageEntry]?
  }
}

func describe(_ error: ExplainError) -> String {
  switch error {
  case .nothingNamed:
    return "\"explain\" needs a workload: kubectl gcr-report explain \(WorkloadQuery.form)"
  case .malformed(let text):
    return "\"\(text)\" names no workload; expected \(WorkloadQuery.form), for example"
      + " kube-system/deployment/coredns"
  case .twoNamespaces(let named, let flag):
    return
      "the workload is in namespace \"\(named)\" and --namespace says \"\(flag)\"; leave out one"
  case .notFound(let facts):
    return describe(facts)
  }
}

private func describe(_ facts: ExplainError.NotFound) -> String {
  let query = facts.query
  let place =
    facts.namespaces.isEmpty
    ? "in the cluster"
    : "in namespace \(WordList.either(facts.namespaces.map { "\"\($0)\"" }))"
  var text = "there is no \"\(query.typedKind)/\(query.name)\" \(place)"
  if let coverage = facts.coverage {
    let gaps = coverage.filter(\.isGap)
    if let gap = gaps.first {
      text =
        "\"\(query.typedKind)/\(query.name)\" was not found \(place), where \(gap.resource)"
        + " could not be read (\(gap.state.rawValue)): it may be there"
    } else if coverage.allSatisfy({ $0.state == .notServed }) {
      text += "; the server does not have the kind"
    } else {
      text += " that names an image; the kind was read"
    }
  } else {
    text +=
      "; \"\(query.typedKind)\" is none of the kinds that were read for images, such as"
      + " \(WordList.either(KindName.builtIn))"
  }
  if facts.near.isEmpty {
    return query.namespace == nil && !facts.namespaces.isEmpty && facts.coverage != nil
      ? text + "; -A looks in every namespace" : text
  }
  return text + "; near it: \(facts.near.joined(separator: ", "))"
}
