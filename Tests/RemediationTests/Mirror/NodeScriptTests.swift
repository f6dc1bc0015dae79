import Foundation
import Inventory
import Reports
import TemporaryFolder
import Testing

@testable import Remediation

/// What puts files on nodes: the script of the DaemonSet, and that of user data.
@Suite struct NodeScriptTests {
  private static let image =
    "registry.corp.example/busybox@sha256:" + String(repeating: "0", count: 64)

  private func set(
    _ nodes: [String] = ["plain-1"], _ family: MirrorDaemonSet.Family = .containerd
  ) throws -> MirrorDaemonSet {
    let plan = try MirrorSamples.plan(
      ["k8s.gcr.io/pause:3.9", "localhost:5000/a@\(MirrorSamples.digest)"],
      nodes: MirrorSamples.nodes.filter { nodes.contains($0.name) }, to: "registry.corp.example"
    ) {
      $0.everything = true
      $0.daemonSetImage = try MirrorImagePin(
        Self.image, catalogue: MirrorSamples.catalogue(), asOf: MirrorSamples.day)
    }
    return try #require(plan.daemonSets.first { $0.family == family })
  }

  /// Runs the script until it is waiting, ends it as the kubelet does, and says what it said.
  private func run(_ folder: TemporaryFolder, before end: String = "") throws -> ShellRun {
    let script = """
      NODE=node FILES=files PAUSE=30 sh files/apply.sh >out 2>&1 &
      pid=$!
      tries=0
      while ! grep -q "^seen\\|: k8s.gcr.io/hosts.toml" out 2>/dev/null && [ $tries -lt 200 ]; do
        tries=$((tries + 1))
        sleep 0.05
      done
      sleep 0.2
      \(end)
      kill -TERM $pid
      wait $pid
      status=$?
      cat out
      exit $status
      """
    try folder.write(script, to: "run.sh")
    return try ShellRun(["run.sh"], in: folder)
  }

  private func prepare(_ set: MirrorDaemonSet) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(set.script, to: "files/apply.sh")
    for file in set.files { try folder.write(file.content, to: "files/\(file.key)") }
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "node"), withIntermediateDirectories: true)
    return folder
  }

  @Test func itWritesItsFilesAndTakesThemAway() throws {
    let set = try set()
    let folder = try prepare(set)
    defer { folder.remove() }
    let result = try run(folder, before: "cp -r node seen")
    #expect(result.status == 0)
    #expect(result.output.contains("written: k8s.gcr.io/hosts.toml\n"))
    #expect(
      try folder.text("seen/k8s.gcr.io/hosts.toml")
        == set.files.first {
          $0.path == "k8s.gcr.io/hosts.toml"
        }?.content)
    #expect(result.output.contains("removed: k8s.gcr.io/hosts.toml\n"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.path("node"))
    #expect(left.isEmpty)
  }

  @Test func anAdministratorsFileIsLeftAlone() throws {
    let folder = try prepare(try set())
    defer { folder.remove() }
    try folder.write("server = \"https://mine\"\n", to: "node/k8s.gcr.io/hosts.toml")
    let result = try run(folder)
    #expect(
      result.output.contains(
        "left alone, for somebody else wrote it: k8s.gcr.io/hosts.toml\n"))
    #expect(try folder.text("node/k8s.gcr.io/hosts.toml") == "server = \"https://mine\"\n")
  }

  @Test func aLinkIsLeftAlone() throws {
    let set = try set()
    let folder = try prepare(set)
    defer { folder.remove() }
    let content = try #require(set.files.first { $0.path == "k8s.gcr.io/hosts.toml" }?.content)
    try folder.write(content, to: "elsewhere")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "node/k8s.gcr.io"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("node/k8s.gcr.io/hosts.toml"),
      withDestinationPath: "../../elsewhere")
    let result = try run(folder)
    #expect(result.output.contains("left alone"))
    #expect(try folder.text("elsewhere") == content)
  }

  @Test func anOlderFileOfOursIsReplaced() throws {
    let set = try set()
    let folder = try prepare(set)
    defer { folder.remove() }
    try folder.write(
      "# \(MirrorPlan.header)\nserver = \"https://old\"\n", to: "node/k8s.gcr.io/hosts.toml")
    let result = try run(folder, before: "cp -r node seen")
    #expect(result.output.contains("written: k8s.gcr.io/hosts.toml\n"))
    #expect(try folder.text("seen/k8s.gcr.io/hosts.toml").contains("old") == false)
  }

  @Test func aHostWithAPort() throws {
    #expect(try set().files.map(\.path) == ["k8s.gcr.io/hosts.toml", "localhost_5000_/hosts.toml"])
  }

  @Test func whereItRuns() throws {
    #expect(try set().pools == nil)
    #expect(try set(["plain-1", "crio"]).pools == [])
    #expect(try set(["eks", "gke"]).pools?.map(\.name) == ["spot"])
    #expect(
      try set(["plain-1", "crio"], .crio).family.folder == "/etc/containers/registries.conf.d")
  }

  @Test func userDataWritesAndLeavesAlone() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let header = MirrorPlan.header
    let script = UserData.script(
      [
        ("\(folder.path)/a/b.toml", "# \(header)\n$(reboot) `x`\n"),
        ("\(folder.path)/c", "# \(header)\n"),
      ],
      header: header)
    try folder.write(script, to: "user-data.sh")
    try folder.write("theirs\n", to: "c")
    let result = try ShellRun(["user-data.sh"], in: folder)
    #expect(result.status == 0)
    #expect(result.output == "left alone, for somebody else wrote it: \(folder.path)/c\n")
    #expect(try folder.text("a/b.toml") == "# \(header)\n$(reboot) `x`\n")
    #expect(try folder.text("c") == "theirs\n")
    #expect(try ShellRun(["user-data.sh"], in: folder).status == 0)
  }
}
