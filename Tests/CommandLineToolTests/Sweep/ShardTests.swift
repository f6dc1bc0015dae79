import Kubeconfig
import Testing

@testable import CommandLineTool

@Suite struct ShardTests {
  @Test(arguments: ["1/1", "2/5", "200/200"]) func shards(text: String) {
    #expect(Shard(text) != nil)
  }

  @Test(arguments: ["", "1", "/", "0/3", "4/3", "-1/3", "1/0", "1/-1", "a/b", "1/2/3", "1/ 2"])
  func noShards(text: String) {
    #expect(Shard(text) == nil)
  }

  @Test func everyContextIsInOneShard() throws {
    for count in [1, 2, 7] {
      let shards = try (1...count).map { try #require(Shard(index: $0, count: count)) }
      var sizes = [Int](repeating: 0, count: count)
      for number in 0..<700 {
        let holders = shards.indices.filter {
          shards[$0].holds(
            context: "c\(number)", server: "https://10.0.0.\(number)", authority: "ca")
        }
        #expect(holders.count == 1)
        if let first = holders.first { sizes[first] += 1 }
      }
      for size in sizes { #expect(abs(size - 700 / count) < 50) }
    }
  }

  /// The assignment is a promise: another one would scan some clusters twice and some never while
  /// a fleet is upgraded.
  @Test(arguments: [
    ("prod-eu", "https://10.0.0.1:6443", "ab12" as String?),
    ("prod-us", "https://10.0.0.2:6443", nil),
    ("broken", "", nil),
  ])
  func assignmentNeverChanges(context: String, server: String, authority: String?) throws {
    let all = try (1...5).map { try #require(Shard(index: $0, count: 5)) }
    let holder = all.firstIndex { $0.holds(context: context, server: server, authority: authority) }
    let recorded = ["prod-eu": 3, "prod-us": 4, "broken": 4]
    #expect(holder == recorded[context])
  }

  @Test func ofAJob() throws {
    #expect(try Shard.ofJob([:]) == nil)
    #expect(try Shard.ofJob(["JOB_COMPLETION_INDEX": "3"]) == nil)
    #expect(
      try Shard.ofJob(["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "4"])
        == Shard(index: 1, count: 4))
    #expect(
      try Shard.ofJob(["JOB_COMPLETION_INDEX": "3", "JOB_COMPLETIONS": "4"])
        == Shard(index: 4, count: 4))
    for (index, count) in [("4", "4"), ("x", "4"), ("0", "x"), ("-1", "4"), ("0", "0")] {
      #expect(throws: ShardError(index: index, completions: count)) {
        try Shard.ofJob(["JOB_COMPLETION_INDEX": index, "JOB_COMPLETIONS": count])
      }
    }
  }
}

@Suite struct SweepLimitsTests {
  @Test(arguments: [
    (0, 2, 1024, 32), (0, 8, 1024, 64), (0, 1, 1024, 16), (0, 64, 256, 24), (8, 2, 1024, 8),
    (500, 2, 1024, 120), (500, 2, 65_536, 500), (0, 2, 16, 1), (0, 0, 1024, 16),
  ])
  func parallel(wish: Int, processors: Int, descriptors: Int, expected: Int) {
    #expect(
      SweepLimits.parallelClusters(
        wish: wish, processors: processors, descriptors: descriptors) == expected)
  }
}

@Suite struct CertificateAuthoritiesTests {
  private func name(_ trust: ClusterTarget.Trust, server: String = "https://h") throws -> String? {
    let server = try #require(ServerAddress(server))
    return CertificateAuthorities.name(of: ClusterTarget(server: server, trust: trust))
  }

  private func pem(_ text: String) -> ClusterTarget.Trust {
    .certificates(pem: Array(text.utf8), origin: "test")
  }

  @Test func whatIsEqual() throws {
    let one = "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n"
    let two = "-----BEGIN CERTIFICATE-----\nCCCC\n-----END CERTIFICATE-----\n"
    let expected = try #require(try name(pem(one + two)))
    #expect(expected.count == 64)
    #expect(
      try name(pem("# a comment\r\n" + two + "\n\n" + one.replacing("\n", with: "\r\n")))
        == expected)
    #expect(try name(pem(one.replacing("AAAA\nBBBB", with: "AAAABBBB") + two)) == expected)
    #expect(try name(pem(one)) != expected)
    #expect(try name(pem(two)) != name(pem(one)))
  }

  @Test func whatProvesNothing() throws {
    #expect(try name(.system) == "system")
    #expect(try name(.insecure) == nil)
    #expect(try name(.system, server: "http://h") == nil)
  }
}
