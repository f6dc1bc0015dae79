/// A place in an object, as the steps of a JSON pointer (RFC 6901).
struct FieldPointer: Hashable, Sendable {
  let steps: [String]

  init(steps: [String]) {
    self.steps = steps
  }

  /// Reads a finding's path: `spec.template.spec.containers[0].image`, keys with dots and worse
  /// as `["a.b"]`; nil for anything else.
  init?(path: String) {
    var steps: [String] = []
    var rest = Substring(path)
    while let first = rest.first {
      if first == "[" {
        rest.removeFirst()
        guard let step = Self.bracketed(&rest) else { return nil }
        steps.append(step)
      } else {
        if first == "." {
          guard !steps.isEmpty else { return nil }
          rest.removeFirst()
        } else if !steps.isEmpty {
          return nil
        }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        // Colons and blanks mark a line of a text, or words around a path.
        guard !key.isEmpty, !key.contains(where: { $0 == ":" || $0 == " " }) else { return nil }
        steps.append(String(key))
        rest = rest[key.endIndex...]
      }
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  /// What stands between brackets, and the closing one.
  private static func bracketed(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[digits.endIndex...]
      guard !digits.isEmpty, rest.popFirst() == "]" else { return nil }
      return String(digits)
    }
    rest.removeFirst()
    var key = ""
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        key.append(escaped)
      case "\"": return rest.popFirst() == "]" ? key : nil
      default: key.append(character)
      }
    }
    return nil
  }

  /// RFC 6901, section 3: `~` and `/` are escaped.
  var text: String {
    steps.map { step in
      "/"
        + step.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
        .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }.joined()
  }

  /// The place beside this one.
  func sibling(_ name: String) -> FieldPointer {
    FieldPointer(steps: steps.dropLast() + [name])
  }
}
