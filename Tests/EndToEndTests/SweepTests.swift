import Foundation
import TemporaryFolder
import Testing

/// Sweeps over a fleet of which half is in trouble, and `merge` of what they wrote.
@Suite struct SweepTests {
  /// What of a report a sweep is about.
  private struct Swept: Decodable {
    struct Cluster: Decodable {
      struct Counts: Decodable {
        var findings: Int
        var workloads: Int
      }

      var contexts: [String]
      var clusterUID: String?
      var failure: String?
      var possibleDuplicateOf: [String]
      var counts: Counts
    }

    var clusters: [Cluster]

    func cluster(_ kind: String) throws -> Cluster {
      try #require(clusters.first { $0.contexts.contains { $0.hasSuffix(kind) } })
    }
  }

  private static let kinds = [
    "healthy", "healthy", "slow", "refusing", "dead", "expired", "forbidden", "unauthorized",
    "misconfigured", "twin", "limited", "restored",
  ]

  private static let fleet = Task { try await FleetProcess.start(kinds) }

  private func run(_ arguments: String...) async throws -> ProcessResult {
    let fleet = try await Self.fleet.value
    return try await BinaryUnderTest().run(
      ["--all-contexts", "--exclude-contexts", "*dead"] + arguments, kubeconfig: fleet.kubeconfig)
  }

  private func decoded(_ bytes: Data) throws -> Swept {
    try JSONDecoder().decode(Swept.self, from: bytes)
  }

  @Test func everyClusterIsARowAndSaysWhatItIs() async throws {
    let fleet = try await Self.fleet.value
    let result = try await run("-o", "json")
    #expect(result.status == 4)
    let report = try decoded(result.output)
    let uids = Dictionary(fleet.contexts.map { ($0.name, $0.uid) }, uniquingKeysWith: { $1 })
    for cluster in report.clusters where cluster.failure == nil {
      for context in cluster.contexts { #expect(cluster.clusterUID == uids[context]) }
      #expect(cluster.counts.workloads > 0)
    }
    let failures = [
      "refusing": "refused the connection", "expired": "expired",
      "forbidden": "forbids it (403)", "unauthorized": "credentials",
      "misconfigured": "which no kubeconfig defines",
    ]
    for (kind, words) in failures {
      let failure = try report.cluster(kind).failure ?? ""
      #expect(failure.contains(words), "\(kind): \(failure)")
    }
    // Three contexts of one cluster: the wider view under all names; the copy stays apart.
    #expect(
      try report.cluster("twin").contexts == ["c001-healthy", "c009-twin", "c010-limited"])
    #expect(
      try report.cluster("twin").counts.workloads
        == report.cluster("0-healthy").counts.workloads)
    #expect(try report.cluster("restored").possibleDuplicateOf == ["c001-healthy"])
    #expect(try report.cluster("twin").possibleDuplicateOf == ["c011-restored"])
    #expect(report.clusters.count == 9)
    #expect(result.stderr.contains("5 of 11 contexts could not be read: c003-refusing"))
    #expect(!result.stderr.contains("sweeping"))
  }

  @Test func whoeverDoesNotAnswerIsGivenUp() async throws {
    let fleet = try await Self.fleet.value
    // The last two share an authority: one of them is asked for its UID in vain.
    let result = try await BinaryUnderTest().run(
      ["--contexts", "*dead,*refusing,*restored", "--cluster-timeout", "3s", "-o", "json"],
      kubeconfig: fleet.kubeconfig)
    #expect(
      try decoded(result.output).cluster("dead").failure
        == "not read within 3s; --cluster-timeout gives it more time")
  }

  @Test(arguments: [
    ("table", "CLUSTER c003-refusing · NOT READ: "), ("wide", "CLUSTER c003-refusing · NOT READ: "),
    ("csv", ",c003-refusing,"), ("markdown", "c003-refusing"), ("html", "c003-refusing"),
    ("yaml", "c003-refusing"),
    ("sarif", "the cluster was not read: "), ("junit", "<error message="),
    ("prometheus", "gcr_report_scan_success{cluster=\"c003-refusing\"} 0"),
    ("github", "::error title=c003-refusing was not read::"),
  ])
  func everyFormatShowsWhatWasNotRead(format: String, words: String) async throws {
    let fleet = try await Self.fleet.value
    let result = try await BinaryUnderTest().run(
      ["--contexts", "c000-*,c003-*", "-o", format], kubeconfig: fleet.kubeconfig)
    #expect(result.status == 4)
    #expect(result.stdout.contains(words))
  }

  /// A bare list has no place for it, and standard error must say of which cluster it speaks.
  @Test func gapsBesideABareListNameTheirCluster() async throws {
    let fleet = try await Self.fleet.value
    let result = try await BinaryUnderTest().run(
      ["--contexts", "c000-*,c003-*", "-o", "name"], kubeconfig: fleet.kubeconfig)
    #expect(
      result.stderr.contains("warning: c003-refusing: not read: the whole cluster: cannot reach"))
  }

  @Test func noneReadIsAnError() async throws {
    let fleet = try await Self.fleet.value
    let result = try await BinaryUnderTest().run(
      ["--contexts-regex", "refusing|misconf", "-o", "json", "--exit-zero"],
      kubeconfig: fleet.kubeconfig)
    #expect(result.status == 1)
    #expect(try decoded(result.output).clusters.count == 2)
  }

  @Test func streamsAreWholeAndShardsMergeToTheSame() async throws {
    let fleet = try await Self.fleet.value
    let folder = try TemporaryFolder()
    func scan(_ arguments: String...) async throws -> ProcessResult {
      try await BinaryUnderTest().run(
        ["--all-contexts", "--exclude-contexts", "*dead", "-q"] + BinaryUnderTest.fixedDay
          + arguments,
        kubeconfig: fleet.kubeconfig)
    }
    let whole = try await scan("-o", "json")
    let lines = try await scan("-o", "json", "--stream")
    #expect(lines.status == 4)
    let single = try lines.stdout.split(separator: "\n").map { try decoded(Data($0.utf8)) }
    #expect(single.count == 9)
    #expect(single.allSatisfy { $0.clusters.count == 1 })
    for shard in 1...3 {
      let part = try await scan("-o", "json", "--shard", "\(shard)/3")
      try folder.write(part.stdout, to: "shard-\(shard).json")
    }
    try folder.write(lines.stdout, to: "lines")
    let contexts = { (report: Swept) in Set(report.clusters.flatMap(\.contexts)) }
    let expected = contexts(try decoded(whole.output))
    #expect(expected.count == 11)
    for source in [folder.url.path, "lines"] {
      let merged = try await BinaryUnderTest().run(
        ["merge", source, "-o", "json"], folder: folder.url)
      #expect(merged.status == 4)
      let report = try decoded(merged.output)
      #expect(contexts(report) == expected)
      #expect(report.clusters.count == 9)
    }
    let rows = try await scan("-o", "csv")
    let fromJSON = try await BinaryUnderTest().run(
      ["merge", "lines", "-o", "csv"], folder: folder.url)
    let sorted = { (text: String) in
      CSVText.records(text).map { $0.enumerated().filter { $0.offset != 2 }.map(\.element) }
        .map { $0.joined(separator: "|") }.sorted()
    }
    #expect(sorted(rows.stdout) == sorted(fromJSON.stdout))
  }

  @Test func aFileForEachCluster() async throws {
    let fleet = try await Self.fleet.value
    let folder = try TemporaryFolder()
    let result = try await BinaryUnderTest().run(
      ["--contexts", "c000-*,c002-*", "-o", "json=%c.json", "-o", "csv=all.csv"],
      kubeconfig: fleet.kubeconfig, folder: folder.url)
    #expect(result.status == 0)
    #expect(result.stdout.isEmpty)
    #expect(try folder.names == ["all.csv", "c000-healthy.json", "c002-slow.json"])
  }

  @Test func oneReportMergesToItself() async throws {
    let folder = try TemporaryFolder()
    for population in [TestClusterOptions.Population.recorded, .second] {
      let scanned = try await SharedClusters.shared.run(.init(population: population))
      try folder.write(scanned.stdout, to: "one.json")
      let merged = try await BinaryUnderTest().run(
        ["merge", "one.json", "-o", "json"], folder: folder.url)
      #expect(merged.output == scanned.output)
    }
  }

  @Test(arguments: [
    (["merge"], "\"merge\" needs an argument: a report, a folder or -"),
    (["merge", "none.json"], "report \"none.json\": cannot be read: no such file"),
    (
      ["merge", "bad.json"],
      "report \"bad.json\": it is not JSON as -o json writes it: line 1, column 2: expected a key"
        + " in double quotes"
    ),
    (["merge", "later.json"], "upgrade the plugin"),
    (["merge", "."], "report \"./bad.json\": "),
  ])
  func whatIsNoReport(arguments: [String], words: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("{]", to: "bad.json")
    try folder.write("{\"apiVersion\": \"gcr-report/v2\", \"kind\": \"Report\"}", to: "later.json")
    let result = try await BinaryUnderTest().run(arguments, folder: folder.url)
    #expect(result.status == 2)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains(words))
  }

  /// Rows that were printed stay whole when the process is killed while others are read.
  @Test func afterAKillEveryRowIsWhole() async throws {
    let fleet = try await Self.fleet.value
    let folder = try TemporaryFolder()
    let output = folder.url.appendingPathComponent("rows.csv").path
    // The dead cluster keeps the sweep alive; it is killed when the others have been printed.
    let script = """
      "$0" --contexts '*healthy,*dead' -o csv > "\(output)" 2>/dev/null & child=$!
      for i in $(seq 200); do
        grep -q c001-healthy "\(output)" && grep -q c000-healthy "\(output)" && break
        sleep 0.1
      done
      kill -9 $child
      """
    var variables = ["HOME": folder.url.path, "PATH": "/usr/local/bin:/usr/bin:/bin"]
    variables["KUBECONFIG"] = fleet.kubeconfig.path
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, BinaryUnderTest.url.path],
      environment: variables, folder: folder.url)
    #expect(result.status == 0)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.hasSuffix("\r\n"))
    let records = CSVText.records(text)
    #expect(records.count > 3)
    #expect(records.allSatisfy { $0.count == records[0].count })
  }
}
