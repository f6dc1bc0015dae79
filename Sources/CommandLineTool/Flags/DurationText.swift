/// Time limits as kubectl's `--request-timeout` spells them.
enum DurationText {
  /// Reads a whole number of seconds, or a Go duration; nil for anything else, negatives included.
  ///
  /// client-go `tools/clientcmd/overrides.go` (ParseTimeout) tries the number first; the rest is
  /// the grammar of Go's time.ParseDuration: one or more decimal numbers with a unit each.
  static func read(_ text: String) -> Duration? {
    if let seconds = Int64(text) {
      return (0...maximumSeconds).contains(seconds) ? .seconds(seconds) : nil
    }
    var rest = Substring(text)
    if rest.first == "+" {
      rest.removeFirst()
    }
    guard !rest.isEmpty else { return nil }
    var nanoseconds: Double = 0
    while !rest.isEmpty {
      let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
      rest = rest.dropFirst(unit.count)
      guard number.utf8.contains(where: { $0 != UInt8(ascii: ".") }),
        let value = Double(padded(number)), let scale = nanosecondsPerUnit[String(unit)]
      else { return nil }
      nanoseconds += value * scale
    }
    guard nanoseconds <= Double(maximumSeconds) * 1e9 else { return nil }
    return .nanoseconds(Int64(nanoseconds.rounded()))
  }

  /// `10m`, `1m30s`, `0.5s`
  static func words(_ duration: Duration) -> String {
    let seconds = duration / .seconds(1)
    let minutes = Int(seconds / 60)
    let rest = seconds - Double(minutes) * 60
    let text = rest == rest.rounded() ? "\(Int(rest))s" : "\(rest)s"
    if minutes == 0 { return text }
    return rest == 0 ? "\(minutes)m" : "\(minutes)m\(text)"
  }

  /// What a signed 64-bit count of nanoseconds holds, as in Go.
  private static let maximumSeconds: Int64 = 9_223_372_036

  private static let nanosecondsPerUnit: [String: Double] = [
    "ns": 1, "us": 1e3, "\u{B5}s": 1e3, "\u{3BC}s": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9,
    "h": 3_600e9,
  ]

  /// Go takes `.5s` and `5.s`; Swift's Double does not.
  private static func padded(_ number: Substring) -> String {
    (number.first == "." ? "0" : "") + number + (number.last == "." ? "0" : "")
  }
}
