import Inventory
import Reports

/// Commands that look, or open an editor.
extension SourceFix {
  func look(_ kubectl: String?) -> [String] {
    command(kubectl, "get", "-o yaml")
  }

  func edit(_ kubectl: String?) -> [String] {
    command(kubectl, "edit", "")
  }

  func status(_ kubectl: String?) -> [String] {
    guard identity?.kind == "Deployment" else { return [] }
    return command(kubectl, "rollout status", "")
  }

  func restart(_ workload: WorkloadIdentity, _ target: KubectlTarget) -> [String] {
    guard ["Deployment", "StatefulSet", "DaemonSet"].contains(workload.kind) else { return [] }
    return command(target.kubectl(workload.namespace), "rollout restart", "", workload)
  }

  private func command(
    _ kubectl: String?, _ verb: String, _ end: String, _ other: WorkloadIdentity? = nil
  ) -> [String] {
    guard let kubectl, let identity = other ?? identity else { return [] }
    let parts = identity.apiVersion.split(separator: "/")
    let kind =
      parts.count == 2 && BuiltInKind(identity) == nil
      ? "\(identity.kind).\(parts[1]).\(parts[0])" : identity.kind.lowercased()
    guard let word = ShellWord.text("\(kind)/\(identity.name)") else { return [] }
    return ["\(kubectl) \(verb) \(word)\(end.isEmpty ? "" : " \(end)")"]
  }
}
