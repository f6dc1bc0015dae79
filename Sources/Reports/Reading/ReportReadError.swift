/// Why bytes are no report of ours.
package enum ReportReadError: Error, Hashable, Sendable {
  /// Line and column (in bytes) count from 1.
  case notJSON(line: Int, column: Int, expected: String)
  /// Not a byte but white space.
  case empty
  case otherDocument(apiVersion: String?, kind: String?)
  /// `gcr-report/v2` and above.
  case laterVersion(String)
  /// `field` reads `clusters[0].findings[3].image`; empty for the whole document.
  case invalid(field: String, problem: String)
}

extension ReportReadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let line, let column, let expected):
      "it is not JSON as -o json writes it: line \(line), column \(column): expected \(expected)"
    case .empty:
      "it is empty; was the scan that should have written it stopped?"
    case .otherDocument(nil, nil):
      "it has neither kind nor apiVersion; expected kind \"Report\" of apiVersion"
        + " \"gcr-report/v1\", as -o json writes it"
    case .otherDocument(let apiVersion, let kind):
      "it is \(Self.quoted(kind)) of \(Self.quoted(apiVersion)); expected kind \"Report\" of"
        + " apiVersion \"gcr-report/v1\", as -o json writes it"
    case .laterVersion(let version):
      "it is of apiVersion \"\(version)\", which a later release wrote; this one reads"
        + " \"gcr-report/v1\": upgrade the plugin"
    case .invalid(let field, let problem):
      (field.isEmpty ? "" : "field \"\(field)\": ") + problem
    }
  }

  private static func quoted(_ text: String?) -> String {
    text.map { "\"\($0)\"" } ?? "nothing"
  }
}
