import RegistryCatalogue

extension HelpTopic {
  static let risk = HelpTopic(
    name: "risk",
    summary: "How bad a finding is, and why",
    blocks: [
      .paragraph(
        "A rule of the catalogue gives an image's registry a fate. The cluster gives each use of the"
          + " image an exposure: what the next start of its container would do. Both together are"
          + " the risk."),
      .grid(matrix),
      .heading("Exposure"),
      .list(Exposure.allCases.map { ($0.rawValue, $0.meaning) }),
      .heading("Fate"),
      .list(Fate.allCases.map { ($0.rawValue, $0.meaning) }),
      .paragraph(
        "A node's list of images proves that it holds one, not that it lacks one: the kubelet cuts"
          + " the list at 50. What may not be read is unknown, and unknown counts like a pull."),
      .paragraph(
        "A container that runs the image on a node created after the registry went shows that this"
          + " cluster can obtain it: the risk of gone drops by one level, that of probe to info, and"
          + " the reason says so."),
      .paragraph(
        "History (old revisions, completed work) never counts as at risk; --include history shows"
          + " it. Each finding carries its reasons in words: explain, csv, json."),
    ])

  private static var matrix: [[String]] {
    let exposures = Exposure.allCases
    return [["FATE"] + exposures.map { $0.rawValue.uppercased() }]
      + RiskMatrix.table.map { row in
        [row.fate]
          + exposures.map { exposure in
            let risk = row.risks[exposure] ?? .clean
            return risk == .clean ? "-" : risk.rawValue
          }
      }
  }
}
