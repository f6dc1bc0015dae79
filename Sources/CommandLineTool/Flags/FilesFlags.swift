import Inventory
import RegistryCatalogue
import Remediation

/// Which files are read, and what is assumed of them.
struct FilesFlags: FlagGroup {
  static let category = FlagCategory.files
  static let commands: Set<CommandName> = [.files]
  private static let reading = commands.union([.trace])

  let include = Flag.list(
    "include", "GLOB", commaSeparated: false, commands: reading,
    "Read only files of folders that match this pattern, in the form of .gitignore")
  let exclude = Flag.list(
    "exclude", "GLOB", commaSeparated: false, commands: reading,
    "Leave out files and folders that match this pattern, in the form of .gitignore")
  let git = Flag.text(
    "git", "REV", commands: reading,
    "Read the files of this git revision (a branch, tag or commit) instead of those on disk;"
      + " .gitignore says nothing of what is committed"
  ).settable(.nowhere)
  let diff = Flag.toggle(
    "diff",
    "Print what --write would change, as a unified diff, instead of the report"
  ).settable(.nowhere)
  let write = Flag.toggle(
    "write",
    "Write the new references into the files, where a rule names the same image elsewhere; only their"
      + " bytes change"
  ).settable(.nowhere)
  let to = Flag.mirror(
    "to",
    "Let --diff and --write put references to this registry of yours, optionally with a path, in place"
      + " of the public ones: REGISTRY/registry.k8s.io/pause")
  let via = Flag.optionalChoice(
    "via", "WAY", of: RewriteWay.allCases,
    "Let --diff and --write leave the files alone that a kustomization lists, and add to its images"
      + " instead: kustomize")
  let lock = Flag.path(
    "lock",
    "Write which image becomes which to this file, beside --diff or --write: columns old, new and"
      + " digest, parted by tabs"
  ).settable(.nowhere)
  let confidence = Flag.optionalChoice(
    "confidence", "WORD", of: SourceConfidence.allCases,
    "Change references of this confidence and better: parsed, values (the default) or text")
  let force = Flag.toggle(
    "force", "Let --write change files of a git repository that has changes of its own"
  ).settable(.nowhere)
  let exposure = Flag.optionalChoice(
    "exposure", "EXPOSURE", of: [Exposure.pulls, .unknown, .cached, .dormant],
    "What to assume of the next start of what the files name: pulls, unknown, cached or dormant"
      + " (the default)")

  var flags: [any ReadableFlag] {
    [
      include, exclude, git, diff, write, to, via, lock, confidence, force, exposure,
    ]
  }
}

/// Where a new reference is put, if not in place of the old one.
enum RewriteWay: String, Hashable, Sendable, CaseIterable {
  case kustomize
}
