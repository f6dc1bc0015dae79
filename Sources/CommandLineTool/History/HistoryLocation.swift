/// Where the history is.
enum HistoryLocation {
  /// What was named, else `$XDG_DATA_HOME/gcr-report/history.db`, else
  /// `~/.local/share/gcr-report/history.db`.
  ///
  /// XDG Base Directory Specification: a relative `XDG_DATA_HOME` is to be ignored.
  static func path(
    given: String?, flag: String, _ environment: Environment
  ) throws(HistoryLocationError) -> String {
    if let given {
      return environment.absolute(given)
    }
    if let data = environment.variables["XDG_DATA_HOME"], data.hasPrefix("/") {
      return "\(data)/gcr-report/history.db"
    }
    guard let home = environment.homeDirectory else { throw HistoryLocationError(flag: flag) }
    return "\(home)/.local/share/gcr-report/history.db"
  }
}

/// There is no home to keep a history in; the exit status is 2.
struct HistoryLocationError: Error, Hashable, CustomStringConvertible {
  /// The flag that would name a file.
  let flag: String

  var description: String {
    "HOME and XDG_DATA_HOME are not set, so there is no place for a history; name one with"
      + " \(flag)"
  }
}

/// `--record`, with a file or without one.
enum RecordTarget: Hashable, Sendable {
  case standard
  case file(String)
}
