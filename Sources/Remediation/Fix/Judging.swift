import Reports

/// What a person looks at before an image of another name or version takes the old one's place,
/// and what to do where none is known.
enum Judging {
  static func checks(_ finding: Finding, _ report: Report) -> [String] {
    var checks: [String] = []
    if let replacement = finding.replacement,
      replacement.split(separator: "/").last?.contains(":") != true
    {
      checks.append("choose a tag that the new place has")
    } else {
      checks.append("look whether the new place has this tag, and what it holds")
    }
    checks.append("read what changed since: flags, configuration, user, ports, architectures")
    if let advice = advice(finding, report) { checks.append(advice) }
    return checks
  }

  static func nextStep(_ finding: Finding, _ report: Report) -> String {
    switch finding.kind {
    case .registry:
      if let advice = advice(finding, report) { return advice }
      return "find out who publishes the image today, or copy it to a registry of your own"
    case .invalidReference: return "write an image reference"
    case .placeholder: return "nothing, if something fills it in when Pods are made"
    case .imageNeverPull: return "load the image onto the node, or let the policy pull it"
    case .pullFailing:
      return "see why the pull fails; the registry itself is not known to be the cause"
    case .clean: return ""
    }
  }

  private static func advice(_ finding: Finding, _ report: Report) -> String? {
    guard let id = finding.rule, let rule = report.rules.first(where: { $0.id == id }),
      !rule.advice.isEmpty
    else { return nil }
    return rule.advice
  }

  /// Where the change will have to go, for what a person decides.
  static func place(_ finding: Finding) -> String? {
    switch EditPlace(finding) {
    case .manager(let manager): "managed by \(manager.words)"
    case .nodeFile(let node): "a static pod's file on node \(node)"
    case .injector: "put in by an injector: its configuration"
    case .recreation: "must be made anew"
    case .controller(let dependent): "made by a controller, in \(dependent)"
    default: nil
    }
  }
}
