import Inventory
import RegistryCatalogue

/// One finding's whole story, as a list of terms.
enum HTMLStory {
  static func html(_ finding: Finding, _ page: HTMLPage) -> HTML {
    let use = finding.use
    var html = HTML.empty
    html += term("Why", reasons(finding))
    if let replacement = finding.replacement {
      let note =
        finding.isReplacementMechanical
        ? "the same image at another place" : "choose the version yourself"
      html += term("Use instead", "<code>\(replacement)</code> <small>\(note)</small>")
    }
    if let rule = finding.rule {
      html += term("Rule", Self.rule(rule, finding, page))
    }
    html += term("Where", "<code>\(use.path)</code>\(text(use.origin.note.map { "; \($0)" }))")
    if let waiver = finding.waiver { html += term("Exception", "\(waiver.words)") }
    if let managedBy = finding.workload.managedBy { html += term("Managed by", "\(managedBy)") }
    html += term("State", "\(state(finding))")
    if !use.failures.isEmpty { html += term("Pods that wait", failures(use)) }
    if let held = held(finding) { html += term("Nodes", "\(held)") }
    if !use.nodes.isEmpty { html += term("Runs on", "\(names(use.nodes))") }
    return "<dl>\(html)</dl>"
  }

  private static func term(_ title: HTML, _ text: HTML) -> HTML {
    "<dt>\(title)</dt><dd>\(text)</dd>"
  }

  private static func text(_ text: String?) -> HTML {
    text.map { "\($0)" } ?? ""
  }

  private static func reasons(_ finding: Finding) -> HTML {
    let reasons = finding.reasons + finding.use.notes
    if reasons.isEmpty {
      return "registry \(finding.fate.rawValue), next start \(finding.exposure.rawValue)"
    }
    if reasons.count == 1 { return "\(reasons[0])" }
    return "<ul>\(reasons.map { "<li>\($0)</li>" as HTML }.joined())</ul>"
  }

  private static func rule(_ id: String, _ finding: Finding, _ page: HTMLPage) -> HTML {
    let name: HTML =
      page.ruleNumbers[id].map {
        "<a href=\"#rule-\($0)\">\(page.report.rules[$0].title)</a>"
      } ?? "<code>\(id)</code>"
    return finding.certainty.map { "\(name), certainty \($0.rawValue)" } ?? name
  }

  private static func state(_ finding: Finding) -> String {
    let use = finding.use
    var parts = [use.activity.word]
    if let desired = use.activity.desired { parts[0] += ", \(desired) desired" }
    if use.podCount > 0 { parts.append(CountWords.text(use.podCount, "Pod")) }
    if use.pullPolicy != .unspecified { parts.append("pull policy \(use.pullPolicy.rawValue)") }
    return parts.joined(separator: " · ")
  }

  private static func held(_ finding: Finding) -> String? {
    guard let nodes = finding.nodesWithImage else { return nil }
    let total = finding.nodesTotal.map { " of \(CountWords.text($0, "node"))" } ?? ""
    return "\(CountWords.grouped(nodes))\(total) hold the image"
  }

  private static func failures(_ use: ImageUse) -> HTML {
    var items = use.failures.map { failure -> HTML in
      "<li>\(failure.pod): \(failure.reason) <small>\(failure.message)</small></li>"
    }
    let more = use.failureCount - use.failures.count
    if more > 0 { items.append("<li>and \(CountWords.grouped(more)) more</li>") }
    return "<ul>\(items.joined())</ul>"
  }

  private static let namedNodes = 8

  private static func names(_ nodes: [String]) -> String {
    let more = nodes.count - namedNodes
    return nodes.prefix(namedNodes).joined(separator: ", ")
      + (more > 0 ? " and \(CountWords.grouped(more)) more" : "")
  }
}
