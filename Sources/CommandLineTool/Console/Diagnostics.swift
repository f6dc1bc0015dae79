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
  /// The context that is spoken of; nil where there is only one.
  private var subject: String?

  init(writer: OutputWriter, isQuiet: Bool = false, verbosity: Int = 0) {
    self.writer = writer
    self.isQuiet = isQuiet
    self.verbosity = verbosity
  }

  /// The same for messages about one of several contexts, which begin with its name.
  func about(_ context: String?) -> Diagnostics {
    var diagnostics = self
    diagnostics.subject = context
    return diagnostics
  }

  func error(_ text: String) {
    say("error: \(start)\(text)")
  }

  /// Something the reader should act upon.
  func warning(_ text: String) {
    guard !isQuiet else { return }
    say("warning: \(start)\(text)")
  }

  /// Something that explains the report.
  func note(_ text: String) {
    guard !isQuiet else { return }
    say(start + text)
  }

  /// A line of the log that `-v` asks for; `level` 1 is the least talkative.
  func trace(level: Int, _ text: @autoclosure () -> String) {
    guard level <= verbosity else { return }
    say(start + text())
  }

  /// The next step after an error.
  func hint(_ text: String) {
    say(text)
  }

  private var start: String {
    subject.map { "\($0): " } ?? ""
  }

  private func say(_ text: String) {
    // Where standard error is gone, there is nobody left to tell.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let safe = lines.map { TerminalText.sanitized(String($0)) }.joined(separator: "\n")
    _ = try? writer.write(safe + "\n")
  }
}
