import ImageReferences
import Inventory
import RegistryCatalogue

/// A finding in one sentence, for formats that have a single text for it.
enum FindingWords {
  /// `k8s.gcr.io/web:1.0: frozen since 2023-04-03; use registry.k8s.io/web:1.0`, sanitised.
  static func sentence(_ finding: Finding) -> String {
    TerminalText.sanitized("\(finding.use.image.text): \(details(finding))")
  }

  /// The reasons, and what to use instead; never empty, not sanitised.
  static func details(_ finding: Finding) -> String {
    var parts = finding.reasons
    if parts.isEmpty { parts = ["\(finding.fate.rawValue), \(finding.exposure.rawValue)"] }
    if let replacement = finding.replacement { parts.append("use \(replacement)") }
    return parts.joined(separator: "; ")
  }

  /// `Deployment/web, container app (init)`, sanitised.
  static func place(_ finding: Finding) -> String {
    let use = finding.use
    var text = "\(use.workload.kind)/\(use.workload.name)"
    if !use.container.isEmpty { text += ", container \(use.container)" }
    if use.role != .container { text += " (\(use.role.rawValue))" }
    return TerminalText.sanitized(text)
  }

  /// `jobs.batch in vault (forbidden): may not list`, sanitised.
  static func gap(_ entry: CoverageEntry) -> String {
    var text = "\(entry.resource)"
    if !entry.namespace.isEmpty { text += " in \(entry.namespace)" }
    text += " (\(entry.state.rawValue))"
    if !entry.reason.isEmpty { text += ": \(entry.reason)" }
    return TerminalText.sanitized(text)
  }
}
