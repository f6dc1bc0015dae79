import Foundation
import TemporaryFolder
import Testing

@testable import Remediation

/// The script run by a shell, with a stand-in for the tool: a registry is a folder, an image a file
/// that holds its digest.
@Suite struct CopyScriptTests {
  private static let tool = """
    #!/bin/sh
    file() { printf '%s/images/%s' "$HOME" "$(printf %s "$1" | tr '/:@' '___')"; }
    echo "$*" >>"$HOME/log"
    case $1 in
      digest) cat "$(file "$2")" ;;
      copy)
        [ -f "$(file "$2")" ] || exit 1
        [ -n "${BROKEN:-}" ] && { echo other >"$(file "$3")"; exit 0; }
        cp "$(file "$2")" "$(file "$3")" ;;
    esac

    """

  private let folder: TemporaryFolder
  private let target = "registry.corp.example_m_"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.tool, to: "bin/crane", mode: 0o755)
    let plan = try MirrorSamples.plan(
      [
        "k8s.gcr.io/pause:3.9", "k8s.gcr.io/a@\(MirrorSamples.digest)",
        "gcr.io/cadvisor/cadvisor:v0.47.2",
      ], to: "registry.corp.example/m"
    ) { $0.tool = .crane }
    try folder.write(plan.copyFiles[0].content, to: "copy.sh")
  }

  private func image(_ name: String, _ digest: String) throws {
    try folder.write("\(digest)\n", to: "images/\(name)")
  }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> ShellRun {
    try ShellRun(
      ["copy.sh"] + arguments, in: folder, path: [folder.path("bin")],
      environment: environment)
  }

  private func sources() throws {
    try image("k8s.gcr.io_pause_3.9", "sha256:one")
    try image(
      "k8s.gcr.io_a_\(MirrorSamples.digest.replacing(":", with: "_"))", MirrorSamples.digest)
    try image("gcr.io_cadvisor_cadvisor_v0.47.2", "sha256:three")
  }

  @Test func itCopiesOnceAndThenNothing() throws {
    try sources()
    let first = try run()
    #expect(first.status == 0)
    #expect(first.output.hasSuffix("3 copied, 0 there already, 0 failed\n"))
    #expect(try folder.text("images/\(target)k8s.gcr.io_pause_3.9") == "sha256:one\n")
    #expect(
      try folder.text("images/\(target)k8s.gcr.io_a_digest-ab12ab12ab12")
        == "\(MirrorSamples.digest)\n")
    let second = try run()
    #expect(second.output == "0 copied, 3 there already, 0 failed\n")
    // A tag that moved is copied again.
    try image("gcr.io_cadvisor_cadvisor_v0.47.2", "sha256:four")
    #expect(try run().output.hasSuffix("1 copied, 2 there already, 0 failed\n"))
  }

  @Test func itOnlyTells() throws {
    try sources()
    let told = try run("-n")
    #expect(told.status == 0)
    #expect(told.output.hasSuffix("3 to copy, 0 there already, 0 failed\n"))
    #expect(try folder.text("log").contains("copy ") == false)
  }

  @Test func theOtherSourceServes() throws {
    try sources()
    try FileManager.default.removeItem(
      at: folder.url.appending(path: "images/k8s.gcr.io_pause_3.9"))
    try image("registry.k8s.io_pause_3.9", "sha256:one")
    let result = try run()
    #expect(result.status == 0)
    #expect(result.output.contains("no answer: k8s.gcr.io/pause:3.9\n"))
    #expect(
      result.output.contains(
        "registry.k8s.io/pause:3.9 -> registry.corp.example/m/k8s.gcr.io/pause:3.9 (sha256:one)"))
  }

  @Test func aFailureIsCountedAndTheRestGoesOn() throws {
    try sources()
    try FileManager.default.removeItem(
      at: folder.url.appending(path: "images/gcr.io_cadvisor_cadvisor_v0.47.2"))
    let result = try run()
    #expect(result.status == 1)
    #expect(
      result.output.contains("FAILED: registry.corp.example/m/gcr.io/cadvisor/cadvisor:v0.47.2"))
    #expect(result.output.hasSuffix("2 copied, 0 there already, 1 failed\n"))
  }

  @Test func aCopyIsKeptWhenItsSourceIsGone() throws {
    try sources()
    _ = try run()
    for name in try FileManager.default.contentsOfDirectory(
      atPath: folder.path("images"))
    where !name.hasPrefix("registry.corp") {
      try FileManager.default.removeItem(at: folder.url.appending(path: "images/\(name)"))
    }
    let result = try run()
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("0 copied, 3 there already, 0 failed\n"))
    #expect(result.output.contains("kept, for no source answers"))
  }

  @Test func anotherDigestIsNoCopy() throws {
    try sources()
    let result = try run(environment: ["BROKEN": "1"])
    #expect(result.status == 1)
    #expect(result.output.hasSuffix("0 copied, 0 there already, 3 failed\n"))
  }

  @Test func withoutTheTool() throws {
    try FileManager.default.removeItem(at: folder.url.appending(path: "bin"))
    let result = try run()
    #expect(result.status == 1)
    #expect(result.output == "crane is not installed\n")
  }

  @Test(arguments: CopyTool.allCases)
  func aShellParsesThem(tool: CopyTool) throws {
    let plan = try MirrorSamples.plan(
      MirrorSamples.images, nodes: MirrorSamples.nodes, to: "registry.corp.example"
    ) { $0.tool = tool }
    for file in plan.files where file.path.hasSuffix(".sh") {
      try folder.write(file.content, to: "script.sh")
      let result = try ShellRun(["-n", "script.sh"], in: folder)
      #expect(result.status == 0 && result.output.isEmpty, "\(file.path)")
    }
  }
}
