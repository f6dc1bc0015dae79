import ImageReferences
import Inventory
import RegistryCatalogue

/// `explain`: one workload's story as text for people. Nothing is cut: what is longer than a line
/// is wrapped on a terminal, and whole in a pipe.
package struct ExplanationPage {
  private let explanation: Explanation
  private let frame: ReportFrame

  private static let namedNodes = 10
  private static let namedFailures = 3

  package init(_ explanation: Explanation, options: RenderOptions) {
    self.explanation = explanation
    frame = ReportFrame(report: explanation.report, options: options, listsFindings: true)
  }

  /// Ended with a line feed.
  package func text() -> String {
    let faults = explanation.parts.filter { $0.finding.risk > .clean }
    var blocks = [frame.header(explanation.cluster), workload(faults)]
    var told: Set<String> = []
    for (number, part) in faults.enumerated() {
      let isTold = part.judgement?.rule.map { !told.insert($0.id).inserted } ?? false
      blocks.append(story(part, number: number + 1, of: faults.count, isRuleTold: isTold))
    }
    blocks.append(clean() + end(faults))
    return frame.page(of: blocks)
  }

  // MARK: The workload

  private func workload(_ faults: [Explanation.Part]) -> [String] {
    let workload = explanation.workload
    let identity = workload.identity
    let place = identity.namespace.isEmpty ? "cluster-scoped" : "namespace \(identity.namespace)"
    var lines = field(
      "WORKLOAD", ["\(identity.kind)/\(identity.name) (\(identity.apiVersion)), \(place)"])
    lines += field("ACTIVITY", [ExplanationWords.activity(workload)])
    lines += field(
      "TEAM", [explanation.parts.lazy.compactMap(\.finding.team).first].compactMap { $0 })
    lines += field("EDIT", [ExplanationWords.edit(workload)])
    guard faults.isEmpty else { return lines }
    let answer =
      explanation.parts.isEmpty
      ? "It names no image."
      : isPartlyUnknown
        ? "Nothing found in what was read." : "Nothing here names a dying registry."
    return lines + field("RISK", [answer])
  }

  private var isPartlyUnknown: Bool {
    let name = explanation.workload.identity.namespace
    return explanation.cluster.namespaces.first { $0.name == name }?.isPartlyUnknown
      ?? explanation.cluster.hasUnreadImages
  }

  // MARK: One use

  /// - Parameter isRuleTold: an earlier use has the same rule, whose past and sources stand there.
  private func story(
    _ part: Explanation.Part, number: Int, of count: Int, isRuleTold: Bool
  ) -> [String] {
    let finding = part.finding
    var lines = heading(finding, number: number, of: count)
    lines += field("WHERE", place(finding.use))
    lines += field("OWNERS", [ExplanationWords.chain(finding.use)])
    lines += field("WHY", why(finding))
    lines += field("RULE", rule(part, isTold: isRuleTold))
    if !explanation.report.isAsOfAnotherDay {
      lines += field("FAILS", failures(finding.use))
    }
    lines += field("NODES", nodes(part))
    lines += field("NEXT EVENTS", events(part, areAhead: true))
    if !isRuleTold { lines += field("SO FAR", events(part, areAhead: false)) }
    lines += field("CHANGE", change(part, isRuleTold: isRuleTold))
    if !isRuleTold { lines += field("SOURCES", part.judgement?.rule?.sources ?? []) }
    return lines
  }

  private func heading(_ finding: Finding, number: Int, of count: Int) -> [String] {
    let start = count > 1 ? "\(number)/\(count)  " : ""
    let risk = finding.risk.rawValue
    var lines = LabelledLines.wrapped(
      items: [TerminalText.sanitized(finding.use.image.text)], start: "\(start)\(risk)  ",
      hanging: 2, options: frame.options)
    guard frame.options.color, let first = lines.first, first.hasPrefix(start + risk) else {
      return lines
    }
    lines[0] =
      start + RiskStyle.risk(finding.risk).applied(to: risk)
      + first.dropFirst(start.count + risk.count)
    return lines
  }

  private func place(_ use: ImageUse) -> [String] {
    var items = [use.path]
    if !use.container.isEmpty { items.append("container \(use.container)") }
    if use.role != .container { items.append("role \(use.role.rawValue)") }
    if use.pullPolicy != .unspecified { items.append("pull policy \(use.pullPolicy.rawValue)") }
    return [items.filter { !$0.isEmpty }.joined(separator: ", ")]
      + [use.origin.note].compactMap { $0 }
  }

  private func why(_ finding: Finding) -> [String] {
    let cell =
      "\(finding.fate.rawValue) (\(ExplanationWords.meaning(finding.fate))) and"
      + " \(finding.exposure.rawValue) (\(ExplanationWords.meaning(finding.exposure))):"
      + " \(finding.risk.rawValue)"
    let waiver = finding.waiver?.words
    // These two stand under WHERE and EDIT.
    let told = [finding.use.origin.note, finding.workload.managedBy.map { "managed by \($0)" }]
    var reasons = finding.reasons.filter { !told.contains($0) }
    if finding.use.image.reference == nil, let first = reasons.first {
      // No registry, hence no fate: "nothing is known against it" would be beside the point.
      reasons[0] = "\(finding.risk.rawValue): \(first)"
    } else {
      reasons.insert(cell, at: 0)
    }
    return reasons + [waiver].compactMap { $0 }
  }

  private func rule(_ part: Explanation.Part, isTold: Bool) -> [String] {
    guard let rule = part.judgement?.rule else { return ["none: \(part.finding.kind.rawValue)"] }
    if isTold { return ["\(rule.id): \(rule.title), told above"] }
    return [
      "\(rule.id): \(rule.title)", rule.what,
      ExplanationWords.certainty(of: rule),
    ].filter { !$0.isEmpty }
  }

  private func failures(_ use: ImageUse) -> [String] {
    let shown = use.failures.prefix(Self.namedFailures).map { failure in
      "Pod \(failure.pod): \(failure.reason)"
        + (failure.message.isEmpty ? "" : ": \(failure.message)")
    }
    let more = use.failureCount - shown.count
    return shown + (more > 0 ? ["and \(CountWords.grouped(more)) more"] : [])
  }

  private func nodes(_ part: Explanation.Part) -> [String] {
    let finding = part.finding
    guard finding.use.image.reference != nil else { return [] }
    var lines: [String] = []
    if explanation.report.isAsOfAnotherDay {
      return ["what nodes hold and Pods say today does not count as of another day"]
    }
    if let holders = part.holders {
      lines.append(
        holders.isEmpty
          ? "no node's list names it (lists of 50 images are cut, empty ones say nothing)"
          : "held by \(names(holders))")
      if let holding = finding.nodesWithImage, let total = finding.nodesTotal {
        lines.append(
          "of \(CountWords.text(total, "node")) that it may run on, \(holding) hold it")
      }
    } else {
      lines.append("the node caches were not read")
    }
    if !finding.use.nodes.isEmpty { lines.append("its Pods are on \(names(finding.use.nodes))") }
    if !finding.use.runningNodes.isEmpty {
      lines.append("it runs on \(names(finding.use.runningNodes))")
    }
    return lines
  }

  private func names(_ nodes: [String]) -> String {
    let more = nodes.count - Self.namedNodes
    let shown = nodes.prefix(Self.namedNodes).joined(separator: ", ")
    return more > 0 ? "\(shown) and \(CountWords.grouped(more)) more" : shown
  }

  // MARK: Time

  /// The registry's dated events, in the order of time.
  private func events(_ part: Explanation.Part, areAhead: Bool) -> [String] {
    guard let rule = part.judgement?.rule else { return [] }
    let today = explanation.report.asOf
    let events = rule.events.filter { ($0.lastDay >= today) == areAhead }
    var dated = events.map { event in
      let distance = ExplanationWords.distance(
        from: today, to: event.start.day, end: event.lastDay)
      return (
        event.start.day,
        "\(event.window) (\(distance)): \(event.kind.rawValue)"
          + (event.note.isEmpty ? "" : "; \(event.note)")
      )
    }
    let told = Set(events.map(\.start.day))
    for fate in rule.fates {
      guard let day = fate.from, (day > today) == areAhead, !told.contains(day) else { continue }
      let distance = ExplanationWords.distance(from: today, to: day, end: day)
      dated.append(
        (
          day,
          "\(day) (\(distance)): \(fate.fate.rawValue)" + (fate.note.map { "; \($0)" } ?? "")
        ))
    }
    let lines = dated.sorted { $0 < $1 }.map(\.1)
    if areAhead {
      return lines.isEmpty
        ? ["as of \(today) no dated event lies ahead"] : ["as of \(today)"] + lines
    }
    return lines
  }

  // MARK: What to do

  /// A digest is spoken of only where there is one.
  private static func whatStays(_ finding: Finding) -> String {
    finding.use.image.reference?.digest == nil ? "name and tag" : "name, tag and digest"
  }

  private func change(_ part: Explanation.Part, isRuleTold: Bool) -> [String] {
    let finding = part.finding
    let judgement = part.judgement
    var lines: [String] = []
    if judgement?.replacement != nil, let text = finding.replacement {
      lines.append(
        finding.isReplacementMechanical
          ? "to \(text): the same \(Self.whatStays(finding)) at another place"
          : "to \(text): a person must check name and tag")
    }
    if let successor = judgement?.successor {
      lines.append(
        "maintained today as \(successor.image)" + (successor.note.map { " (\($0))" } ?? "")
          + ": a person chooses the tag")
    }
    if lines.isEmpty {
      lines.append(
        finding.use.image.reference == nil
          ? "write an image reference" : "no replacement is known")
    }
    if !isRuleTold, let advice = judgement?.rule?.advice, !advice.isEmpty { lines.append(advice) }
    if judgement?.replacement?.dropsDigest == true {
      lines.append("the digest may differ at the new place: look it up before you pin it again")
    }
    return lines
  }

  // MARK: The end

  private func clean() -> [String] {
    let uses = explanation.parts.map(\.finding).filter { $0.risk == .clean }
    return field(
      "CLEAN",
      uses.map { finding in
        let container = finding.use.container
        return finding.use.image.text + (container.isEmpty ? "" : " (container \(container))")
      })
  }

  private func end(_ faults: [Explanation.Part]) -> [String] {
    let coverage = explanation.cluster.coverage
    let steps = frame.next
    let commands = [
      faults.first { $0.finding.rule != nil }.flatMap { steps.rule(of: $0.finding) },
      steps.list(explanation.workload.identity.namespace, of: explanation.cluster),
      steps.access(explanation.cluster),
    ]
    return frame.section("NOT READ", CoverageWording.gaps(coverage))
      + frame.section("NEXT", commands.compactMap(\.self))
  }

  /// A label before the first text; the others stand below it. Texts are sanitised here.
  private func field(_ label: String, _ texts: [String]) -> [String] {
    let options = frame.options
    let isNarrow = LabelledLines.isNarrow(options)
    return texts.enumerated().flatMap { index, text in
      let item = [TerminalText.sanitized(text)]
      if index == 0 { return LabelledLines.lines(label: label, items: item, options: options) }
      let indent = isNarrow ? 2 : LabelledLines.labelWidth
      return LabelledLines.wrapped(
        items: item, start: String(repeating: " ", count: indent), hanging: indent + 2,
        options: options)
    }
  }
}
