import Foundation
import TemporaryFolder
import Testing

/// `fix` from the binary's arguments to its plan and files.
@Suite struct FixTests {
  private static func run(
    _ arguments: [String], _ population: TestClusterOptions.Population = .recorded,
    folder: URL? = nil
  ) async throws -> ProcessResult {
    let server = try await SharedClusters.shared.server(population)
    let fixture = try KubeconfigFixture(server)
    return try await BinaryUnderTest().run(arguments, kubeconfig: fixture.url, folder: folder)
  }

  @Test func thePlanIsAScript() async throws {
    let result = try await Self.run(["fix"])
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(result.stdout.contains("\n# ==== 1. Change in the cluster: "))
    for line in result.stdout.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.hasPrefix("kubectl "), "\(line)")
      #expect(line.contains(" --context "), "\(line)")
    }
  }

  /// The same from a report as from the cluster, but for the user's own flags.
  @Test(arguments: ["commands", "patches", "kustomize", "values"])
  func aReportIsAsGoodAsAScan(format: String) async throws {
    let folder = try TemporaryFolder()
    let scan = try await Self.run(["-o", "json=report.json"], .second, folder: folder.url)
    #expect(scan.status == 0)
    let options = ["fix", "--from", "report.json", "--format", format]
    let text = try await Self.run(options, .second, folder: folder.url)
    #expect(text.status == 0)
    #expect(text.stderr == "")
    #expect(!text.stdout.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
    let files = try await Self.run(
      options + ["--output-dir", "fixes"], .second, folder: folder.url)
    #expect(files.status == 0)
    #expect(files.stdout.hasSuffix(". Begin with fixes/README.md\n"))
    let readme = try folder.text("fixes/README.md")
    #expect(readme.contains("A person decides: "))
    // Once more: the same files are left as they are.
    let again = try await Self.run(
      options + ["--output-dir", "fixes"], .second, folder: folder.url)
    #expect(again.stdout == files.stdout)
  }

  /// `--request-timeout` is for every command that asks a cluster, and contradicts a report.
  @Test(arguments: ["fix", "mirror", "policy", "trace"])
  func timeLimits(command: String) async throws {
    let arguments = [command, "--request-timeout", "30s"] + (command == "trace" ? ["."] : [])
    #expect(try await Self.run(arguments).status == 0)
    let report = try await Self.run(arguments + ["--from", "report.json"])
    #expect(report.status == 2)
    #expect(
      report.stderr.hasPrefix("error: \"--from\" and \"--request-timeout\" contradict each other"))
  }

  @Test func oneWorkload() async throws {
    let result = try await Self.run(["fix", "team-b/deploy/quotes"])
    #expect(result.status == 0)
    #expect(result.stdout.contains("team-b/Deployment/quotes"))
    let others = result.stdout.split(separator: "\n").filter {
      $0.hasPrefix("kubectl ") && !$0.contains("/quotes ")
    }
    #expect(others.isEmpty)
  }

  @Test(
    arguments: [
      (
        ["fix", "team-b/deploy/quote"], 1,
        "error: the report has no finding of \"team-b/deploy/quote\"; near it:"
          + " data-pipeline/Deployment/quotes, orders-staging/Deployment/quotes,"
          + " team-b/Deployment/quotes, team-c/Deployment/quotes\n"
      ),
      (
        ["fix", "quotes"], 2,
        "error: \"quotes\" names no workload; expected [NAMESPACE/]KIND/NAME, for example"
          + " kube-system/deployment/coredns\nsee \"kubectl gcr-report help fix\" for usage\n"
      ),
      (
        ["fix", "--overwrite"], 2,
        "error: \"--overwrite\" does nothing without --output-dir\n"
          + "see \"kubectl gcr-report help fix\" for usage\n"
      ),
      (
        ["fix", "--format", "helm"], 2,
        "error: invalid value \"helm\" for \"--format\"; expected commands, patches, kustomize or"
          + " values\nsee \"kubectl gcr-report help fix\" for usage\n"
      ),
    ] as [([String], Int32, String)])
  func mistakes(arguments: [String], status: Int32, error: String) async throws {
    let result = try await Self.run(arguments)
    #expect(result.status == status)
    #expect(result.stdout == "")
    #expect(result.stderr == error)
  }

  /// Values of charts that `--helm` learnt.
  @Test func valuesOfReleases() async throws {
    let result = try await Self.run(["fix", "--helm", "--format", "values"], .second)
    #expect(result.status == 0)
    #expect(result.stdout.contains("\n---\n"))
    #expect(result.stdout.contains("# Values for Helm release \""))
  }
}
