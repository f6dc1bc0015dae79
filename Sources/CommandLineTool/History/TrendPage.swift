import History
import RegistryCatalogue
import Reports

/// A burn-down chart in text: one bar for each scan, parted by risk.
struct TrendPage {
  /// Of bars and the text beside them.
  let width: Int

  private static let marks: [Character] = ["█", "▓", "▒", "░"]

  func text(_ trend: Trend) -> String {
    var blocks = trend.series.map(block)
    let legend = zip(Self.marks, Trend.risks).map { "\($0) \($1.rawValue)" }
    blocks.append(lines(["Findings: " + legend.joined(separator: ", ")]))
    if trend.leftOut > 0 {
      blocks.append(
        lines(["Of many scans the last one of a day is shown; \(trend.leftOut) are left out."]))
    }
    return blocks.joined(separator: "\n")
  }

  private func block(_ series: Trend.Series) -> String {
    var title = TerminalText.sanitized(series.cluster)
    if let team = series.team { title += ", team \(TerminalText.sanitized(team))" }
    title +=
      series.regressions == 0
      ? ""
      : ": \(series.regressions) \(series.regressions == 1 ? "regression" : "regressions")"
    let most = series.points.compactMap(\.total).max() ?? 0
    let numberWidth = String(most).count
    // Two blanks, date and time, two blanks, number, blank, bar, two blanks, remark.
    let room = max(8, width - 2 - 16 - 2 - numberWidth - 1 - 2 - 24)
    return lines(
      [title]
        + series.points.map { point in
          let number = point.total.map(String.init) ?? "?"
          let padded = String(repeating: " ", count: max(0, numberWidth - number.count)) + number
          let bar = bar(point.counts ?? [], most: most, room: room)
          let parts = ["  \(Self.time(point.scannedAt))  \(padded)", bar, remark(point)]
          return parts.filter { !$0.isEmpty }.joined(separator: " ")
        })
  }

  /// Whatever there is has a mark at least, so that one critical finding is seen among hundreds.
  private func bar(_ counts: [Int], most: Int, room: Int) -> String {
    guard most > 0 else { return "" }
    let scale = most <= room ? 1 : Double(room) / Double(most)
    return zip(Self.marks, counts).map { mark, count in
      guard count > 0 else { return "" }
      return String(repeating: mark, count: max(1, Int((Double(count) * scale).rounded())))
    }.joined()
  }

  private func remark(_ point: Trend.Point) -> String {
    guard point.counts != nil else { return "not read" }
    var parts: [String] = []
    if let change = point.change, change != 0 {
      parts.append(change > 0 ? "+\(change)" : "\(change)")
    }
    if point.isRegression { parts.append("worse") }
    if point.isPartial { parts.append("partly read") }
    return parts.isEmpty ? "" : "(\(parts.joined(separator: ", ")))"
  }

  /// `2026-11-21 08:09`, in UTC.
  static func time(_ seconds: Int64) -> String {
    String(Timestamp.text(secondsSince1970: seconds).prefix(16)).replacing("T", with: " ")
  }

  private func lines(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }
}
