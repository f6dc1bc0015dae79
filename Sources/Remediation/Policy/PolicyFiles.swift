/// The names of the files of a policy, in the order in which they are applied.
enum PolicyFiles {
  static let definitions = "1-policy.yaml"

  static func name(of action: PolicyAction) -> String {
    switch action {
    case .audit: "2-audit.yaml"
    case .warn: "3-warn.yaml"
    case .deny: "4-deny.yaml"
    case .rewrite: "5-rewrite.yaml"
    }
  }
}
