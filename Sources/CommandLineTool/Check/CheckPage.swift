import ImageReferences
import RegistryProbes
import Reports

/// The answers as a table, and their sum.
struct CheckPage {
  let report: CheckReport

  func text(_ options: RenderOptions) -> String {
    guard !report.rows.isEmpty else {
      return (["no images to ask about"] + notRead(options)).joined(separator: "\n") + "\n"
    }
    let table = FittingTable(
      titles: ["STATE", "IMAGE", "REPLACEMENT", "THERE", "NOTE"],
      rows: report.rows.map { row in
        [
          row.outcome.word, row.subject.image.canonical,
          row.subject.replacement?.canonical ?? "-", row.replacement?.word ?? "-",
          Self.note(row),
        ]
      })
    return (table.lines(options) + [""] + wrapped(summary, options) + notRead(options))
      .joined(separator: "\n") + "\n"
  }

  private func notRead(_ options: RenderOptions) -> [String] {
    report.gaps.isEmpty
      ? [] : wrapped((["NOT READ"] + report.gaps).joined(separator: " · "), options)
  }

  private func wrapped(_ text: String, _ options: RenderOptions) -> [String] {
    options.lineWidth.map { TextLayout.wrap(text, to: $0) } ?? [text]
  }

  private var summary: String {
    ["exists", "gone", "private", "unknown"].map { word in
      "\(report.rows.count { $0.outcome.word == word }) \(word)"
    }.joined(separator: " · ")
      + " · \(report.rows.count { $0.replacement?.image != nil }) of"
      + " \(report.rows.count { $0.replacement != nil }) replacements exist"
  }

  private static func note(_ row: CheckRow) -> String {
    var notes: [String] = []
    if let isSame = row.isSameDigest { notes.append(isSame ? "same digest" : "other digest") }
    if let reason = row.outcome.reason { notes.append(reason) }
    notes += platforms(row, row.outcome, "image")
    if let replacement = row.replacement {
      if let reason = replacement.reason { notes.append("replacement: \(reason)") }
      notes += platforms(row, replacement, "replacement")
    }
    return notes.isEmpty ? "-" : notes.joined(separator: "; ")
  }

  private static func platforms(
    _ row: CheckRow, _ outcome: ProbeOutcome, _ name: String
  ) -> [String] {
    guard outcome.image != nil, !row.subject.platforms.isEmpty else { return [] }
    guard let missing = row.missingPlatforms(outcome) else {
      return ["platforms of the \(name) not known"]
    }
    return missing.isEmpty ? [] : ["\(name) is not for \(missing.joined(separator: ", "))"]
  }
}
