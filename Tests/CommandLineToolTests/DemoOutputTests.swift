import Foundation
import TemporaryFolder
import TestPrograms
import Testing

/// The built binary's sample report: outputs and the baseline, as a person uses them.
@Suite struct DemoOutputTests {
  private func run(_ arguments: [String], in folder: URL) throws -> (Int32, String, String) {
    let run = try ProgramRun(
      RealProgram.products.appending(path: "kubectl-gcr_report").path, ["demo"] + arguments,
      environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], folder: folder)
    return (run.status, run.text, run.errors)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try body(folder.url)
  }

  @Test func severalOutputsFromOneScan() throws {
    try withFolder { folder in
      let (status, output, errors) = try run(
        ["-o", "table", "-o", "csv=r.csv", "-o", "json=%c.json", "--columns", "image,risk"],
        in: folder)
      #expect(status == 0)
      #expect(output.hasPrefix("SAMPLE DATA"))
      #expect(errors == "")
      let csv = try String(contentsOf: folder.appending(path: "r.csv"), encoding: .utf8)
      #expect(csv.hasPrefix("image,risk\r\n"))
      let json = try Data(contentsOf: folder.appending(path: "sample.json"))
      #expect(try JSONSerialization.jsonObject(with: json) is [String: Any])
    }
  }

  @Test func aFileThatCannotBeWrittenLeavesTheOthers() throws {
    try withFolder { folder in
      let (status, output, errors) = try run(
        ["-o", "csv=no/r.csv", "-o", "name", "-q"], in: folder)
      #expect(status == 1)
      #expect(output.contains("k8s.gcr.io/"))
      #expect(errors == "error: cannot write to \"no/r.csv\": No such file or directory\n")
    }
  }

  @Test func onlyNewFindingsCountAgainstABaseline() throws {
    try withFolder { folder in
      #expect(try run(["-o", "json=base.json"], in: folder).0 == 0)
      #expect(try run(["--fail-on", "low"], in: folder).0 == 3)
      let (status, _, errors) = try run(
        ["--fail-on", "low", "--baseline", "base.json"], in: folder)
      #expect(status == 0)
      #expect(errors.hasPrefix("baseline \"base.json\": 0 new findings, "))
      let bad = try run(["--baseline", "none.json"], in: folder)
      #expect(bad.0 == 2)
      #expect(
        bad.2 == "error: baseline \"none.json\": cannot be read: no such file\n"
          + "see \"kubectl gcr-report help demo\" for usage\n")
    }
  }

  // MARK: Filters and exceptions

  /// What `--fail-on` sees: filters, exceptions and the baseline each take away, none of them a
  /// gap.
  @Test(arguments: [
    ("--fail-on critical", 3), ("--fail-on critical --risk critical", 3),
    ("--fail-on critical -n kube-*", 0), ("--fail-on medium -n kube-*", 3),
    ("--fail-on critical --exclude-namespaces ci,data,istio-*", 0),
    ("--fail-on critical --rule k8s-gcr-io", 0), ("--fail-on critical --image *tekton*", 3),
    ("--fail-on info -l app=nothing", 0), ("--require-complete -l app=nothing", 4),
    ("--require-complete --exclude-namespaces vault", 0),
    ("--fail-on critical --exceptions all.yaml", 0),
    ("--fail-on critical --exceptions all.yaml --as-of 2027-02-01", 3),
    ("--fail-on critical --exceptions ci.yaml", 3),
    ("--fail-on critical --exceptions ci.yaml -n ci", 0),
    ("--require-complete --exceptions all.yaml", 4),
    ("--fail-on low --baseline base.json", 0),
    ("--fail-on critical --baseline ci.json", 3),
    ("--fail-on critical --baseline ci.json -n ci", 0),
    ("--fail-on critical --baseline ci.json --exceptions rest.yaml", 0),
    ("--exceptions bad.yaml", 2), ("--exceptions none.yaml", 2), ("--rule k8s-gcr", 2),
    ("--team red", 2), ("--only-legacy --all-images", 2), ("-l =", 2), ("-n nothing-*", 1),
  ])
  func whatFailsAPipeline(line: String, expected: Int32) throws {
    try withFolder { folder in
      func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      let end = "kind: accepted, reason: known, expires: 2099-01-01}\n"
      try write(
        "exceptions:\n- {rule: '*', kind: mitigated, reason: a, expires: 2027-01-31}\n", "all.yaml")
      try write("exceptions:\n- {namespace: ci, \(end)", "ci.yaml")
      try write("exceptions:\n- {namespace: [data, istio-system], \(end)", "rest.yaml")
      try write("exceptions:\n- {rule: x, kind: accepted}\n", "bad.yaml")
      _ = try run(["-o", "json=base.json", "-q"], in: folder)
      _ = try run(["-o", "json=ci.json", "-n", "ci", "-q"], in: folder)
      #expect(
        try run(line.split(separator: " ").map(String.init) + ["-q"], in: folder).0 == expected)
    }
  }

  @Test func exceptionsAreToldOf() throws {
    try withFolder { folder in
      let text = """
        exceptions:
        - {workload: DaemonSet/*, kind: accepted, reason: known, expires: 2099-01-01}
        - {rule: k8s-gcr-io, kind: accepted, reason: known, expires: 2020-01-01}
        - {image: nowhere, kind: accepted, reason: known, expires: 2099-01-01}
        """
      try Data(text.utf8).write(to: folder.appending(path: "e.yaml"))
      let (status, output, errors) = try run(["--exceptions", "e.yaml"], in: folder)
      #expect(status == 0)
      #expect(output.contains(" · 2 waived\n"))
      #expect(output.contains("WAIVED        2 findings accepted until 2099-01-01\n"))
      #expect(
        errors == """
          warning: exceptions file "e.yaml", line 3: it expired on 2020-01-01; what it covers counts again
          warning: exceptions file "e.yaml", line 4: it matches no finding; remove it, or check its patterns

          """)
    }
  }

  @Test func formatsWithoutAPlaceForTheFilterSayItElsewhere() throws {
    try withFolder { folder in
      for format in ["csv", "name"] {
        let (status, _, errors) = try run(["--risk", "critical", "-o", format], in: folder)
        #expect(status == 0)
        #expect(errors.contains("filtered by --risk critical: 14 findings not shown\n"))
      }
      #expect(try run(["--risk", "critical", "-o", "json"], in: folder).2 == "")
    }
  }

  @Test func aBaselineOfAnotherPartIsWarnedOf() throws {
    try withFolder { folder in
      _ = try run(["-o", "json=ci.json", "-n", "ci"], in: folder)
      let (_, _, errors) = try run(["--baseline", "ci.json"], in: folder)
      #expect(
        errors.hasPrefix(
          "warning: baseline \"ci.json\" was filtered by -n ci: what that left out counts as new\n")
      )
      #expect(try !run(["--baseline", "ci.json", "-n", "ci"], in: folder).2.contains("warning"))
    }
  }
}
