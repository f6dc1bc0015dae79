/// The flags by which the user chose a cluster and its namespaces, to be repeated in commands that
/// the report proposes.
package struct TargetFlags: Hashable, Sendable {
  package struct Given: Hashable, Sendable {
    /// With its dashes.
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Secrets are not among them.
  package var connection: [Given]
  /// `--namespace`; empty for the whole cluster.
  package var namespaces: [String]
  /// Whether none of them names the cluster, because several were meant.
  package var isSweep = false

  package init(connection: [Given] = [], namespaces: [String] = []) {
    self.connection = connection
    self.namespaces = namespaces
  }

  /// ` --context prod`, with a blank before each flag; nil when a value cannot be typed.
  var connectionText: String? {
    Self.text(connection)
  }

  /// ` -n team-a -n team-b`
  var namespacesText: String? {
    Self.text(namespaces.map { Given(name: "-n", value: $0) })
  }

  private static func text(_ flags: [Given]) -> String? {
    var text = ""
    for flag in flags {
      guard let word = ShellWord.text(flag.value) else { return nil }
      text += " \(flag.name) \(word)"
    }
    return text
  }
}
