/// A value that a manifest cannot carry.
package struct ScheduleValueError: Error, Hashable, Sendable {
  /// What would have been right, as a clause: `minutes from 0 to 59, not "60"`.
  package let expected: String

  package init(expected: String) {
    self.expected = expected
  }
}
