import Glibc

/// What is known of the terminals at the standard descriptors.
package struct TerminalFacts: Hashable, Sendable {
  package var isInputTerminal: Bool
  package var isOutputTerminal: Bool
  package var isErrorTerminal: Bool
  /// Columns of the terminal at standard output; nil for a pipe or file, where nothing is cut.
  package var columns: Int?

  package init(
    isInputTerminal: Bool = false, isOutputTerminal: Bool = false, isErrorTerminal: Bool = false,
    columns: Int? = nil
  ) {
    self.isInputTerminal = isInputTerminal
    self.isOutputTerminal = isOutputTerminal
    self.isErrorTerminal = isErrorTerminal
    self.columns = columns
  }

  package static func ofProcess(variables: [String: String]) -> TerminalFacts {
    let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    return TerminalFacts(
      isInputTerminal: isatty(STDIN_FILENO) == 1,
      isOutputTerminal: isOutputTerminal,
      isErrorTerminal: isatty(STDERR_FILENO) == 1,
      columns: columns(
        isTerminal: isOutputTerminal, measured: measuredColumns(STDOUT_FILENO),
        variables: variables))
  }

  /// `COLUMNS` is someone's wish and wins over what the terminal says; 80 when neither tells.
  static func columns(isTerminal: Bool, measured: Int?, variables: [String: String]) -> Int? {
    guard isTerminal else { return nil }
    if let wish = variables["COLUMNS"].flatMap({ Int($0) }), wish > 0 {
      return wish
    }
    return measured ?? 80
  }

  /// Columns of the terminal at standard error at this moment.
  static func errorColumns(variables: [String: String]) -> Int {
    columns(isTerminal: true, measured: measuredColumns(STDERR_FILENO), variables: variables) ?? 80
  }

  /// The width for help and tables: 40 to 200, 80 in a pipe.
  var layoutWidth: Int {
    min(max(columns ?? 80, 40), 200)
  }

  /// The width of a page of text; nil in a pipe, where nothing is cut or wrapped.
  var pageWidth: Int? {
    isOutputTerminal ? layoutWidth : nil
  }

  /// `--color` decides; `auto` follows no-color.org, then bixense.com/clicolors, then the terminal.
  func usesColor(_ choice: ColorChoice, variables: [String: String]) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if let value = variables["NO_COLOR"], !value.isEmpty {
      return false
    }
    if let value = variables["CLICOLOR_FORCE"], !value.isEmpty, value != "0" {
      return true
    }
    return isOutputTerminal && variables["TERM"] != "dumb"
  }

  private static func measuredColumns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// The values of `--color`.
enum ColorChoice: String, Hashable, Sendable, CaseIterable {
  case auto
  case always
  case never
}
