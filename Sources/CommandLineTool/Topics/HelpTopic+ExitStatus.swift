extension HelpTopic {
  static let exitStatus = HelpTopic(
    name: "exit-status",
    summary: "What scripts and pipelines may rely on",
    blocks: [
      .list(ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) }),
      .paragraph(
        "The first that applies counts, in the order "
          + ExitStatus.precedence.map { "\($0.rawValue)" }.joined(separator: ", ") + "."),
      .paragraph(
        "--fail-on LEVEL counts findings with this risk or a higher one. History and what"
          + " --exceptions covers never count. With --baseline FILE, a former report (-o json),"
          + " only findings that it does not hold count."),
      .paragraph("--exit-zero turns 3 and 4 into 0, never 1 or 2."),
      .verbatim("kubectl gcr-report --fail-on high --require-complete -o junit=report.xml"),
    ])
}
