import Reports

/// What the program says on standard error, line by line.
///
/// The texts are composed by others; here control characters in them lose their power, so that a
/// name from a cluster or a file cannot move the cursor, colour the screen or set a title.
struct Diagnostics: Sendable {
  let writer: OutputWriter
  /// `--quiet`: errors only.
  var isQuiet = false
  /// `-v`
  var verbosity = 0
  /// `--log-format`
  var form = LogForm.text
  /// Seconds since 1970, for the form that has times.
  private let now: @Sendable () -> Int64
  /// The context that is spoken of.
  private var subject: String?
  /// Whether a text begins with it: not where there is only one.
  private var namesSubject = false

  init(
    writer: OutputWriter, isQuiet: Bool = false, verbosity: Int = 0, form: LogForm = .text,
    now: @escaping @Sendable () -> Int64 = { 0 }
  ) {
    self.writer = writer
    self.isQuiet = isQuiet
    self.verbosity = verbosity
    self.form = form
    self.now = now
  }

  /// The same for messages about one of several contexts, which begin with its name.
  func about(_ context: String?) -> Diagnostics {
    guard let context else { return self }
    var diagnostics = self
    diagnostics.subject = context
    diagnostics.namesSubject = true
    return diagnostics
  }

  /// The same for messages about the only context: a text need not say which.
  func aboutOnly(_ context: String) -> Diagnostics {
    var diagnostics = self
    diagnostics.subject = context
    return diagnostics
  }

  func error(_ text: String) {
    say(.error, text)
  }

  /// Something the reader should act upon.
  func warning(_ text: String) {
    guard !isQuiet else { return }
    say(.warning, text)
  }

  /// Something that explains the report.
  func note(_ text: String) {
    guard !isQuiet else { return }
    say(.info, text)
  }

  /// A line of the log that `-v` asks for; `level` 1 is the least talkative.
  func trace(level: Int, _ text: @autoclosure () -> String) {
    guard level <= verbosity else { return }
    say(.debug, text())
  }

  /// The next step after an error.
  func hint(_ text: String) {
    say(.info, text)
  }

  /// What another program said that the run waits for; it may ask the reader to do something.
  func relay(_ text: String) {
    say(.info, text)
  }

  private func say(_ level: LogLine.Level, _ text: String) {
    // Where standard error is gone, there is nobody left to tell.
    _ = try? writer.write(line(level, text) + "\n")
  }

  private func line(_ level: LogLine.Level, _ text: String) -> String {
    guard form == .text else {
      return LogLine(time: now(), level: level, message: text, context: subject).text
    }
    let start = namesSubject ? subject.map { "\($0): " } ?? "" : ""
    let word =
      switch level {
      case .error: "error: "
      case .warning: "warning: "
      case .info, .debug: ""
      }
    return (word + start + text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { TerminalText.sanitized(String($0)) }.joined(separator: "\n")
  }
}
