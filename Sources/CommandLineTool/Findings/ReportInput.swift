import RegistryCatalogue
import Reports

/// The report that `fix`, `mirror`, `policy` and `trace` work on: what `--from` names, else a scan
/// of now.
struct ReportInput {
  private let invocation: Invocation
  private let pipeline: ScanPipeline
  private let names: [String]

  /// Reads the flags and their files, so that a wrong one ends the run before any request.
  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    names = invocation.arguments[Flags.source.from]
    if !names.isEmpty, let flag = Self.flagOfScans(invocation) {
      throw UsageError.contradiction(Flags.source.from.definition.spelling, flag)
    }
    pipeline = try ScanPipeline(invocation)
  }

  /// Whether a cluster is read, and no report.
  var isScan: Bool { names.isEmpty }

  /// The day that a scan judges by.
  var asOf: CalendarDate { pipeline.asOf }

  /// With the rules of `--rules`.
  var catalogue: Catalogue {
    get throws { try pipeline.catalogue }
  }

  /// Filtered and marked with exceptions as the flags say.
  func report() async throws -> Report {
    guard names.isEmpty else {
      return try JoinedReports(invocation, selection: pipeline.selection).read(names)
    }
    let access = try ClusterAccess(invocation)
    let target = try access.target()
    return try await pipeline.read(target: target, client: access.client(for: target)).1
  }

  /// What the report leaves open, for the exit status.
  func facts(of report: Report) -> ExitFacts {
    pipeline.delivery.facts(of: report)
  }

  /// The first flag typed that only a scan could obey.
  private static func flagOfScans(_ invocation: Invocation) -> String? {
    // Registries are asked whatever the findings are from.
    let ofReports: Set =
      invocation.arguments.command == .check
      ? [Flags.connection.requestTimeout.definition.name] : []
    let table = FlagTable(
      groups: [Flags.connection, Flags.scanning], commands: Set(CommandName.allCases))
    let others = [
      Flags.selection.helm.definition, Flags.report.asOf.definition,
      Flags.report.teamLabel.definition,
    ]
    return (table.entries.map(\.definition) + others).first {
      invocation.arguments.isTyped(named: $0.name) && !ofReports.contains($0.name)
    }?.spelling
  }
}
