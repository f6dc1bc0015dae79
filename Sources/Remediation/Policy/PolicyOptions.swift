/// How a policy is written.
package struct PolicyOptions: Hashable, Sendable {
  package var engine: PolicyEngine
  package var action: PolicyAction
  /// Whether Pods and Jobs are judged too whose owner is judged already.
  package var includesOwned: Bool

  package init(engine: PolicyEngine, action: PolicyAction, includesOwned: Bool = false) {
    self.engine = engine
    self.action = action
    self.includesOwned = includesOwned
  }
}
