import Foundation
import RegistryCatalogue
import Reports
import TemporaryFolder
import Testing

@testable import Remediation

/// What is generated, in the hands of the programs that it is for: skopeo, containerd and
/// docker-registry, which `make test-real` installs, and independent readers of TOML and YAML.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"), .serialized)
struct MirrorRealToolsTests {
  private func write(_ files: [MirrorFile], to folder: TemporaryFolder) throws {
    for file in files {
      try folder.write(file.content, to: file.path, mode: file.isExecutable ? 0o755 : 0o600)
    }
  }

  private static let readers = """
    import pathlib, sys, tomllib, yaml
    count = 0
    for path in sorted(pathlib.Path(".").rglob("*")):
        text = path.read_text() if path.is_file() else ""
        if path.suffix in (".toml", ".conf"):
            tomllib.loads(text)
        elif path.suffix == ".yaml":
            documents = list(yaml.safe_load_all(text))
            assert documents and all(documents), path
            for document in documents:
                for key, value in ((document or {}).get("data") or {}).items():
                    if key.endswith((".toml", ".conf")): tomllib.loads(value)
        else:
            continue
        count += 1
    print(count)
    """

  @Test(arguments: [nil, "registry.corp.example", "registry.corp.example:5000/a/b"])
  func independentReadersReadEveryFile(target: String?) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let plan = try MirrorSamples.plan(
      MirrorSamples.images, nodes: MirrorSamples.nodes, to: target
    ) {
      $0.tool = .skopeoSync
      $0.daemonSetImage = try MirrorImagePin(
        "nginx@\(MirrorSamples.digest)", catalogue: MirrorSamples.catalogue(),
        asOf: MirrorSamples.day)
    }
    try write(plan.files, to: folder)
    try folder.write(Self.readers, to: "readers.py")
    let result = try ShellRun(["-c", "python3 readers.py"], in: folder)
    #expect(result.status == 0, "\(result.output)")
    let expected = plan.files.count { $0.path.hasSuffix(".sh") == false }
    #expect(result.output == "\(expected)\n")
  }

  @Test func skopeoCopiesBetweenRegistries() throws {
    let registries = try LocalRegistries()
    let (source, target) = (registries.host(0), "\(registries.host(1))/mirror")
    try registries.push("\(source)/team/app:v1")
    let plan = try MirrorSamples.plan(
      ["\(source)/team/app:v1", "\(source)/team/app:v1@\(registries.digest)"], to: target
    ) { $0.everything = true }
    let images = try #require(plan.copies?.images)
    #expect(images.count == 2)
    try write(plan.files, to: registries.folder)
    let first = try registries.run("sh copy.sh")
    #expect(first.status == 0)
    #expect(first.output.contains("2 copied, 0 there already, 0 failed\n"), "\(first.output)")
    for image in images {
      #expect(try registries.digest(of: image.target) == registries.digest)
    }
    let second = try registries.run("sh copy.sh")
    #expect(second.output == "0 copied, 2 there already, 0 failed\n")
  }

  @Test func skopeoSyncsBetweenRegistries() throws {
    let registries = try LocalRegistries()
    let (source, target) = (registries.host(0), "\(registries.host(1))/mirror")
    try registries.push("\(source)/team/app:v1")
    try registries.push("\(source)/base:2")
    let plan = try MirrorSamples.plan(
      ["\(source)/team/app:v1", "\(source)/base:2"], to: target
    ) {
      $0.everything = true
      $0.tool = .skopeoSync
    }
    try write(plan.files, to: registries.folder)
    let result = try registries.run("./sync.sh")
    #expect(result.status == 0, "\(result.output)")
    for image in plan.copies?.images ?? [] {
      #expect(try registries.digest(of: image.target) == registries.digest)
    }
  }

  /// The images that a cluster names, and their copies at the second registry.
  private static let named = ["k8s.gcr.io/pause:3.9", "gcr.io/google_containers/busybox:1.24"]

  private func copies(_ registries: LocalRegistries) throws -> MirrorPlan {
    let plan = try MirrorSamples.plan(
      Self.named,
      nodes: [
        MirrorSamples.node("a", "containerd://1.6.20"), MirrorSamples.node("b", "cri-o://1.31.1"),
      ], to: "\(registries.host(1))/mirror")
    for image in plan.copies?.images ?? [] { try registries.push(image.target) }
    return plan
  }

  @Test func skopeoFollowsTheDropIn() throws {
    let registries = try LocalRegistries()
    try write(copies(registries).files, to: registries.folder)
    for name in Self.named {
      let result = try registries.run(
        "skopeo --registries-conf nodes/cri-o/50-gcr-report-mirror.conf inspect --raw docker://\(name)"
          + " >manifest && skopeo manifest-digest manifest")
      #expect(result.output == "\(registries.digest)\n")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "containerd has to be started as root"))
  func containerdPullsThroughCertsD() throws {
    let registries = try LocalRegistries()
    try write(copies(registries).files, to: registries.folder)
    let folder = registries.folder.path
    try registries.folder.write(
      """
      version = 2
      root = "\(folder)/root"
      state = "\(folder)/state"
      disabled_plugins = ["io.containerd.grpc.v1.cri"]
      [grpc]
        address = "\(folder)/socket"

      """, to: "config.toml")
    try registries.folder.write(
      """
      containerd --config config.toml >containerd.log 2>&1 &
      daemon=$!
      trap 'kill $daemon; wait $daemon' EXIT
      tries=0
      while [ ! -S socket ] && [ $tries -lt 200 ]; do tries=$((tries + 1)); sleep 0.05; done
      for name in \(Self.named.joined(separator: " ")); do
        ctr --address socket --namespace k8s.io images pull --snapshotter native \\
          --hosts-dir nodes/containerd-1.5/certs.d "$name" >pull.log 2>&1 || { cat pull.log; exit 1; }
      done
      ctr --address socket --namespace k8s.io images ls | awk 'NR > 1 { print $1, $3 }'
      """, to: "pull.sh")
    let result = try registries.run("sh pull.sh")
    #expect(result.status == 0, "\(result.output)")
    #expect(
      result.output
        == Self.named.sorted().map { "\($0) \(registries.digest)\n" }.joined())
  }
}
