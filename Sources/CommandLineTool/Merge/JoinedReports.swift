import Reports

/// Reports made elsewhere as one, filtered and marked with exceptions as the flags say.
struct JoinedReports {
  private let invocation: Invocation
  private let selection: ReportSelection

  init(_ invocation: Invocation, selection: ReportSelection) {
    self.invocation = invocation
    self.selection = selection
  }

  /// - Parameter names: files, folders, or `-`; at least one.
  func read(_ names: [String]) throws -> Report {
    let diagnostics = invocation.diagnostics
    let inputs = try ReportFiles(invocation.environment).read(names) { diagnostics.warning($0) }
    guard let merge = ReportMerge(inputs) else {
      throw ReportFileError(
        name: names.first ?? "standard input", reason: "it holds no report")
    }
    for remark in merge.remarks { diagnostics.warning(remark) }
    if !merge.report.filter.isEmpty, !selection.isEmpty,
      let filtered = inputs.first(where: { !$0.report.filter.isEmpty })
    {
      throw ReportFileError(
        name: filtered.name,
        reason: "it was filtered by \(filtered.report.filter.words); only whole reports can be"
          + " filtered, or marked with exceptions, once more")
    }
    return selection.applied(to: merge.report)
  }
}
