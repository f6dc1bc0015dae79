import Inventory
import RegistryCatalogue

/// `-o github`: workflow commands that GitHub Actions shows as annotations, worst first.
///
/// Critical and high are errors, medium a warning, the rest notices; waived findings and history
/// are notices. What was not read is a warning.
///
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions; the escapes are
/// those of actions/toolkit, `packages/core/src/command.ts`.
enum GitHubRenderer {
  static func render(_ report: Report) -> String {
    var text = ""
    for cluster in report.clusters {
      let name = cluster.contexts.joined(separator: ", ")
      if let failure = cluster.failure {
        text += command("error", title: "\(name) was not read", failure)
      }
      for finding in cluster.findings where report.shows(finding) && finding.kind != .clean {
        if let place = finding.use.place {
          text += command(
            level(finding), at: place,
            title: "\(finding.risk.rawValue): \(finding.rule ?? finding.kind.rawValue)",
            "\(FindingWords.sentence(finding))\(waiver(finding))")
          continue
        }
        let namespace = PlaceWords.namespace(finding.use.workload.namespace)
        text += command(
          level(finding),
          title: "\(finding.risk.rawValue): \(namespace) \(FindingWords.place(finding))",
          "\(FindingWords.sentence(finding))\(waiver(finding)) (\(name))")
      }
      for entry in cluster.coverage.filter(\.isGap).sorted() {
        if cluster.files != nil, !entry.isOfRegistry {
          text += command(
            "warning", file: entry.resource, line: entry.line, title: "unreadable", entry.unreadable
          )
          continue
        }
        text += command("warning", title: "\(name): not read", FindingWords.gap(entry))
      }
      if let filtered = report.filterInWords(cluster) {
        text += command("notice", title: "\(name): filtered", filtered)
      }
    }
    return text
  }

  private static func level(_ finding: Finding) -> String {
    guard finding.mayFail else { return "notice" }
    return switch finding.risk {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info, .clean: "notice"
    }
  }

  /// Columns only where the place is on one line: GitHub refuses others.
  private static func command(
    _ name: String, at place: SourcePlace, title: String, _ message: String
  ) -> String {
    let isOneLine = place.line == place.endLine && place.endColumn > place.column
    return command(
      name, file: place.file, line: place.line,
      columns: isOneLine ? place.column...(place.endColumn - 1) : nil, title: title, message)
  }

  private static func command(
    _ name: String, file: String, line: Int?, columns: ClosedRange<Int>? = nil, title: String,
    _ message: String
  ) -> String {
    var properties = "file=\(escaped(file, isProperty: true)),"
    if let line { properties += "line=\(line)," }
    if let columns { properties += "col=\(columns.lowerBound),endColumn=\(columns.upperBound)," }
    return command(name, properties, title: title, message)
  }

  private static func command(
    _ name: String, _ properties: String = "", title: String, _ message: String
  ) -> String {
    "::\(name) \(properties)title=\(escaped(title, isProperty: true))::\(escaped(message))\n"
  }

  private static func waiver(_ finding: Finding) -> String {
    finding.waiver.map { "; \($0.words)" } ?? ""
  }

  /// Line ends are visible already: no text can begin a line, and so a command, of its own.
  private static func escaped(_ text: String, isProperty: Bool = false) -> String {
    var result = ""
    for scalar in TerminalText.sanitized(text).unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
