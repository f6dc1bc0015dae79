import Remediation

/// In which form `fix` writes its plan.
struct FixFlags: FlagGroup {
  static let category = FlagCategory.source
  static let commands: Set<CommandName> = [.fix]

  let format = Flag.optionalChoice(
    "format", "FORM", of: FixFormat.allCases,
    "Write commands, a plan that is a shell script too (the default); patches, a guarded JSON patch"
      + " for each object; kustomize, a component for each namespace; or values of Helm charts")

  var flags: [any ReadableFlag] { [format] }
}
