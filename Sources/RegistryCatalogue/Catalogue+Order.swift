/// One pattern of a rule, with at most one tag pattern, at its place in the order of judgement.
package struct OrderedPattern: Hashable, Sendable {
  package let rule: Rule
  package let pattern: ReferencePattern
  /// Nil: every tag, and digests without one.
  package let tag: TagPattern?
}

extension Catalogue {
  /// Every pattern in the order in which a reference is held against them: the first one that
  /// matches, and whose rule does not except the reference, judges it.
  package var orderedPatterns: [OrderedPattern] {
    index.ordered.map {
      OrderedPattern(rule: rules[$0.rule], pattern: $0.pattern, tag: $0.tag)
    }
  }
}
