import ImageReferences
import Inventory
import RegistryCatalogue
import Reports

/// The join as tables for people.
struct TracePage {
  let trace: Trace

  func text(_ options: RenderOptions) -> String {
    let sections = [
      trace.report.isSample ? ["An embedded sample, not your cluster."] : [],
      found(options), missing(options),
      filesOnly(options, "IN FILES, NOWHERE LIVE") { $0.unknown == nil },
      filesOnly(options, "IN FILES, NOT KNOWN TO BE LIVE") { $0.unknown != nil },
      notRead(options), lines([summary], options, hanging: ""),
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: Live

  private func found(_ options: RenderOptions) -> [String] {
    let rows = trace.live.filter { !$0.candidates.isEmpty }
    guard !rows.isEmpty else { return [] }
    return FittingTable(
      titles: ["CONFIDENCE", "WORKLOAD", "RISK", "CONTAINER", "IMAGE", "FILE", "WHY", "ALSO"],
      rows: rows.map { row in
        let first = row.candidates[0]
        return [row.word] + subject(row) + [
          Self.place(first.use), Self.why(first), Self.others(row),
        ]
      }
    ).lines(options)
  }

  private func missing(_ options: RenderOptions) -> [String] {
    let rows = trace.live.filter(\.candidates.isEmpty)
    guard !rows.isEmpty else { return [] }
    let title = trace.gaps.isEmpty ? "LIVE, IN NO FILE" : "LIVE, IN NO FILE THAT WAS READ"
    let table = FittingTable(
      titles: ["CONFIDENCE", "WORKLOAD", "RISK", "CONTAINER", "IMAGE", "MANAGED BY"],
      rows: rows.map { row in
        [row.word] + subject(row) + [row.finding.workload.managedBy ?? "-"]
      })
    return [title] + table.lines(options)
  }

  private func subject(_ row: Trace.Live) -> [String] {
    let workload = row.finding.use.workload
    var name = "\(workload.kind)/\(workload.name)"
    if !workload.namespace.isEmpty { name = "\(workload.namespace)/\(name)" }
    if trace.report.clusters.count > 1 { name = "\(row.cluster): \(name)" }
    let container = row.finding.use.container
    return [
      name, row.finding.risk.rawValue, container.isEmpty ? "-" : container,
      row.finding.use.image.text,
    ]
  }

  private static func place(_ use: ImageUse) -> String {
    use.place.map { "\($0.file):\($0.line):\($0.column)" } ?? "-"
  }

  /// With the key, where a value made it.
  private static func why(_ candidate: Trace.Candidate) -> String {
    guard candidate.use.place?.confidence == .values, !candidate.use.path.isEmpty else {
      return candidate.why
    }
    return "\(candidate.use.path): \(candidate.why)"
  }

  private static func others(_ row: Trace.Live) -> String {
    var words = row.candidates.dropFirst().map { "\(place($0.use)) (\($0.confidence.rawValue))" }
    let rest = row.candidateCount - row.candidates.count
    if rest > 0 { words.append("\(rest) more") }
    return words.isEmpty ? "-" : words.joined(separator: ", ")
  }

  // MARK: In files

  private func filesOnly(
    _ options: RenderOptions, _ title: String, _ isShown: (Trace.FileOnly) -> Bool
  ) -> [String] {
    let entries = trace.filesOnly.filter(isShown)
    guard !entries.isEmpty else { return [] }
    let isKnown = entries.allSatisfy { $0.unknown == nil }
    let table = FittingTable(
      titles: ["FILE", "IMAGE", "RULE", "IN"] + (isKnown ? [] : ["NOT KNOWN"]),
      rows: entries.map { entry in
        let finding = entry.finding
        let workload = finding.use.workload
        let holder =
          workload.apiVersion.isEmpty ? workload.kind : "\(workload.kind)/\(workload.name)"
        return [
          Self.place(finding.use), finding.use.image.text, finding.rule ?? finding.kind.rawValue,
          holder,
        ] + (isKnown ? [] : [entry.unknown ?? "-"])
      })
    return [title] + table.lines(options)
  }

  // MARK: What is not known

  private func notRead(_ options: RenderOptions) -> [String] {
    var items = trace.report.clusters.flatMap { cluster in
      cluster.gapsInWords.map { gap in
        trace.report.clusters.count > 1
          ? "\(TerminalText.sanitized(cluster.contexts.first ?? "")): \(gap)" : gap
      }
    }
    items += trace.gaps.map { gap in
      let place = gap.line.map { "\(gap.resource):\($0)" } ?? gap.resource
      return TerminalText.sanitized("unreadable: \(place): \(gap.reason)")
    }
    if let filter = trace.report.filterInWords { items.append(TerminalText.sanitized(filter)) }
    return items.isEmpty ? [] : ["NOT READ"] + lines(items, options, hanging: "  ")
  }

  private var summary: String {
    let live = TraceWords.live.filter { trace.count($0) > 0 }.map { word in
      let count = CountWords.grouped(trace.count(word))
      return switch word {
      case TraceWords.none: "\(count) in no file"
      case TraceWords.unknown: "\(count) in no file that was read"
      default: "\(count) \(word)"
      }
    }
    let unknown = trace.filesOnly.count { $0.unknown != nil }
    let absent = trace.filesOnly.count - unknown
    return
      (["\(CountWords.text(trace.live.count, "finding")) live"] + live
      + [
        "\(CountWords.grouped(absent)) in files and nowhere live",
        unknown > 0 ? "\(CountWords.grouped(unknown)) in files and not known to be live" : nil,
      ].compactMap(\.self)).joined(separator: " · ")
  }

  private func lines(
    _ items: [String], _ options: RenderOptions, hanging: String
  ) -> [String] {
    items.flatMap { item in
      options.isTerminal
        ? TextLayout.wrap(item, to: max(20, options.width - hanging.count)).map { hanging + $0 }
        : [hanging + item]
    }
  }
}
