import Inventory
import RegistryCatalogue
import Reports

/// What flags and the exceptions file make of a report that is complete.
struct ReportSelection {
  private let invocation: Invocation
  private let exceptions: ExceptionsSource?
  private let filter: ReportFilter

  /// Reads the exceptions file.
  ///
  /// - Parameter catalogue: asked only for what the flags name of it.
  init(_ invocation: Invocation, catalogue: () throws -> Catalogue) throws {
    self.invocation = invocation
    exceptions = try ExceptionsSource(invocation)
    filter = try ReportFilter(invocation.arguments, catalogue: catalogue)
  }

  var isEmpty: Bool {
    exceptions == nil && filter.isEmpty
  }

  /// Exceptions first: whether an entry matches is a matter of all that was read.
  ///
  /// - Parameters:
  ///   - isWhole: false for one cluster of several, of which nothing is said yet.
  ///   - chosenNamespaces: read in place of those that the flags name.
  func applied(
    to report: Report, isWhole: Bool = true, chosenNamespaces: [String]? = nil
  ) -> Report {
    var filter = filter
    if chosenNamespaces != nil { filter.namespaces = [] }
    var diagnostics = invocation.diagnostics
    if !isWhole { diagnostics.isQuiet = true }
    let marked = exceptions?.applied(to: report, filter: filter, diagnostics) ?? report
    return filter.applied(to: marked)
  }
}
