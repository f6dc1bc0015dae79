/// Where the commands that work on findings take them from, and where their files go.
struct SourceFlags: FlagGroup {
  static let category = FlagCategory.source
  static let commands = CommandName.onFindings

  let from = Flag.list(
    "from", "FILE", commaSeparated: false,
    "Take the findings of this report (-o json) instead of scanning now; a folder of reports, - for"
      + " standard input, or several, which count as one"
  ).settable(.nowhere)
  let outputDirectory = Flag.path(
    "output-dir", placeholder: "DIR", commands: [.fix, .mirror, .policy],
    "Write the files into this folder instead of printing them; a file that is there already with"
      + " other content is left alone, and the run ends before anything is written"
  ).completing(.folders).settable(.nowhere)
  let overwrite = Flag.toggle(
    "overwrite", commands: [.fix, .mirror, .policy],
    "Let --output-dir replace files that are there already"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] { [from, outputDirectory, overwrite] }
}
