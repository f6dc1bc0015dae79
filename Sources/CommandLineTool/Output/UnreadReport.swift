import Glibc
import Reports

/// What becomes of a file when the scan for it could read nothing.
///
/// A report without a cluster tells less than the one of yesterday: that stays, and says itself
/// when it was made. Where there is none yet, a file with the reason tells that a scan was tried.
/// Metrics are of the present and always written.
enum UnreadReport {
  case written
  /// The file that is there stays.
  case kept
  /// The format has no place for a reason, and a file without one would pass for a clean answer.
  case leftOut

  init(_ format: OutputFormat, path: String) {
    switch format {
    case .prometheus: self = .written
    case .name: self = .leftOut
    case .table, .wide, .csv, .json, .yaml, .markdown, .html, .sarif, .junit, .github:
      self = Self.holdsSomething(path) ? .kept : .written
    }
  }

  /// A pipe and a file without content have nothing to lose.
  private static func holdsSomething(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
  }
}

extension Report {
  /// Whether there was a cluster to read, and none was.
  var isUnread: Bool {
    !clusters.isEmpty && clusters.allSatisfy { $0.failure != nil }
  }
}
