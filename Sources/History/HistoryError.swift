/// Why the history cannot be used.
package enum HistoryError: Error, Hashable, CustomStringConvertible {
  case missing(path: String)
  case cannotCreate(path: String, reason: String)
  case cannotOpen(path: String, reason: String)
  /// Some other file, or a database of another program.
  case notHistory(path: String)
  /// SQLite found it broken.
  case corrupt(path: String, reason: String)
  /// Written by a newer release.
  case newer(path: String, version: Int, known: Int)
  case readOnly(path: String)
  /// Another process kept it locked for the whole waiting time.
  case busy(path: String)
  case failed(path: String, reason: String)
  case noSuchScan(Int, path: String)
  /// No two scans of the same cluster.
  case tooFew(Int, path: String)
  /// The report of one scan cannot be read back.
  case damagedReport(scan: Int, reason: String)

  package var description: String {
    switch self {
    case .missing(let path):
      "there is no history at \"\(path)\"; a scan with --record starts one"
    case .cannotCreate(let path, let reason):
      "history \"\(path)\" cannot be created: \(reason)"
    case .cannotOpen(let path, let reason):
      "history \"\(path)\" cannot be opened: \(reason)"
    case .notHistory(let path):
      "\"\(path)\" is not a history of gcr-report; name another file"
    case .corrupt(let path, let reason):
      "history \"\(path)\" is damaged: \(reason); move it away to start a new one"
    case .newer(let path, let version, let known):
      "history \"\(path)\" has schema \(version), and this release knows \(known) at most; use the"
        + " newer release that wrote it"
    case .readOnly(let path):
      "history \"\(path)\" cannot be written: the file or its folder is read-only"
    case .busy(let path):
      "history \"\(path)\" is locked by another process; try again when that has ended"
    case .failed(let path, let reason):
      "history \"\(path)\": \(reason)"
    case .noSuchScan(let id, let path):
      "there is no scan \(id) in \"\(path)\"; \"kubectl gcr-report history\" lists those that there"
        + " are"
    case .tooFew(let count, let path):
      count < 2
        ? "\"\(path)\" holds \(count == 1 ? "one scan" : "no scan"), and a diff needs two"
        : "\"\(path)\" holds no earlier scan of a cluster of the newest one; name two scans by their"
          + " numbers"
    case .damagedReport(let scan, let reason):
      "the report of scan \(scan) cannot be read back: \(reason)"
    }
  }
}
