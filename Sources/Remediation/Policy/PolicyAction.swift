/// What a policy does to an object with an image that it judges.
package enum PolicyAction: String, Hashable, Sendable, CaseIterable {
  /// Only the audit log, or the engine's reports, tell of it.
  case audit
  /// The person who applies it is told too.
  case warn
  /// It is refused.
  case deny
  /// What a machine may rewrite is rewritten; the rest stays.
  case rewrite
}

extension [PolicyAction] {
  /// From the harmless to the strict.
  var inOrder: [PolicyAction] {
    PolicyAction.allCases.filter(contains)
  }
}
