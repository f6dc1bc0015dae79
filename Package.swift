// swift-tools-version: 6.2
// The module graph of `kubectl gcr-report`. Arrows point down only; system C libraries come
// through system-library targets; there is no third-party Swift package.
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ module: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(module)Tests",
    dependencies: [.init(stringLiteral: module)] + dependencies,
    exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "gcr-report",
  products: [
    .executable(name: "kubectl-gcr_report", targets: ["kubectl-gcr_report"])
  ],
  targets: [
    // System libraries.
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CYAML", path: "Sources/CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Sources/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),

    // C of our own: files embedded with `#embed`, posix_spawn with process groups, mallopt.
    .target(name: "CEmbedded", exclude: ["catalogue.yaml", "demo", "html"]),
    .target(name: "CSpawn"),
    .target(name: "CHeap"),

    // The house, bottom up.
    module("ImageReferences"),
    module("YAMLDocuments", ["CYAML"]),
    module("RegistryCatalogue", ["ImageReferences", "YAMLDocuments", "CEmbedded"]),
    module("Inventory", ["ImageReferences"]),
    module("Archives", ["CZlib"]),
    module("ConfigMaps", ["ImageReferences", "Inventory", "YAMLDocuments"]),
    module("Kubeconfig", ["YAMLDocuments"]),
    module("CurlTransport", ["CCurl"]),
    module(
      "KubernetesAPI",
      ["CSpawn", "CurlTransport", "Inventory", "Kubeconfig", "YAMLDocuments"]),
    module(
      "RegistryProbes",
      [
        "CurlTransport", "ImageReferences", "Kubeconfig", "KubernetesAPI", "RegistryCatalogue",
      ]),
    module("Manifests", ["ImageReferences", "Inventory", "YAMLDocuments"]),
    module(
      "SourceFiles", ["Archives", "ImageReferences", "Inventory", "Manifests", "YAMLDocuments"]),
    module(
      "HelmReleases", ["Archives", "ImageReferences", "Inventory", "KubernetesAPI", "Manifests"]),
    module(
      "Scanning",
      [
        "ConfigMaps", "HelmReleases", "ImageReferences", "Inventory", "KubernetesAPI",
        "Kubeconfig",
      ]),
    module("Scheduling", ["YAMLDocuments"]),
    module(
      "Reports",
      ["CEmbedded", "ImageReferences", "Inventory", "RegistryCatalogue", "YAMLDocuments"]),
    module("History", ["CSQLite", "CZlib", "Inventory", "RegistryCatalogue", "Reports"]),
    module(
      "Remediation",
      ["ImageReferences", "Inventory", "RegistryCatalogue", "Reports", "YAMLDocuments"]),
    module(
      "CommandLineTool",
      [
        "CEmbedded", "CHeap", "CurlTransport", "History", "ImageReferences", "Inventory",
        "Kubeconfig", "KubernetesAPI", "Manifests", "RegistryCatalogue", "RegistryProbes",
        "Remediation", "Reports", "Scanning", "Scheduling", "SourceFiles", "YAMLDocuments",
      ]),
    .executableTarget(
      name: "kubectl-gcr_report", dependencies: ["CommandLineTool"], swiftSettings: settings),

    // One test target per module.
    tests("ImageReferences"),
    tests("YAMLDocuments"),
    tests("RegistryCatalogue", ["ImageReferences", "YAMLDocuments"]),
    tests("Inventory", ["ImageReferences"]),
    tests("ConfigMaps", ["ImageReferences", "Inventory"]),
    tests("Kubeconfig", ["TemporaryFolder", "TestPrograms", "YAMLDocuments"], exclude: ["Cases"]),
    tests("CurlTransport", ["TestPrograms"], exclude: ["Server"]),
    tests(
      "KubernetesAPI",
      ["CurlTransport", "Inventory", "Kubeconfig", "TemporaryFolder", "Varint", "WireFuzzing"]),
    tests(
      "RegistryProbes",
      [
        "CurlTransport", "ImageReferences", "Kubeconfig", "KubernetesAPI", "TemporaryFolder",
        "TestPrograms",
      ],
      exclude: ["Server"]),
    tests("Manifests", ["ImageReferences", "Inventory", "YAMLDocuments"]),
    tests("Archives", ["Packing"]),
    tests(
      "SourceFiles",
      ["Archives", "ImageReferences", "Inventory", "Manifests", "Packing", "TemporaryFolder"]),
    tests("HelmReleases", ["Inventory", "KubernetesAPI", "Packing"]),
    tests(
      "Scanning",
      ["CurlTransport", "ImageReferences", "Inventory", "KubernetesAPI", "Kubeconfig"]),
    tests("Scheduling", ["YAMLDocuments"]),
    tests(
      "Reports",
      [
        "GoldenFile", "ImageReferences", "Inventory", "RegistryCatalogue", "TemporaryFolder",
        "TestPrograms", "YAMLDocuments",
      ],
      exclude: ["Browser", "Goldens"]),
    tests(
      "Remediation",
      [
        "GoldenFile", "ImageReferences", "Inventory", "RegistryCatalogue", "Reports",
        "TemporaryFolder", "TestPrograms", "YAMLDocuments",
      ]),
    tests(
      "History",
      [
        "CSQLite", "ImageReferences", "Inventory", "RegistryCatalogue", "Reports",
        "TemporaryFolder",
      ]),
    tests(
      "CommandLineTool",
      [
        "CurlTransport", "History", "Inventory", "Kubeconfig", "KubernetesAPI",
        "RegistryCatalogue", "RegistryProbes", "Reports", "Scanning", "TemporaryFolder",
        "TestPrograms",
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "CommandLineTool", "GoldenFile", "kubectl-gcr_report", "TemporaryFolder", "TestPrograms",
        "YAMLDocuments",
      ],
      swiftSettings: settings),

    // What tests of several modules share: archives to read, servers to ask, recordings to compare
    // with, folders to write into, protobuf to write.
    .target(
      name: "Packing", dependencies: ["CZlib"], path: "Tests/Packing", swiftSettings: settings),
    .target(name: "GoldenFile", path: "Tests/GoldenFile", swiftSettings: settings),
    .target(name: "TemporaryFolder", path: "Tests/TemporaryFolder", swiftSettings: settings),
    .target(name: "TestPrograms", path: "Tests/TestPrograms", swiftSettings: settings),
    .target(name: "Varint", path: "Tests/Varint", swiftSettings: settings),

    // Programs that exercise the wire decoders alone.
    .target(
      name: "WireFuzzing", dependencies: ["Inventory", "KubernetesAPI", "Varint"],
      path: "Tests/Fuzz/WireFuzzing", swiftSettings: settings),
    .executableTarget(
      name: "WireFuzz", dependencies: ["WireFuzzing"], path: "Tests/Fuzz/WireFuzz",
      swiftSettings: settings),
    .executableTarget(
      name: "DecoderBenchmark", dependencies: ["Inventory", "KubernetesAPI", "Varint"],
      path: "Tests/Benchmarks/DecoderBenchmark", swiftSettings: settings),
  ]
)
