import ImageReferences
import Inventory
import RegistryCatalogue
import Reports

/// One cluster's plan as sections of text, before any form is given to it. Nothing is sanitised
/// here: each form escapes in its own way.
struct FixOutline {
  struct Item: Hashable {
    var heading: String
    /// `container app: OLD -> NEW`
    var changes: [String] = []
    var steps: [String] = []
    /// To look, or to type with a word of one's own.
    var commands: [String] = []
    var undo: [String] = []
    var undoCommands: [String] { undo.filter(Self.isCommand) }
    var undoSteps: [String] { undo.filter { !Self.isCommand($0) } }

    private static func isCommand(_ text: String) -> Bool {
      text.hasPrefix("kubectl ") || text.hasPrefix("helm ")
    }

    /// The object's changes; nil for what no script does.
    var live: LiveFix?
  }

  struct Section: Hashable {
    let title: String
    var introduction: [String] = []
    let items: [Item]
  }

  let fixes: ClusterFixes
  let report: Report

  static let liveTitle = "Change in the cluster"

  /// What this is about; the first lines of every form.
  var opening: [String] {
    let cluster = fixes.cluster
    var lines: [String] = []
    if report.isSample { lines.append("\(Report.sampleNotice).") }
    let stamp = report.stamp(of: cluster)
    let name = cluster.displayName
    var facts = [name] + (cluster.server == name ? [] : [cluster.server])
    if let uid = cluster.clusterUID { facts.append("UID \(uid)") }
    if let version = cluster.serverVersion { facts.append(version) }
    facts += [
      "scanned \(Timestamp.text(secondsSince1970: stamp.scannedAt))", "as of \(stamp.asOf)",
      "catalogue \(stamp.catalogue.version)", "gcr-report \(stamp.toolVersion)",
    ]
    lines.append("What to change in one cluster; nothing has been changed yet.")
    lines.append(facts.joined(separator: " · "))
    if let filtered = report.filterInWords { lines.append("Filtered: \(filtered).") }
    if cluster.files != nil {
      lines.append(
        "This report is of files, which kubectl gcr-report files --write changes itself.")
    }
    if fixes.target.needsContext {
      lines.append(
        "The report names no context that can be typed: set CONTEXT to the kubectl context of"
          + " this cluster before you use a command.")
    }
    return lines
  }

  /// In the order of doing; empty ones are left out.
  var sections: [Section] {
    [live, sources, successors, open, aside, history, unread].compactMap { $0 }
  }

  private var live: Section? {
    guard !fixes.live.isEmpty else { return nil }
    return Section(
      title: "\(Self.liveTitle): \(CountWords.text(fixes.live.count, "object"))",
      introduction: [
        "The same name, tag and digest at another place; nothing that is known manages these"
          + " objects, but look for a manifest that somebody keeps: it must change too.",
        "In this order: what fails now, then by risk; at equal risk what other things are made"
          + " from first, what every node runs last. What is production the report does not"
          + " know: begin where a restart costs least.",
      ],
      items: fixes.live.map { fix in
        let commands = LiveCommands(fix: fix, target: fixes.target)
        return Item(
          heading: Self.heading(fix.risk, fix.exposure, fix.identity.label),
          changes: fix.changes.map { Self.change($0.finding) },
          steps: commands.effects + (commands.watch == nil ? [] : ["Watch it afterwards:"]),
          commands: [commands.watch].compactMap { $0 }, live: fix)
      })
  }

  private var sources: Section? {
    guard !fixes.sources.isEmpty else { return nil }
    return Section(
      title: "Change at the source: \(CountWords.text(fixes.sources.count, "place"))",
      introduction: [
        "The same name, tag and digest at another place. In the cluster the change would be"
          + " reverted, refused or lost, so it is made where the object comes from."
      ],
      items: fixes.sources.map { fix in
        let advice = fix.advice(fixes)
        return Item(
          heading: "\(fix.risk.rawValue): \(advice.title)",
          changes: fix.findings.map { finding in
            let place = fix.identity == nil ? "\(finding.use.workload.label), " : ""
            return place + Self.change(finding, showsPath: fix.place != .object)
          },
          steps: advice.steps, commands: advice.commands, undo: advice.undo)
      })
  }

  private var successors: Section? {
    guard !fixes.successors.isEmpty else { return nil }
    return Section(
      title: "A person decides: \(CountWords.text(fixes.successors.count, "image use"))",
      introduction: [
        "Another name, tag or version: not the same image. No script here changes these."
      ],
      items: fixes.successors.map { finding in
        Self.item(
          finding, showsPath: true,
          steps: [Judging.place(finding)].compactMap { $0 } + Judging.checks(finding, report))
      })
  }

  private var open: Section? {
    guard !fixes.open.isEmpty else { return nil }
    return Section(
      title: "No replacement is known: \(CountWords.text(fixes.open.count, "image use"))",
      items: fixes.open.map { finding in
        Self.item(
          finding, showsPath: true,
          steps: [Judging.place(finding)].compactMap { $0 } + [Judging.nextStep(finding, report)])
      })
  }

  private var aside: Section? {
    guard !fixes.aside.isEmpty else { return nil }
    return Section(
      title: "Set aside by exceptions: \(CountWords.text(fixes.aside.count, "image use"))",
      items: fixes.aside.map { finding in
        Self.item(
          finding,
          steps: finding.waiver.map {
            ["\($0.kind.rawValue) until \($0.until): \($0.reason)"]
          } ?? [])
      })
  }

  /// A finding that no script changes.
  private static func item(
    _ finding: Finding, showsPath: Bool = false, steps: [String]
  ) -> Item {
    Item(
      heading: heading(finding.risk, finding.exposure, finding.use.workload.label),
      changes: [change(finding, showsPath: showsPath)], steps: steps)
  }

  private var unread: Section? {
    guard !fixes.gaps.isEmpty else { return nil }
    return Section(
      title: "Not read: unknown, never clean", items: fixes.gaps.map { Item(heading: $0) })
  }

  private var history: Section? {
    guard fixes.historyCount > 0 else { return nil }
    return Section(
      title: "Old revisions and finished work: \(CountWords.text(fixes.historyCount, "image use"))",
      introduction: [
        "Nothing to change. A rollback (kubectl rollout undo, helm rollback) brings the old"
          + " image back."
      ],
      items: [])
  }

  private static func heading(_ risk: Risk, _ exposure: Exposure, _ label: String) -> String {
    "\(risk.rawValue), \(exposure.rawValue): \(label)"
  }

  static func change(_ finding: Finding, showsPath: Bool = false) -> String {
    let use = finding.use
    var place = use.container.isEmpty ? "" : "container \(use.container)"
    switch use.role {
    case .container: break
    case .environment, .argument: place += ", \(use.notes.first ?? use.role.rawValue)"
    case .imageVolume: place = "image volume \(use.container)"
    case .configuration, .sandbox: place = ""
    case .initContainer, .sidecar, .ephemeral: place += " (\(use.role.rawValue))"
    }
    if showsPath || place.isEmpty { place += place.isEmpty ? use.path : " at \(use.path)" }
    if place.isEmpty { place = use.role.rawValue }
    return "\(place): \(use.image.text)" + (finding.replacement.map { " -> \($0)" } ?? "")
  }
}
