import Inventory
import RegistryCatalogue

/// The dated events of the registries that a report's findings name, on one axis of days.
struct Timeline: Hashable, Sendable {
  struct Row: Hashable, Sendable {
    let rule: RuleSummary
    /// Workloads with a finding of this rule.
    let workloads: Int
    /// The first event that is not over.
    let next: RuleEvent?
    /// What the place does on the day of the report.
    let fate: DatedFate
  }

  /// The next event of all, as the head of a report tells it.
  struct Next: Hashable, Sendable {
    let event: RuleEvent
    let rule: RuleSummary
    let asOf: CalendarDate

    var date: String { event.first < asOf ? "now" : event.first.description }

    /// `brownout of Istio on gcr.io, in 17 days`.
    var what: String {
      "\(EventWords.noun(event.kind)): \(rule.title), \(EventWords.distance(event, asOf))"
    }

    /// `Next on the calendar: brownout of Istio on gcr.io, 2026-12-08 (in 17 days)`
    var sentence: String {
      let day = event.first < asOf ? "until \(event.last)" : event.first.description
      return "Next on the calendar: \(EventWords.noun(event.kind)) of \(rule.title)"
        + ", \(day) (\(EventWords.distance(event, asOf)))"
    }
  }

  let asOf: CalendarDate
  let first: CalendarDate
  let last: CalendarDate
  /// Upcoming events first, soonest first; then what is over, most recent first.
  let rows: [Row]

  private static let daysBefore = 550
  private static let daysAfter = 190
  private static let farthest = 800

  /// Nil when no rule that matters has a date.
  init?(_ report: Report) {
    var users: [String: Set<WorkloadPlace>] = [:]
    for (number, cluster) in report.clusters.enumerated() {
      for finding in cluster.findings where report.shows(finding) && finding.kind != .clean {
        guard let rule = finding.rule else { continue }
        users[rule, default: []].insert(
          WorkloadPlace(cluster: number, workload: finding.use.workload))
      }
    }
    asOf = report.asOf
    let day = asOf
    rows = report.rules.filter { rule in
      users[rule.id] != nil && (!rule.events.isEmpty || rule.fates.contains { $0.from != nil })
    }
    .map { rule in
      Row(
        rule: rule, workloads: users[rule.id]?.count ?? 0,
        next: rule.events.filter { $0.last >= day && $0.kind != .announcement }
          .min { $0.first < $1.first },
        fate: rule.fates.last { $0.from.map { $0 <= day } ?? true }
          ?? DatedFate(from: nil, fate: .ok))
    }
    .sorted(by: Self.precedes)
    guard !rows.isEmpty else { return nil }
    let days = rows.flatMap { row in
      row.rule.events.flatMap { [$0.first, $0.last] } + row.rule.fates.compactMap(\.from)
    }
    let earliest = days.map { day.days(until: $0) }.min() ?? 0
    let latest = days.map { day.days(until: $0) }.max() ?? 0
    first = Self.shifted(day, by: max(min(earliest - 30, -90), -Self.daysBefore))
    last = Self.shifted(day, by: min(max(latest + 45, Self.daysAfter), Self.farthest))
  }

  private static func precedes(_ left: Row, _ right: Row) -> Bool {
    switch (left.next, right.next) {
    case (let first?, let second?):
      if first.first != second.first { return first.first < second.first }
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil):
      let ends = [left, right].map { row in
        (row.rule.events.map(\.last) + row.rule.fates.compactMap(\.from)).max()
          ?? CalendarDate(secondsSince1970: 0)
      }
      if ends[0] != ends[1] { return ends[0] > ends[1] }
    }
    if left.workloads != right.workloads { return left.workloads > right.workloads }
    return left.rule.id < right.rule.id
  }

  private static func shifted(_ day: CalendarDate, by days: Int) -> CalendarDate {
    CalendarDate(secondsSince1970: Int64(day.daysSince1970 + days) * 86_400)
  }

  var next: Next? {
    guard let row = rows.first, let event = row.next else { return nil }
    return Next(event: event, rule: row.rule, asOf: asOf)
  }

  /// Where a day stands on the axis; days outside it stand at its ends.
  func position(_ day: CalendarDate) -> Percent {
    Percent(first.days(until: day), of: first.days(until: last))
  }

  func holds(_ day: CalendarDate) -> Bool {
    first <= day && day <= last
  }

  /// The first days of months, few enough to be read.
  var ticks: [CalendarDate] {
    let months = max(1, first.days(until: last) / 30)
    let step = [1, 2, 3, 6, 12].first { months / $0 <= 10 } ?? 12
    var days: [CalendarDate] = []
    for year in first.year...last.year {
      for month in stride(from: 1, through: 12, by: step) {
        if let day = CalendarDate(year: year, month: month, day: 1), holds(day) {
          days.append(day)
        }
      }
    }
    return days
  }
}

/// Events in words.
enum EventWords {
  static func noun(_ kind: CatalogueEvent.Kind) -> String {
    switch kind {
    case .announcement: "announcement"
    case .brownout: "brownout"
    case .freeze: "freeze"
    case .redirect: "redirect"
    case .removal: "removal"
    }
  }

  /// `in 17 days`, `today`, `began 3 days ago`, and of what is over `12 days ago`.
  static func distance(_ event: RuleEvent, _ asOf: CalendarDate) -> String {
    let until = asOf.days(until: event.first)
    if until > 0 { return "in \(CountWords.text(until, "day"))" }
    if event.last >= asOf {
      return until == 0 ? "today" : "began \(CountWords.text(-until, "day")) ago"
    }
    return "\(CountWords.text(event.last.days(until: asOf), "day")) ago"
  }
}
