import Inventory
import Manifests
import RegistryCatalogue
import SourceFiles

/// The paths of a command line, read: from disk, from standard input, or of a git revision.
struct FilesInput {
  private let invocation: Invocation
  private let catalogue: Catalogue

  init(_ invocation: Invocation, catalogue: Catalogue) throws(UsageError) {
    self.invocation = invocation
    self.catalogue = catalogue
    let arguments = invocation.arguments
    if arguments[Flags.files.git] != nil, arguments.positionals.contains("-") {
      throw .contradiction("--git", "-")
    }
  }

  /// With the revision before them as git writes it: `v1.2:deploy`.
  var paths: [String] {
    let paths = invocation.arguments.positionals
    return invocation.arguments[Flags.files.git].map { revision in
      paths.map { "\(revision):\($0)" }
    } ?? paths
  }

  /// - Parameters:
  ///   - asOf: the day on which the catalogue must warn of what is found in plain text.
  ///   - keepsKustomizations: whether it is asked afterwards what kustomizations build.
  func scan(asOf: CalendarDate, keepsKustomizations: Bool = false) async throws -> FilesScan {
    let arguments = invocation.arguments
    var scan = FilesScan(
      TextSearch(
        hosts: catalogue.hosts, prefixHosts: catalogue.wholeHosts,
        coversAll: { [catalogue] in catalogue.coversAll(below: $0) },
        shortNames: ShortNames(
          accounts: catalogue.hubAccounts, repositories: catalogue.hubRepositories),
        recognizes: { [catalogue] in catalogue.hasComplaint(about: $0, asOf: asOf) }))
    scan.keepsKustomizations = keepsKustomizations
    if let revision = arguments[Flags.files.git] {
      let git = try GitRevision(revision, invocation)
      scan.keepsTexts = arguments[Flags.files.diff]
      for path in arguments.positionals { try await git.add(path, to: &scan) }
      try checkAnyRead(scan)
      return scan
    }
    var walk = FileWalk(
      include: arguments[Flags.files.include], exclude: arguments[Flags.files.exclude])
    for path in arguments.positionals where path != "-" { walk.add(path) }
    if arguments.positionals.contains("-") { scan.add(file: "-") }
    scan.add(walk)
    try checkAnyRead(scan)
    return scan
  }

  private func checkAnyRead(_ scan: FilesScan) throws {
    let gap = scan.coverage.first(where: \.isGap)
    if scan.filesRead == 0, scan.binaryFiles == 0, let gap {
      throw FilesError.nothingRead("\"\(gap.resource)\": \(gap.reason)")
    }
  }
}
