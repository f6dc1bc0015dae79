import KubernetesAPI
import Remediation
import Reports

/// Which engine a policy is written for: the one that was named, else what the cluster has.
struct PolicyTarget {
  private let invocation: Invocation
  private let input: ReportInput

  init(_ invocation: Invocation, _ input: ReportInput) {
    self.invocation = invocation
    self.input = input
  }

  func engine() async throws -> PolicyEngine {
    let arguments = invocation.arguments
    if let engine = arguments[Flags.policy.engine] { return engine }
    guard arguments[Flags.source.from].isEmpty else {
      // A report does not say what else is installed.
      let versions = try await input.report().clusters.map(\.serverVersion)
      return try EngineChoice(versions: versions, discovery: nil).engine()
    }
    let access = try ClusterAccess(invocation)
    let target = try access.target()
    let client = access.client(for: target)
    let choice = try await client.whileOpen {
      let version = try await client.serverVersion().gitVersion
      return EngineChoice(versions: [version], discovery: try await client.discover())
    }
    let engine = try choice.engine()
    invocation.diagnostics.note(
      "\(engine.words): \(choice.reason(for: engine)); --for names another")
    return engine
  }
}

/// The default of `--for`.
struct EngineChoice {
  /// `v1.36.2`, of every cluster that counts; nil where it is not known.
  let versions: [String?]
  /// Nil: not asked for.
  let discovery: Discovery?

  /// Kyverno or Gatekeeper where one is installed, for there its users look; else what the API
  /// server does itself since 1.30.
  func engine() throws(PolicyTargetError) -> PolicyEngine {
    if serves("policies.kyverno.io", "validatingpolicies", ["v1"]) { return .kyvernoCEL }
    if serves("kyverno.io", "clusterpolicies", ["v1"]) { return .kyverno }
    if serves("templates.gatekeeper.sh", "constrainttemplates", ["v1"]) { return .gatekeeper }
    let known = versions.compactMap { $0 }
    guard let oldest = known.compactMap(Self.minor).min() else { throw .unknownVersion }
    guard oldest >= 30 else { throw .tooOld(known.first { Self.minor($0) == oldest } ?? "") }
    return .validatingAdmissionPolicy
  }

  func reason(for engine: PolicyEngine) -> String {
    switch engine {
    case .kyverno, .kyvernoCEL: "Kyverno is installed"
    case .gatekeeper: "Gatekeeper is installed"
    case .validatingAdmissionPolicy, .mutatingAdmissionPolicy:
      "the server is \(versions.compactMap { $0 }.first ?? "") and neither Kyverno nor Gatekeeper is"
        + " installed"
    }
  }

  private func serves(_ group: String, _ name: String, _ versions: [String]) -> Bool {
    discovery?.resource(group: group, name: name, versions: versions) != nil
  }

  /// Of `v1.31.2-eks-1`; a later major version counts as later than any minor one.
  private static func minor(_ version: String) -> Int? {
    let parts = version.drop { $0 == "v" }.split(separator: ".", maxSplits: 2)
    guard parts.count >= 2, let major = Int(parts[0]) else { return nil }
    let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
    return Int(digits).map { major == 1 ? $0 : major * 1000 + $0 }
  }
}

/// No default can be told.
enum PolicyTargetError: Error, Hashable, CustomStringConvertible {
  case unknownVersion
  case tooOld(String)

  var description: String {
    switch self {
    case .unknownVersion:
      "the report does not say which version its server has; name the engine with --for"
    case .tooOld(let version):
      "the server, \(version), has no ValidatingAdmissionPolicy (since 1.30), and neither Kyverno nor"
        + " Gatekeeper is known to be installed; name the engine with --for"
    }
  }
}
