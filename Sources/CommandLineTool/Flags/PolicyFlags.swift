import Remediation

/// Which policy is written, and what it does.
struct PolicyFlags: FlagGroup {
  static let category = FlagCategory.policy
  static let commands: Set<CommandName> = [.policy]

  let engine = Flag.optionalChoice(
    "for", "ENGINE", of: PolicyEngine.allCases,
    "What enforces the policy: vap (ValidatingAdmissionPolicy), map (MutatingAdmissionPolicy), kyverno"
      + " (ClusterPolicy), kyverno-cel (ValidatingPolicy and MutatingPolicy) or gatekeeper; by"
      + " default what the server has: Kyverno, else Gatekeeper, else vap from Kubernetes 1.30 on")
  let action = Flag.optionalChoice(
    "action", "ACTION", of: PolicyAction.allCases,
    "What happens to an object with such an image: audit, warn (the default), deny, or rewrite (the"
      + " one that map knows; kyverno-cel knows it too)")
  let includesOwned = Flag.toggle(
    "include-owned",
    "Also judge the Pods, ReplicaSets and Jobs that a judged object makes; with deny, running"
      + " workloads then lose Pods that restart")
  let rehearse = Flag.toggle(
    "rehearse",
    "Write no policy: tell what it would do to each object of the cluster, or of --from, today"
  ).settable(.nowhere)
  let form = Flag.choice(
    "output", short: "o", default: AnswerForm.table,
    "With --rehearse print a table, or everything as JSON"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] { [engine, action, includesOwned, rehearse, form] }
}
