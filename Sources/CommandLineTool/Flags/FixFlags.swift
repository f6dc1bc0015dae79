import Remediation

/// In which form `fix` writes its plan.
struct FixFlags: FlagGroup {
  static let category = FlagCategory.source
  static let commands: Set<CommandName> = [.fix]

  let format = Flag.choice(
    "format", default: FixFormat.commands,
    "commands is a plan that is a shell script too; patches has one guarded JSON patch per object;"
      + " kustomize has a component per namespace; values has the values of Helm charts")
}
