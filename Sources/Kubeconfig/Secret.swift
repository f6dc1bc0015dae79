/// A value that no description, dump or interpolation shows.
package struct Secret<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The secret itself, for the one place that sends it.
  package let revealed: Value

  package init(_ value: Value) {
    revealed = value
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(redacted)" }
  package var debugDescription: String { "(redacted)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
