/// A word that a person may copy into a POSIX shell.
package enum ShellWord {
  /// The text itself where every character is plain, else in single quotes; nil when it holds a
  /// character that cannot be shown as itself, or is empty or a flag.
  package static func text(_ text: String) -> String? {
    if text.isEmpty || text.hasPrefix("-") || TerminalText.sanitized(text) != text { return nil }
    if text.utf8.allSatisfy(isPlain) { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "-_./:@%+=".utf8.contains(byte)
    }
  }
}
