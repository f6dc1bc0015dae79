import RegistryCatalogue

/// Which files are read, and what is assumed of them.
struct FilesFlags: FlagGroup {
  static let category = FlagCategory.files
  static let commands: Set<CommandName> = [.files]

  let include = Flag.list(
    "include", "GLOB", commaSeparated: false,
    "Read only files of folders that match this pattern, in the form of .gitignore")
  let exclude = Flag.list(
    "exclude", "GLOB", commaSeparated: false,
    "Leave out files and folders that match this pattern, in the form of .gitignore")
  let exposure = Flag.optionalChoice(
    "exposure", "EXPOSURE", of: [Exposure.pulls, .unknown, .cached, .dormant],
    "What to assume of the next start of what the files name: pulls, unknown, cached or dormant"
      + " (the default)")
}
