import KubernetesAPI
import Remediation
import Testing

@testable import CommandLineTool

@Suite("policy")
struct PolicyTests {
  struct Server: Sendable {
    let versions: [String?]
    var groups: [(group: String, name: String)] = []
    let engine: PolicyEngine?
  }

  @Test(
    "The engine follows what is installed, then the version",
    arguments: [
      Server(versions: ["v1.36.2"], engine: .validatingAdmissionPolicy),
      Server(versions: ["v1.30.0-eks-1"], engine: .validatingAdmissionPolicy),
      Server(versions: ["v1.30+"], engine: .validatingAdmissionPolicy),
      Server(versions: ["v2.0.0"], engine: .validatingAdmissionPolicy),
      Server(versions: ["v1.29.9"], engine: nil),
      Server(versions: ["v1.36.2", "v1.24.1"], engine: nil),
      Server(versions: [nil], engine: nil),
      Server(versions: ["nonsense"], engine: nil),
      Server(versions: [], engine: nil),
      Server(
        versions: ["v1.29.0"], groups: [("templates.gatekeeper.sh", "constrainttemplates")],
        engine: .gatekeeper),
      Server(
        versions: ["v1.36.2"],
        groups: [
          ("templates.gatekeeper.sh", "constrainttemplates"), ("kyverno.io", "clusterpolicies"),
        ], engine: .kyverno),
      Server(
        versions: ["v1.36.2"],
        groups: [
          ("kyverno.io", "clusterpolicies"), ("policies.kyverno.io", "validatingpolicies"),
        ], engine: .kyvernoCEL),
    ])
  func choice(server: Server) throws {
    let resources = server.groups.map {
      APIResource(
        group: $0.group, version: "v1", name: $0.name, kind: "", isNamespaced: false, verbs: [])
    }
    let choice = EngineChoice(
      versions: server.versions, discovery: Discovery(resources: resources))
    guard let engine = server.engine else {
      #expect(throws: PolicyTargetError.self) { try choice.engine() }
      return
    }
    #expect(try choice.engine() == engine)
  }

  @Test(
    "No flag is taken and ignored",
    arguments: [
      (["-n", "shop"], UsageError.needsOther("--namespace", ["--rehearse"])),
      (["--team-label", "t"], .needsOther("--team-label", ["--rehearse"])),
      (["--risk", "high"], .needsOther("--risk", ["--rehearse"])),
      (["-o", "json"], .needsOther("--output", ["--rehearse"])),
      (["--require-complete"], .needsOther("--require-complete", ["--rehearse"])),
      (["--for", "vap", "--context", "c"], .needsOther("--context", ["--rehearse"])),
      (["--for", "vap", "--from", "r.json"], .needsOther("--from", ["--rehearse"])),
      (["--rehearse", "--output-dir", "d"], .contradiction("--rehearse", "--output-dir")),
      (
        ["--for", "vap", "--action", "deny", "--output-dir", "d"],
        .contradiction("--output-dir", "--action")
      ),
    ])
  func contradictions(words: [String], error: UsageError) throws {
    let arguments = try ArgumentParser(registry: TestRegistry.all).parse(["policy"] + words)
    #expect(throws: error) { try PolicyUsage(arguments).check() }
  }

  @Test(
    "What goes together passes",
    arguments: [
      [], ["--for", "vap", "--rules", "r", "--rule", "x", "--as-of", "2026-11-21"],
      ["--context", "c"], ["--from", "r.json"],
      ["--rehearse", "-n", "shop", "-o", "json", "--from", "r.json", "--for", "map"],
      ["--output-dir", "d", "--overwrite", "--include-owned"],
    ])
  func combinations(words: [String]) throws {
    let arguments = try ArgumentParser(registry: TestRegistry.all).parse(["policy"] + words)
    try PolicyUsage(arguments).check()
  }
}
