import ImageReferences
import Inventory
import Reports
import YAMLDocuments

/// The values of one Helm release, or of a chart that something else installs, that move its
/// images.
struct ValuesFix {
  let manager: Manager
  /// Of the release; where the mark does not say it, of its objects.
  let namespace: String
  private let edits: [HelmSetting.Edit]
  /// What a person must look at, in words.
  let unclear: [String]

  static func all(_ fixes: ClusterFixes) -> [ValuesFix] {
    fixes.sources.compactMap { fix in
      guard case .manager(let manager) = fix.place, manager.hasValues else { return nil }
      var edits: [HelmSetting.Edit] = []
      var unclear: [String] = []
      for finding in fix.findings {
        switch HelmSetting.read(finding) {
        case .edits(let found): edits += found.filter { !edits.contains($0) }
        case .unclear(let why): unclear.append("\(finding.use.workload.label): \(why)")
        case nil:
          unclear.append(
            "\(finding.use.workload.label): which value sets \(finding.use.image.text) is not"
              + " known")
        }
      }
      // Two images want one value to be two things.
      let clashing = Set(
        Dictionary(grouping: edits, by: \.steps).filter { $0.value.count > 1 }.map(\.key))
      for edit in edits where clashing.contains(edit.steps) {
        unclear.append(
          "\(edit.key) would have to be \(edit.new), and something else for another image")
      }
      return ValuesFix(
        manager: manager,
        namespace: manager.namespace.isEmpty
          ? fix.findings.first?.use.workload.namespace ?? "" : manager.namespace,
        edits: edits.filter { !clashing.contains($0.steps) }, unclear: unclear)
    }
  }

  var hasValues: Bool { !edits.isEmpty }

  func tree(isInverse: Bool = false) -> YAMLTree {
    Self.tree(
      edits.sorted { $0.steps.lexicographicallyPrecedes($1.steps) }.map {
        ($0.steps[...], isInverse ? $0.old : $0.new)
      })
  }

  /// - Parameter leaves: sorted.
  private static func tree(_ leaves: [(steps: ArraySlice<String>, value: String)]) -> YAMLTree {
    var pairs: [YAMLTreePair] = []
    var index = 0
    while index < leaves.count {
      guard let key = leaves[index].steps.first else { break }
      let group = leaves[index...].prefix { $0.steps.first == key }
      let inner = group.filter { $0.steps.count > 1 }.map { ($0.steps.dropFirst(), $0.value) }
      // A value is a text or a mapping, not both: the mapping is what more keys speak for.
      pairs.append(
        YAMLTreePair(
          key: key, value: inner.isEmpty ? .string(leaves[index].value) : tree(inner)))
      index += group.count
    }
    return .mapping(pairs)
  }
}
