import KubernetesAPI
import Reports
import Scanning

extension LiveValues {
  /// Of `[NAMESPACE/]KIND/NAME` the part at the cursor: namespaces and kinds, then names.
  func workloads(_ text: String) async -> CompletionAnswer {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let kinds = BuiltInKinds.all.map { $0.kind.lowercased() }
    switch parts.count {
    case 1:
      return opening(kinds + (await candidates(for: .namespaces)).map(\.value), before: text)
    case 2 where lists(ofKind: parts[0]).isEmpty:
      return opening(kinds.map { "\(parts[0])/\($0)" }, before: text)
    case 2, 3:
      let namespace = parts.count == 3 ? parts[0] : nil
      let served = lists(ofKind: parts[parts.count - 2])
      let found = await limited { try await names(in: served, namespace: namespace) }
      let head = parts.dropLast().joined(separator: "/")
      return CompletionAnswer(
        candidates: found.map { .init(value: "\(head)/\($0)") }
          .filter { $0.value.hasPrefix(text) })
    default:
      return .nothing
    }
  }

  /// More must follow each of them.
  private func opening(_ words: [String], before text: String) -> CompletionAnswer {
    CompletionAnswer(
      candidates: words.map { .init(value: "\($0)/") }.filter { $0.value.hasPrefix(text) },
      directive: [.noFiles, .noSpace])
  }

  /// Kinds may be typed as `explain` takes them.
  private func lists(ofKind typed: String) -> [APIResource] {
    let kind = KindName(typed)
    return BuiltInKinds.all.first { entry in
      entry.lists.contains { kind.matches(resource: $0.qualifiedName) }
    }?.lists ?? []
  }
}
