/// A selector of labels as `kubectl -l` takes it: requirements that must all hold.
///
/// The meaning is that of apimachinery, `pkg/labels/selector.go`.
package struct LabelSelector: Hashable, Sendable {
  enum Condition: Hashable, Sendable {
    case exists
    case doesNotExist
    /// `=`, `==` and `in`.
    case isIn(Set<String>)
    /// `!=` and `notin`: also true of an object without the label.
    case isNotIn(Set<String>)
    case isGreater(than: Int64)
    case isLess(than: Int64)
  }

  struct Requirement: Hashable, Sendable {
    let key: String
    let condition: Condition

    func matches(_ labels: [String: String]) -> Bool {
      let value = labels[key]
      switch condition {
      case .exists: return value != nil
      case .doesNotExist: return value == nil
      case .isIn(let values): return value.map(values.contains) ?? false
      case .isNotIn(let values): return value.map { !values.contains($0) } ?? true
      case .isGreater(let limit): return value.flatMap { Int64($0) }.map { $0 > limit } ?? false
      case .isLess(let limit): return value.flatMap { Int64($0) }.map { $0 < limit } ?? false
      }
    }
  }

  /// As typed.
  package let text: String
  /// Empty: everything matches.
  let requirements: [Requirement]

  package init(_ text: String) throws(LabelSelectorError) {
    var parser = LabelSelectorParser(text)
    self.text = text
    requirements = try parser.requirements()
  }

  package var selectsEverything: Bool { requirements.isEmpty }

  package func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { $0.matches(labels) }
  }
}

/// Why a text is no selector.
package enum LabelSelectorError: Error, Hashable, Sendable {
  /// `found` is empty at the end of the text.
  case unexpected(found: String, expected: String)
  case invalidKey(String)
  case invalidValue(String)
  /// `in ()`
  case noValues(key: String)
  /// After `>` or `<`.
  case notANumber(String)
}

extension LabelSelectorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpected(let found, let expected):
      return "expected \(expected), found \(found.isEmpty ? "the end" : "\"\(found)\"")"
    case .invalidKey(let key):
      return "\"\(key)\" is no label key; expected NAME or PREFIX/NAME"
    case .invalidValue(let value):
      return "\"\(value)\" is no label value; expected at most 63 letters, digits, \"-\", \"_\" and"
        + " \".\", with a letter or digit at both ends"
    case .noValues(let key): return "expected values for \"\(key)\" between the parentheses"
    case .notANumber(let value): return "\"\(value)\" is no whole number"
    }
  }
}
