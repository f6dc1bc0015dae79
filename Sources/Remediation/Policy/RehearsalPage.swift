import ImageReferences
import Inventory
import RegistryCatalogue
import Reports

/// A rehearsal as text for people.
package struct RehearsalPage {
  private let rehearsal: Rehearsal
  /// Nil in a pipe: nothing is broken or shortened there.
  private let width: Int?

  package init(_ rehearsal: Rehearsal, width: Int?) {
    self.rehearsal = rehearsal
    self.width = width
  }

  package var text: String {
    let sample =
      rehearsal.isSample ? "\(Report.sampleNotice)\n\n" : ""
    return sample + rehearsal.clusters.map(cluster).joined(separator: "\n")
  }

  private func cluster(_ cluster: Rehearsal.Cluster) -> String {
    let options = rehearsal.options
    var blocks = [
      wrapped(
        [
          "REHEARSAL \(options.action.rawValue) by \(options.engine.words)",
          "cluster \(clean(cluster.context))", cluster.serverVersion.map(clean),
          "as of \(rehearsal.meaning.day)",
          "catalogue \(clean(rehearsal.meaning.catalogueVersion))",
        ].compactMap { $0 })
    ]
    guard cluster.failure == nil else {
      blocks.append(wrapped(["NOT READ"] + cluster.gaps))
      return blocks.joined(separator: "\n")
    }
    if !cluster.rows.isEmpty {
      blocks.append(table(groups(cluster)))
      blocks.append(table(rows(cluster)))
    }
    blocks.append(summary(cluster))
    if !cluster.gaps.isEmpty { blocks.append(wrapped(["NOT READ"] + cluster.gaps)) }
    return blocks.joined(separator: "\n")
  }

  private func groups(_ cluster: Rehearsal.Cluster) -> [[String]] {
    let effects = Rehearsal.Effect.allCases.filter { effect in
      cluster.rows.contains { $0.effect == effect }
    }
    let header = ["NAMESPACE"] + teamCell("TEAM") + effects.map { heading($0) }
    return [header]
      + cluster.groups.map { group in
        [namespace(group.namespace)] + teamCell(group.team ?? "-")
          + effects.map { String(group.workloads[$0] ?? 0) }
      }
  }

  private func rows(_ cluster: Rehearsal.Cluster) -> [[String]] {
    [
      ["NAMESPACE"] + teamCell("TEAM") + [
        "WORKLOAD", "EFFECT", "IMAGE", "RULE", "REPLACEMENT", "WHEN OR WHY",
      ]
    ]
      + cluster.rows.map { row in
        let workload = row.use.workload
        return [namespace(workload.namespace)] + teamCell(row.team ?? "-")
          + [
            clean("\(workload.kind)/\(workload.name)"), words(row.effect),
            clean(row.use.image.text), row.rule, clean(row.replacement ?? "-"), row.circumstance,
          ]
      }
  }

  private func summary(_ cluster: Rehearsal.Cluster) -> String {
    let counts = Rehearsal.Effect.allCases.compactMap { effect in
      let uses = cluster.rows.count { $0.effect == effect }
      let workloads = Set(cluster.rows.filter { $0.effect == effect }.map(\.use.workload)).count
      return uses == 0
        ? nil
        : "\(words(effect)): \(CountWords.text(uses, "image use")) of \(CountWords.text(workloads, "workload"))"
    }
    let past =
      switch cluster.past {
      case 0: [String]()
      case let past?: ["\(CountWords.text(past, "use")) of old revisions and ended work left out"]
      case nil: ["old revisions and ended work left out"]
      }
    return wrapped(
      counts.isEmpty ? ["Nothing here is judged by this policy"] + past : counts + past)
  }

  // MARK: Layout

  /// Aligned columns where there is room, else a block of labelled lines for each row.
  private func table(_ rows: [[String]]) -> String {
    guard let header = rows.first else { return "" }
    let widths = header.indices.map { column in
      rows.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    let total = widths.reduce(0, +) + 2 * (widths.count - 1)
    if let width, total > width {
      return rows.dropFirst().map { row in
        zip(header, row).map { "\($0): \($1)\n" }.joined()
      }.joined(separator: "\n")
    }
    return rows.map { row in
      let cells = zip(row, widths).dropLast().map { TerminalText.padded($0, to: $1) }
      return (cells + [row.last ?? ""]).joined(separator: "  ") + "\n"
    }.joined()
  }

  private func wrapped(_ items: [String]) -> String {
    let line = items.joined(separator: " · ")
    guard let width else { return line + "\n" }
    var lines: [String] = [""]
    for word in line.split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, TerminalText.width(last) + 1 + TerminalText.width(word) > width {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] += (last.isEmpty ? "" : " ") + word
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func teamCell(_ text: String) -> [String] {
    rehearsal.hasTeams ? [clean(text)] : []
  }

  private func namespace(_ name: String) -> String {
    name.isEmpty ? "(cluster)" : clean(name)
  }

  private func heading(_ effect: Rehearsal.Effect) -> String {
    words(effect).uppercased()
  }

  private func words(_ effect: Rehearsal.Effect) -> String {
    effect == .notJudged ? "not judged" : effect.rawValue
  }

  private func clean(_ text: String) -> String { TerminalText.sanitized(text) }
}
