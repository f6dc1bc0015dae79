import Foundation
import Inventory
import Reports
import TemporaryFolder
import TestPrograms
import Testing

@testable import Remediation

/// Real programs read what `fix` writes: a shell, PyYAML and kubectl, which `make test-real`
/// installs.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct FixRealToolsTests {
  private static func run(_ program: [String], in folder: TemporaryFolder) throws -> String {
    let run = try ProgramRun(
      try #require(program.first), Array(program.dropFirst()), folder: folder.url, joinsErrors: true
    )
    #expect(run.status == 0, "\(program.joined(separator: " ")): \(run.text)")
    return run.text
  }

  private static func withFiles(
    _ format: FixFormat, _ body: (TemporaryFolder, [FixFile]) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let document = FixDocument(FixPlan(try Samples.everything()), as: format)
    var files = document.files(safe: FixDocumentTests.safe)
    files.append(FixFile("stdout", document.text()))
    for file in files { try folder.write(file.content, to: file.path) }
    try body(folder, files)
  }

  @Test(arguments: [FixFormat.commands, .patches])
  func aShellReadsTheScripts(format: FixFormat) throws {
    try Self.withFiles(format) { folder, files in
      for file in files where file.path.hasSuffix(".sh") || file.path == "stdout" {
        _ = try Self.run(["sh", "-n", file.path], in: folder)
      }
    }
  }

  /// Every command of the plan is one of kubectl, with the cluster and the namespace named.
  @Test(arguments: [FixFormat.commands, .patches])
  func scriptsRunNothingButKubectl(format: FixFormat) throws {
    try Self.withFiles(format) { folder, _ in
      let fake =
        "#!/bin/sh\nfor a in \"$@\"; do printf '<%s>' \"$a\"; done >> ../calls\n"
        + "printf '\\n' >> ../calls\ncase $* in *kube-system*jsonpath*) printf %s '\(Samples.uid)';; esac\n"
      try folder.write(
        fake.replacing("../calls", with: folder.path("calls")), to: "bin/kubectl", mode: 0o755)
      for script in ["apply.sh", "rollback.sh"] {
        _ = try Self.run(
          ["env", "PATH=\(folder.path("bin")):/usr/bin:/bin", "sh", script, "--dry-run=server"],
          in: folder)
      }
      let calls = try folder.text("calls").split(separator: "\n")
      let live = FixPlan(try Samples.everything()).clusters[0].live.count
      #expect(calls.count == 2 * (live + 1))
      for call in calls {
        #expect(call.hasPrefix("<--context><prod><"))
        #expect(call.contains("jsonpath") || call.hasSuffix("<--dry-run=server>"))
        #expect(call.contains("jsonpath") || call.contains("<-n><"))
      }
    }
  }

  @Test func anotherClusterIsLeftAlone() throws {
    try Self.withFiles(.patches) { folder, _ in
      try folder.write(
        "#!/bin/sh\nprintf another\ntouch \(folder.path)/called-$4\n", to: "bin/kubectl",
        mode: 0o755)
      let answer = try Self.run(
        ["sh", "-c", "PATH=\(folder.path("bin")):/usr/bin:/bin sh ./apply.sh; echo $?"], in: folder)
      #expect(answer == "this is not the cluster of the report, or it does not answer\n1\n")
    }
  }

  @Test func pythonReadsThePatches() throws {
    try Self.withFiles(.patches) { folder, files in
      let script = """
        import json, sys, yaml
        for name in sys.argv[1:]:
          text = open(name).read()
          operations = json.loads(text)
          assert operations == yaml.safe_load(text), name
          assert operations[-1]["op"] == "replace", name
          for before, after in zip(operations, operations[1:]):
            if after["op"] == "replace":
              assert before["op"] == "test" and before["path"] == after["path"], name
        """
      let patches = files.map(\.path).filter { $0.hasSuffix(".json") }
      #expect(!patches.isEmpty)
      _ = try Self.run(["python3", "-c", script] + patches, in: folder)
    }
  }

  @Test(arguments: [FixFormat.kustomize, .values, .patches])
  func pythonReadsTheYAML(format: FixFormat) throws {
    try Self.withFiles(format) { folder, files in
      let script = """
        import sys, yaml
        for name in sys.argv[1:]:
          documents = [d for d in yaml.safe_load_all(open(name)) if d is not None]
          assert documents and all(isinstance(d, dict) for d in documents), name
        """
      let names = files.map(\.path).filter {
        $0.hasSuffix(".yaml") || ($0 == "stdout" && format != .patches)
      }
      #expect(!names.isEmpty)
      _ = try Self.run(["python3", "-c", script] + names, in: folder)
    }
  }

  /// The components change what they should in a source of the same objects, and nothing else.
  @Test func kustomizeTakesTheComponents() throws {
    try Self.withFiles(.kustomize) { folder, _ in
      let objects = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec: {template: {spec: {containers: [{name: app, image: "k8s.gcr.io/x:1"}, {name: last}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: b.c}
        spec:
          template:
            spec:
              containers: [{name: app, image: "k8s.gcr.io/x:2"}, {name: other, image: "k8s.gcr.io/x:2"}]

        """
      try folder.write(objects, to: "base/objects.yaml")
      let kustomization =
        "resources: [objects.yaml]\ncomponents: [../kustomize/two]\nnamespace: two\n"
      try folder.write(kustomization, to: "base/kustomization.yaml")
      let made = try Self.run(["kubectl", "kustomize", "base"], in: folder)
      let images = made.split(separator: "\n").filter { $0.contains("image:") }.map {
        $0.trimmingCharacters(in: .whitespaces).replacing("- ", with: "")
      }
      #expect(
        images == [
          "image: registry.k8s.io/x:1", "image: quay.io/x/x:2", "image: k8s.gcr.io/x:2",
        ])
    }
  }
}
