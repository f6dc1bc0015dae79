import Foundation
import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

/// Whole plans, every file of them.
@Suite struct MirrorPlanTests {
  private static let pinned =
    "registry.corp.example/tools/busybox:1.36@sha256:" + String(repeating: "0f", count: 32)

  private func plan(to target: String?, tool: CopyTool = .skopeo) throws -> MirrorPlan {
    try MirrorSamples.plan(MirrorSamples.images, nodes: MirrorSamples.nodes, to: target) {
      $0.tool = tool
      $0.daemonSetImage = try MirrorImagePin(
        Self.pinned, catalogue: MirrorSamples.catalogue(), asOf: MirrorSamples.day)
    }
  }

  @Test func withARegistryOfOnesOwn() throws {
    try Golden.expect(plan(to: "registry.corp.example/m").document, "mirror/own-registry.md")
  }

  @Test func withReplacingRegistriesAlone() throws {
    try Golden.expect(plan(to: nil).document, "mirror/replacing-registries.md")
  }

  @Test(arguments: CopyTool.allCases)
  func theCopyPlan(tool: CopyTool) throws {
    let files = try plan(to: "registry.corp.example/m", tool: tool).copyFiles
    try Golden.expect(
      files.map { "== \($0.path)\n\($0.content)" }.joined(), "mirror/copy-\(tool.rawValue).txt")
  }

  @Test func theFolderHoldsEveryFile() throws {
    let plan = try plan(to: "registry.corp.example/m")
    let files = plan.folder
    #expect(Set(files.map(\.path)).count == files.count)
    let readme = try #require(files.first { $0.path == "README.md" }?.content)
    for file in files where file.path != "README.md" {
      #expect(readme.contains("`\(file.path)`"), "\(file.path)")
      #expect(!readme.contains(file.content))
      #expect(plan.document.contains(file.content), "\(file.path)")
    }
  }

  @Test func everyFileOfANodeSaysWhoWroteIt() throws {
    for file in try plan(to: "registry.corp.example/m").files {
      let first = file.content.split(separator: "\n").prefix(2).joined(separator: "\n")
      let isLines = file.path.contains("config-version")
      #expect(first.contains("Written by kubectl gcr-report mirror") || isLines, "\(file.path)")
    }
  }

  @Test func whatWasNotReadIsSaid() throws {
    let plan = try MirrorSamples.plan(["k8s.gcr.io/pause:3.9"], nodes: nil)
    #expect(plan.unread == ["prod-eu"])
    #expect(plan.document.contains("## Not read"))
    #expect(plan.document.contains("its nodes were not read"))
    #expect(plan.recipes.isEmpty)
  }

  @Test func aRuntimeMayBeAskedFor() throws {
    let plan = try MirrorSamples.plan(["k8s.gcr.io/pause:3.9"], nodes: nil) {
      $0.platforms = [RuntimeChoice.containerd.platform]
    }
    #expect(plan.files.map(\.path).contains("nodes/containerd/certs.d/k8s.gcr.io/hosts.toml"))
    #expect(plan.document.contains("Asked for with `--runtime`"))
  }

  @Test func nothingAtRisk() throws {
    let plan = try MirrorSamples.plan(
      ["nginx:1.25"], nodes: MirrorSamples.nodes, to: "registry.corp.example")
    #expect(plan.files.isEmpty)
    #expect(plan.document.contains("There is nothing to copy."))
  }

  @Test(arguments: [
    ("busybox:1.36", "not pinned"), ("busy box", "not pinned"),
    ("k8s.gcr.io/busybox@\(MirrorSamples.digest)", "may fail itself"),
    ("gcr.io/istio-release/x@\(MirrorSamples.digest)", "may fail itself"),
    ("gcr.io/some-project/x@\(MirrorSamples.digest)", "may fail itself"),
  ])
  func anImageThatWillNotDo(image: String, words: String) throws {
    let catalogue = try MirrorSamples.catalogue()
    do throws(MirrorError) {
      _ = try MirrorImagePin(image, catalogue: catalogue, asOf: MirrorSamples.day)
      Issue.record("\(image) was accepted")
    } catch {
      #expect(error.description.contains(words))
    }
  }

  @Test func theTargetIsJudgedToo() throws {
    let catalogue = try MirrorSamples.catalogue()
    let complaint = try MirrorSamples.plan([], to: "gcr.io/acme").complaintAboutTarget(catalogue)
    #expect(complaint?.contains("gcr.io") == true)
    #expect(
      try MirrorSamples.plan([], to: "registry.corp.example").complaintAboutTarget(catalogue)
        == nil)
  }

  /// Names that nobody should have, in every field that a cluster fills.
  @Test func hostileNames() throws {
    let evil = "a`$(reboot)`\n```\n| \u{1b}[31m'\";\u{202e}"
    let node = MirrorSamples.node(
      evil, "containerd://1.7.\(evil)", kubelet: evil, system: evil, pool: (evil, evil))
    var report = try MirrorSamples.report(["k8s.gcr.io/pause:3.9", evil], nodes: [node])
    report.clusters[0].contexts = [evil]
    report.clusters[0].findings[0].outlook = evil
    report.clusters[0].coverage = [
      CoverageEntry(
        resource: evil, namespace: evil, state: .failed, reason: evil, holdsImages: true)
    ]
    var options = MirrorPlan.Options()
    options.target = try MirrorTarget("registry.corp.example")
    options.daemonSetImage = try MirrorImagePin(
      Self.pinned, catalogue: MirrorSamples.catalogue(), asOf: MirrorSamples.day)
    let plan = MirrorPlan(report, catalogue: try MirrorSamples.catalogue(), options: options)
    let document = plan.document
    #expect(!document.unicodeScalars.contains { $0 != "\n" && TerminalText.acts($0) })
    // Every fence is ours: an even number, and none of the cluster's text begins a line.
    #expect(document.split(separator: "\n").count { $0.hasPrefix("```") }.isMultiple(of: 2))
    for file in plan.files {
      #expect(!file.content.contains("reboot"), "\(file.path)")
      #expect(!file.path.contains("reboot"))
    }
  }
}
