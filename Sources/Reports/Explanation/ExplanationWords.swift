import Inventory
import RegistryCatalogue

/// The sentences of an explanation that stand in no finding.
enum ExplanationWords {
  /// What a fate means.
  static func meaning(_ fate: Fate) -> String {
    switch fate {
    case .gone: "pulls fail"
    case .retiring: "it answers until a known end"
    case .frozen: "it answers, and is never updated"
    case .moved: "the publisher left, the copy still answers"
    case .probe: "whether it answers, only the registry can tell"
    case .limited: "it answers within limits"
    case .ok: "nothing is known against it"
    }
  }

  /// What the next start of a container does.
  static func meaning(_ exposure: Exposure) -> String {
    switch exposure {
    case .failing: "a container cannot start now"
    case .pulls: "the next start asks the registry"
    case .cached: "the next start finds it on the node"
    case .dormant: "nothing starts it without a person"
    case .history: "only a rollback or a person starts it again"
    case .unknown: "whether the next start asks the registry is not known"
    }
  }

  /// Who vouches for a rule.
  static func certainty(of rule: Rule) -> String {
    let words =
      switch rule.certainty {
      case .primary: "primary: the vendor or the project says so"
      case .reported: "reported by third parties"
      case .inferred: "inferred: concluded, nobody was found who says so"
      case nil: "your rules file says so"
      }
    return rule.isUserDefined && rule.certainty != nil ? "\(words), in your rules file" : words
  }

  static func activity(_ workload: Workload) -> String {
    guard let desired = workload.activity.desired else { return workload.activity.word }
    return "\(workload.activity.word), \(CountWords.text(desired, "replica")) wanted"
  }

  /// Who made what, from the object that a person edits down to the Pods.
  static func chain(_ use: ImageUse) -> String {
    var links = ["\(use.workload.kind)/\(use.workload.name)"]
    if case .dependent(let name) = use.origin { links.append(name) }
    if use.workload.kind != "Pod" {
      links.append(use.podCount == 0 ? "no Pod now" : CountWords.text(use.podCount, "Pod"))
    }
    return links.joined(separator: " → ")
  }

  /// Where a change lasts.
  static func edit(_ workload: Workload) -> String {
    if let manager = workload.managedBy {
      return manager.hasPrefix("the kubelet")
        ? "managed by \(manager)"
        : "managed by \(manager): change its source, which overwrites what is edited in the cluster"
    }
    let object = "\(workload.identity.kind)/\(workload.identity.name)"
    if !workload.wasRead {
      return "\(object), which was not read: its controller makes the Pods"
    }
    if workload.identity.kind == "Pod" {
      return "\(object): a Pod that nothing owns, to be made anew"
    }
    return "\(object): no tool is known to manage it"
  }

  /// `in 17 days`, `today`, `12 days ago`; of something that lasts, `under way`.
  static func distance(from day: CalendarDate, to start: CalendarDate, end: CalendarDate) -> String
  {
    let days = day.days(until: start)
    if days > 0 { return "in \(CountWords.text(days, "day"))" }
    if days == 0 { return "today" }
    if end >= day { return "under way" }
    return "\(CountWords.text(-day.days(until: end), "day")) ago"
  }
}
