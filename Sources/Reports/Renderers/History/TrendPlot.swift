import RegistryCatalogue

/// A burn-down chart in text: a bar for each scan, parted by risk.
struct TrendPlot {
  private static let marks: [Character] = ["█", "▓", "▒", "░"]
  private static let unknown: Character = "?"
  /// A shorter bar tells nothing: the remark then goes below it.
  private static let shortestBar = 12

  private let options: RenderOptions

  static func render(_ trend: Trend, options: RenderOptions) -> String {
    let plot = TrendPlot(options: options)
    var blocks = trend.series.map(plot.block)
    blocks.append(plot.notes(trend))
    return blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  /// Bars need a width in a pipe too; there nothing is cut.
  private var width: Int { options.lineWidth ?? 80 }

  private func block(_ series: Trend.Series) -> [String] {
    let title = TerminalText.sanitized(
      "\(TrendWords.title(series)): \(TrendWords.story(series))")
    let most = series.points.map { ($0.total ?? 0) + $0.carried }.max() ?? 0
    let digitsWidth = series.points.map { TrendWords.digits($0).count }.max() ?? 1
    let hasMore = series.points.contains { TrendWords.number($0) != TrendWords.digits($0) }
    let numberWidth = digitsWidth + (hasMore ? TrendWords.more.count : 0)
    let remarkWidth = series.points.map { TrendWords.remark($0).count }.max() ?? 0
    let before = 2 + time(0).count + 2 + numberWidth + 1
    let beside = width - before - remarkWidth - 2
    let isBeside = beside >= Self.shortestBar
    let room = max(4, isBeside ? beside : width - before)
    let longest = min(most, room)
    var lines = wrapped(title, hanging: 2)
    for point in series.points {
      let digits = TrendWords.digits(point)
      let number = TerminalText.padded(
        String(repeating: " ", count: digitsWidth - digits.count) + TrendWords.number(point),
        to: numberWidth)
      let (bar, length) = bar(point, most: most, room: room)
      let remark = colored(TrendWords.remark(point), of: point)
      var line = "  \(time(point.scannedAt))  \(number) \(bar)"
      if isBeside, !remark.isEmpty {
        line += String(repeating: " ", count: longest - length + 2) + remark
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if !isBeside, !remark.isEmpty { lines += [String(repeating: " ", count: 4) + remark] }
    }
    return lines
  }

  /// Whatever there is has a mark at least, so that one critical finding is seen among hundreds.
  private func bar(_ point: Trend.Point, most: Int, room: Int) -> (text: String, length: Int) {
    guard most > 0 else { return ("", 0) }
    let parts = (point.counts ?? Trend.risks.map { _ in 0 }) + [point.carried]
    var lengths = parts.map { count in
      count == 0 ? 0 : most <= room ? count : max(1, count * room / most)
    }
    // The marks of the smallest come out of the longest.
    while lengths.reduce(0, +) > room, let longest = lengths.max(), longest > 1,
      let place = lengths.firstIndex(of: longest)
    {
      lengths[place] -= 1
    }
    var text = ""
    for (number, length) in lengths.enumerated() where length > 0 {
      let isUnknown = number == Trend.risks.count
      let mark = isUnknown ? Self.unknown : Self.marks[number]
      let piece = String(repeating: mark, count: length)
      let style: RiskStyle = isUnknown ? .unknown : .risk(Trend.risks[number])
      text += options.color ? style.applied(to: piece) : piece
    }
    return (text, lengths.reduce(0, +))
  }

  private func colored(_ remark: String, of point: Trend.Point) -> String {
    guard options.color, !remark.isEmpty else { return remark }
    if point.isRegression { return RiskStyle.risk(.high).applied(to: remark) }
    if point.counts == nil || point.carried > 0 { return RiskStyle.unknown.applied(to: remark) }
    return remark
  }

  private func notes(_ trend: Trend) -> [String] {
    let keys = zip(Self.marks, Trend.risks).map { "\($0) \($1.rawValue)" }
    var notes = ["Findings: " + keys.joined(separator: ", ") + ", ? not read since"]
    if trend.leftOut > 0 {
      notes.append(
        "Of many scans the last one of a day is shown; \(CountWords.grouped(trend.leftOut)) are"
          + " left out.")
    }
    if trend.ofOtherDays > 0 {
      notes.append(
        "\(CountWords.text(trend.ofOtherDays, "scan")) as of another day left out.")
    }
    return notes.flatMap { wrapped($0, hanging: 0) }
  }

  private func wrapped(_ text: String, hanging: Int) -> [String] {
    LabelledLines.wrapped(items: [text], start: "", hanging: hanging, options: options)
  }

  /// In UTC; without the year where there is little room.
  private func time(_ seconds: Int64) -> String {
    let text = Timestamp.minutes(secondsSince1970: seconds)
    return width < 60 ? String(text.dropFirst(5)) : text
  }
}
