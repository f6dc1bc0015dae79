import RegistryCatalogue

/// The registries' dated events against the day of the report: a band of fates and a mark for each
/// event, and the same as a table. Every mark has a shape and every band a word of its own.
enum HTMLTimeline {
  static func html(_ page: HTMLPage) -> HTML {
    guard let timeline = page.timeline else { return "" }
    let rows = timeline.rows.map { row($0, timeline, page) }
    return HTMLPage.section(
      "dates", "Dates",
      "What the registries behind these findings did and will do. The dashed line is"
        + " \(timeline.asOf), the day of this report.",
      """
      <div class="timeline">
      <div class="axis"><span></span>\(axis(timeline))</div>
      \(rows.joined("\n"))
      </div>
      \(keys)
      \(table(timeline))
      """)
  }

  private static func axis(_ timeline: Timeline) -> HTML {
    let today = timeline.position(timeline.asOf)
    let near = 30 + timeline.first.days(until: timeline.last) / 20
    let labels = timeline.ticks.enumerated().map { index, day -> HTML in
      let distance = day.days(until: timeline.asOf)
      if abs(distance) < near { return "" }
      let style = index.isMultiple(of: 2) ? "" : " class=\"minor\""
      let text = day.month == 1 ? "\(day.year)" : "\(months[day.month - 1]) \(day.year)"
      return """
        <text x="\(timeline.position(day).text)" y="16" text-anchor="middle"\
        \(HTML(trusted: style))>\(text)</text>
        """
    }
    return """
      <svg aria-hidden="true">\(labels.joined())\
      <text class="today-label" x="\(today.text)" y="16" text-anchor="middle">\
      \(timeline.asOf.description)</text></svg>
      """
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func row(_ row: Timeline.Row, _ timeline: Timeline, _ page: HTMLPage) -> HTML {
    let title = row.rule.title
    let link: HTML =
      page.ruleNumbers[row.rule.id].map { "<a href=\"#rule-\($0)\">\(title)</a>" } ?? "\(title)"
    return """
      <div><div><h3>\(link)</h3>
      <p>\(words(row, timeline.asOf)) · \(CountWords.text(row.workloads, "workload"))</p></div>
      <svg role="img" aria-label="\(title): \(story(row))">
      \(ticks(timeline))\(bands(row, timeline))\(markers(row, timeline))
      <line class="today" x1="\(timeline.position(timeline.asOf).text)" \
      x2="\(timeline.position(timeline.asOf).text)" y1="0" y2="42"/></svg></div>
      """
  }

  private static func words(_ row: Timeline.Row, _ asOf: CalendarDate) -> HTML {
    let since = row.fate.from.map { " since \($0)" } ?? ""
    let now: HTML = "<b>\(row.fate.fate.rawValue)</b>\(since)"
    guard let next = row.next else { return now }
    return """
      \(now); \(EventWords.noun(next.kind)) \(next.window) \
      <b>\(EventWords.distance(next, asOf))</b>
      """
  }

  private static func story(_ row: Timeline.Row) -> String {
    let fates = row.rule.fates.compactMap { fate in
      fate.from.map { "\(fate.fate.rawValue) from \($0)" }
    }
    let events = row.rule.events.map { "\(EventWords.noun($0.kind)) \($0.window)" }
    return (fates + events).joined(separator: "; ")
  }

  private static func ticks(_ timeline: Timeline) -> HTML {
    timeline.ticks.map { day in
      let x = timeline.position(day).text
      return "<line class=\"tick\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"42\"/>" as HTML
    }.joined()
  }

  private static func bands(_ row: Timeline.Row, _ timeline: Timeline) -> HTML {
    var fates = row.rule.fates
    if fates.first?.from != nil || fates.isEmpty {
      fates.insert(DatedFate(from: nil, fate: .ok), at: 0)
    }
    return fates.indices.map { index -> HTML in
      let start = fates[index].from ?? timeline.first
      let end = index + 1 < fates.count ? fates[index + 1].from ?? timeline.last : timeline.last
      let length = Percent(
        max(start, timeline.first).days(until: min(end, timeline.last)),
        of: timeline.first.days(until: timeline.last))
      guard end > timeline.first, start < timeline.last else { return "" }
      let word = fates[index].fate.rawValue
      let from = fates[index].from.map { " from \($0)" } ?? ""
      let label: HTML =
        length.isAtLeast(percent: 7)
        ? """
        <svg x="\(timeline.position(start).text)" overflow="visible"><text x="4" y="39">\(word)\
        </text></svg>
        """ : ""
      return """
        <rect class="band-\(word)" x="\(timeline.position(start).text)" y="18" \
        width="\(length.text)" height="7"><title>\(word)\(from)</title></rect>\(label)
        """
    }.joined()
  }

  private static func markers(_ row: Timeline.Row, _ timeline: Timeline) -> HTML {
    row.rule.events.map { event -> HTML in
      guard timeline.holds(event.last) || timeline.holds(event.first) else { return "" }
      let x = timeline.position(event.first).text
      let note = event.note.isEmpty ? "" : ": \(event.note)"
      return """
        <svg x="\(x)" y="10" overflow="visible">\(marker(event.kind))\
        <title>\(EventWords.noun(event.kind)) \(event.window)\(note)</title></svg>
        """
    }.joined()
  }

  private static func marker(_ kind: CatalogueEvent.Kind) -> HTML {
    switch kind {
    case .announcement: "<circle class=\"marker\" cx=\"0\" cy=\"0\" r=\"4\"/>"
    case .brownout: "<path class=\"marker\" d=\"M0-5.5 5.5 0 0 5.5-5.5 0Z\"/>"
    case .freeze: "<path class=\"marker\" d=\"M-4-4H4V4H-4Z\"/>"
    case .redirect: "<path class=\"marker\" d=\"M-4-5 5 0-4 5Z\"/>"
    case .removal: "<path class=\"marker\" d=\"M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5\"/>"
    }
  }

  private static var keys: HTML {
    let items = CatalogueEvent.Kind.allCases.map { kind -> HTML in
      """
      <li><svg aria-hidden="true"><svg x="8" y="8" overflow="visible">\(marker(kind))</svg></svg>\
      \(EventWords.noun(kind))</li>
      """
    }
    return "<ul class=\"keys\">\(items.joined())</ul>"
  }

  private static func table(_ timeline: Timeline) -> HTML {
    let events = timeline.rows.flatMap { row in row.rule.events.map { (row.rule, $0) } }
      .sorted { ($0.1.first, $0.0.id) < ($1.1.first, $1.0.id) }
    guard !events.isEmpty else { return "" }
    let rows = events.map { rule, event -> HTML in
      """
      <tr><td>\(event.window)</td><td>\(EventWords.distance(event, timeline.asOf))</td>\
      <td>\(EventWords.noun(event.kind))</td><th scope="row">\(rule.title)</th>\
      <td>\(event.note)</td></tr>
      """
    }
    return """
      <details class="fold"><summary>All dates as a table</summary>
      <div class="scroll"><table class="table"><thead><tr><th scope="col">When</th>\
      <th scope="col">Distance</th><th scope="col">What</th><th scope="col">Registry</th>\
      <th scope="col">Note</th></tr></thead>
      <tbody>\(rows.joined("\n"))</tbody></table></div></details>
      """
  }
}
