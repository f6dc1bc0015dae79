/// Values of a schedule that are checked by Kubernetes' rules before they go into a manifest.
package enum ScheduleValue {
  /// A name of at most `limit` characters for an object of which others bear the name in parts.
  ///
  /// RFC 1123 label, as k8s.io/apimachinery `IsDNS1123Label`; a CronJob's has 52 characters at
  /// most, because its Jobs append 11.
  package static func label(
    _ text: String, limit: Int = 63
  ) throws(ScheduleValueError) -> String {
    guard text.utf8.count <= limit, isLabel(text[...]) else {
      throw ScheduleValueError(
        expected: "a name of at most \(limit) lower-case letters, digits and \"-\", with a letter"
          + " or digit at both ends")
    }
    return text
  }

  /// RFC 1123 subdomain, as k8s.io/apimachinery `IsDNS1123Subdomain`.
  package static func subdomain(_ text: String) throws(ScheduleValueError) -> String {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, labels.allSatisfy(isLabel) else {
      throw ScheduleValueError(
        expected: "a name of lower-case letters, digits, \"-\" and \".\"")
    }
    return text
  }

  /// A positive amount of bytes as k8s.io/apimachinery `resource.Quantity` spells it.
  package static func storage(_ text: String) throws(ScheduleValueError) -> String {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let suffix = text.dropFirst(digits.count)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let suffixes = ["", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    guard parts.count <= 2, text.utf8.count <= 20, parts.allSatisfy({ !$0.isEmpty }),
      digits.contains(where: { ("1"..."9").contains($0) }), suffixes.contains(String(suffix))
    else {
      throw ScheduleValueError(expected: "an amount such as 1Gi or 500Mi")
    }
    return text
  }

  /// A name of the tz database. Whether the cluster's has it only the cluster knows.
  ///
  /// k8s.io/kubernetes `validateTimeZone`: neither empty nor `Local`; Go's `time.LoadLocation`
  /// refuses `..`, a leading `/` and a backslash.
  package static func timeZone(_ text: String) throws(ScheduleValueError) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { isLetterOrDigit($0 | 0x20) || "_+-".utf8.contains($0) }
    }
    guard isName, text.utf8.count <= 64, text.lowercased() != "local" else {
      throw ScheduleValueError(
        expected: "a name of the tz database such as Europe/Berlin or Etc/UTC")
    }
    return text
  }

  private static func isLabel(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && bytes.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// A lower-case letter or a digit.
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
