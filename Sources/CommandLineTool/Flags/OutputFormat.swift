/// The forms of a report.
enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case table
  case wide
  case csv
  case json
}
