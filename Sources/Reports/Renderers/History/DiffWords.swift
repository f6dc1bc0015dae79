import Inventory
import RegistryCatalogue

/// What the table and the page say of a diff alike; safe for a terminal.
enum DiffWords {
  /// `scan 12 of 2026-11-21 08:09, catalogue 2026-11-20`
  static func side(_ side: ReportDiff.Side) -> String {
    let stamp = side.stamp
    var text = "\(side.name) of \(Timestamp.minutes(secondsSince1970: stamp.scannedAt))"
    if stamp.isAsOfAnotherDay { text += ", as of \(stamp.asOf)" }
    text += ", catalogue \(stamp.catalogue.version)"
    if !side.filter.isEmpty { text += ", filtered by \(side.filter.words)" }
    return TerminalText.sanitized(text)
  }

  static func summary(_ diff: ReportDiff) -> String {
    if !diff.entries.isEmpty { return tally(diff.total) }
    return diff.losses.isEmpty ? "Nothing changed." : "Nothing changed in what both could read."
  }

  /// `2 appeared (1 cluster changed, 1 date passed), 1 fixed (cluster changed)`, in the order of
  /// `ReportDiff.Change`.
  static func tally(_ tally: ReportDiff.Tally) -> String {
    ReportDiff.Change.allCases.filter { tally[$0] > 0 }.map { change in
      let text = "\(CountWords.grouped(tally[change])) \(change.words)"
      let causes = tally.causes(of: change)
      // These say their cause themselves.
      if causes.map(\.cause) == [.coverage], change == .unreadable || change.isNew { return text }
      let list = causes.map { cause, count in
        causes.count == 1 ? cause.words : "\(CountWords.grouped(count)) \(cause.words)"
      }
      return "\(text) (\(list.joined(separator: ", ")))"
    }.joined(separator: ", ")
  }

  /// `low > high` where both are known.
  static func risks(_ entry: ReportDiff.Entry) -> String {
    [entry.before, entry.after].compactMap { $0?.rawValue }.joined(separator: " > ")
  }

  static func workload(_ entry: ReportDiff.Entry) -> String {
    let name = "\(entry.workload.kind)/\(entry.workload.name)"
    return entry.file.map { "\(name) (\($0))" } ?? name
  }

  /// By what the changes are summed up; by teams only where one is known.
  static func dimensions(_ diff: ReportDiff) -> [(title: String, ReportDiff.Dimension)] {
    let hasTeams = diff.entries.contains { $0.team != nil }
    return [("Cluster", .cluster), ("Namespace", .namespace)] + (hasTeams ? [("Team", .team)] : [])
  }

  /// Not sanitised. Namespaces have their cluster in front of them where there are several.
  static func name(
    _ group: ReportDiff.Group, _ diff: ReportDiff, _ dimension: ReportDiff.Dimension
  ) -> String {
    switch dimension {
    case .cluster: return group.cluster ?? ""
    case .team: return group.name ?? "(no team)"
    case .namespace:
      let isFleet = Set(diff.entries.map(\.cluster)).count > 1
      let name = group.name.map { $0.isEmpty ? "(no namespace)" : $0 } ?? ""
      return isFleet ? "\(group.cluster ?? "")/\(name)" : name
    }
  }

  static func losses(_ diff: ReportDiff) -> [String] {
    let isFleet = Set(diff.losses.map(\.cluster) + diff.entries.map(\.cluster)).count > 1
    return diff.losses.map {
      TerminalText.sanitized(isFleet ? "\($0.cluster): \($0.what)" : $0.what)
    }
  }

  /// What hid places, with how many each hid.
  static func notes(_ diff: ReportDiff) -> [String] {
    var counts: [String: Int] = [:]
    for note in diff.entries.compactMap(\.note) { counts[note, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map {
      TerminalText.sanitized("\(CountWords.text($0.value, "finding")): \($0.key)")
    }
  }
}
