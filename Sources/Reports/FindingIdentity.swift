import ImageReferences
import Inventory
import RegistryCatalogue

/// What makes a finding the same one in another scan of the same cluster: workload, container,
/// image and rule. Neither its risk nor its place in a list belongs to it, nor the version under
/// which its kind is served.
struct FindingIdentity: Hashable, Sendable {
  let namespace: String
  let kind: String
  let name: String
  let container: String
  /// As written.
  let image: String
  /// Id of the rule, or the word for what it is when there is none.
  let rule: String
  /// Where it stands in a file; empty for what a cluster holds.
  var file = ""

  /// 64 hexadecimal digits that stand for this finding in this cluster.
  func fingerprint(cluster: String) -> String {
    let parts =
      [cluster, namespace, kind, name, container, image, rule] + (file.isEmpty ? [] : [file])
    // Lengths first: no text can pass for two others.
    return SHA256.hex(parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) })
  }
}

extension FindingIdentity {
  init(_ finding: Finding) {
    self.init(
      namespace: finding.use.workload.namespace, kind: finding.use.workload.kind,
      name: finding.use.workload.name, container: finding.use.container,
      image: finding.use.image.text, rule: finding.rule ?? finding.kind.rawValue,
      file: finding.use.place?.file ?? "")
  }
}
