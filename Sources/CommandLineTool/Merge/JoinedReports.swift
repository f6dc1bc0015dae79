import Inventory
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
    warnOfUnknownNamespaces(merge.report)
    return selection.applied(to: merge.report)
  }

  /// A scan refuses a namespace that is not there. Reports of users who may not list namespaces
  /// lack those without a finding, so that here it is a warning.
  private func warnOfUnknownNamespaces(_ report: Report) {
    let arguments = invocation.arguments
    guard !arguments[Flags.selection.allNamespaces] else { return }
    let known = Set(report.clusters.flatMap { $0.namespaces.map(\.name) }).sorted()
    for text in Set(arguments[Flags.selection.namespaces]).sorted()
    where !known.contains(where: Glob(text).matches) {
      let near = Suggestion.nearest(to: text, among: known)
      invocation.diagnostics.warning(
        "the report has no namespace \"\(text)\""
          + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
    }
  }
}
