import Reports

/// Puts what `history` prints where `-o` says.
struct HistoryOutputs {
  private let invocation: Invocation
  private let outputs: ReportOutputs
  private let entries: [OutputPlan.Entry]

  /// What the config file sets is meant for reports, which have more formats.
  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    outputs = try ReportOutputs(invocation)
    let arguments = invocation.arguments
    let isChosen =
      arguments.isTyped(Flags.output.targets) || arguments.isTyped(Flags.output.file)
    entries =
      isChosen
      ? outputs.plan.entries : [.init(format: .table, place: .standardOutput)]
  }

  /// False when one could not be written, which is said.
  func write(_ document: (OutputFormat) -> HistoryDocument) -> Bool {
    var isWhole = true
    for entry in entries {
      let document = document(entry.format)
      do throws(OutputError) {
        switch entry.place {
        case .standardOutput:
          try invocation.environment.standardOutput.write(
            document.render(as: entry.format, options: outputs.options(isFile: false)))
        case .file(let template):
          try outputs.write(
            document.render(as: entry.format, options: outputs.options(isFile: true)),
            to: template, time: invocation.environment.now(),
            context: document.kind.rawValue)
        }
      } catch {
        isWhole = false
        invocation.diagnostics.error(describe(error))
      }
    }
    return isWhole
  }
}
