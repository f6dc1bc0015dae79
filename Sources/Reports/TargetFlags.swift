/// The flags by which the user chose a cluster, its namespaces and what to judge by, to be repeated
/// in commands that the report proposes.
package struct TargetFlags: Hashable, Sendable {
  package struct Given: Hashable, Sendable {
    /// With its dashes.
    package let name: String
    /// Nil for a switch.
    package let value: String?

    package init(name: String, value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// Secrets are not among them.
  package var connection: [Given]
  /// `--namespace`; empty for the whole cluster.
  package var namespaces: [String]
  /// The day, files and labels that findings depend on, and what was read beside the ordinary.
  package var judging: [Given] = []
  /// Those of `judging` that tell which rules are in force.
  package var rules: [Given] = []
  /// Whether none of them names the cluster, because several were meant.
  package var isSweep = false

  package init(connection: [Given] = [], namespaces: [String] = []) {
    self.connection = connection
    self.namespaces = namespaces
  }

  /// ` -n team-a -n team-b`
  var namespacesText: String? {
    Self.text(namespaces.map { Given(name: "-n", value: $0) })
  }

  /// ` --context prod`, with a blank before each flag; nil when a value cannot be typed.
  static func text(_ flags: [Given]) -> String? {
    var text = ""
    for flag in flags {
      text += " \(flag.name)"
      guard let value = flag.value else { continue }
      guard let word = ShellWord.text(value) else { return nil }
      text += " \(word)"
    }
    return text
  }
}
