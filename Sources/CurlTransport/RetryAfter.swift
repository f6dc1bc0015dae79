/// How long a server asks its client to stay away (RFC 9110, section 10.2.3).
package enum RetryAfter {
  /// Whole seconds from `now` on, 0 for a date that has passed; nil without the field, and for what
  /// is neither a number of seconds nor a date: it is as if it were not there.
  ///
  /// - Parameter now: seconds since 1970-01-01T00:00:00Z, against which a date is held.
  package static func seconds(in headers: HTTPHeaders, now: Int64) -> Int? {
    guard let text = headers["Retry-After"] else { return nil }
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) { return Int(text) }
    return HTTPDate.seconds(text, now: now).map { Int(max(0, $0 - now)) }
  }
}
