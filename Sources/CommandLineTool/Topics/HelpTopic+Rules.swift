import RegistryCatalogue

extension HelpTopic {
  static let rules = HelpTopic(
    name: "rules",
    summary: "What the catalogue says, and how to add to it",
    blocks: [
      .paragraph(
        "A rule names registries, or parts of them, and tells their fate: what is known, since when,"
          + " who says so, and what to use instead. \"kubectl gcr-report rules\" lists them,"
          + " \"kubectl gcr-report rules NAME\" explains one. Of several rules that match, the most"
          + " specific one counts."),
      .heading("Fate"),
      .list(Fate.allCases.map { ($0.rawValue, $0.meaning) }),
      .heading("Certainty"),
      .list(Certainty.allCases.map { ($0.rawValue, $0.meaning) }),
      .paragraph(
        "A file given with --rules adds rules of your own. One with a known id replaces that rule;"
          + " one without a certainty is told as what your file says."
          + " Projects on gcr.io that nobody can vouch for are unverified; declare yours:"),
      .verbatim(
        """
        rules:
        - id: own-projects
          fate: ok
          match: [gcr.io/acme-prod, eu.gcr.io/acme-prod]
        """),
      .paragraph(
        "\"kubectl gcr-report rules --export\" prints the whole catalogue in the form that such a"
          + " file has. Every report names version, date and SHA-256 of the rules it used."),
    ])
}
