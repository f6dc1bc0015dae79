import ImageReferences
import Inventory
import RegistryCatalogue

/// A gcr.io project that no rule knows: whether its images survived, only the registry can tell.
struct UnverifiedProject: Hashable, Sendable {
  static let rulePrefix = "gcr-unverified"

  /// `gcr.io/my-project`, sanitised.
  let name: String
  let workloads: Int
  let namespaces: Int

  var text: String {
    let used = CountWords.text(workloads, "workload")
    return "\(name)  \(used) in \(CountWords.text(namespaces, "namespace"))"
  }

  /// One per project, most workloads first, then by name; history is left out.
  static func all(in findings: [Finding]) -> [UnverifiedProject] {
    var users: [String: Set<WorkloadIdentity>] = [:]
    for finding in findings where !finding.isHistory && isUnverified(finding) {
      guard case .reference(let reference) = finding.use.image else { continue }
      users["\(reference.registry)/\(reference.projectPath)", default: []]
        .insert(finding.use.workload)
    }
    return users.map { name, workloads in
      UnverifiedProject(
        name: TerminalText.sanitized(name), workloads: workloads.count,
        namespaces: Set(workloads.map(\.namespace)).count)
    }
    .sorted { ($1.workloads, $0.name) < ($0.workloads, $1.name) }
  }

  private static func isUnverified(_ finding: Finding) -> Bool {
    finding.fate == .probe && finding.rule?.hasPrefix(rulePrefix) == true
  }
}
