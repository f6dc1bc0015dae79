/// A place in every object of one kind: `spec.templates[].container.image`, where `[]` stands for
/// each element of a list and `{}` for each value of a map.
package struct FieldPath: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case key(String)
    case elements
    case values
  }

  package var steps: [Step]

  package init(steps: [Step] = []) {
    self.steps = steps
  }

  /// Reads the notation above; keys hold no dot there.
  package init(_ text: String) {
    var steps: [Step] = []
    for part in text.utf8.split(separator: UInt8(ascii: ".")) {
      var key = part
      var marks: [Step] = []
      while let mark = Self.mark(atEndOf: key) {
        marks.append(mark)
        key = key.dropLast(2)
      }
      if !key.isEmpty { steps.append(.key(String(Substring(key)))) }
      steps += marks.reversed()
    }
    self.steps = steps
  }

  private static func mark(atEndOf part: Substring.UTF8View) -> Step? {
    let end = part.suffix(2)
    return end.elementsEqual("[]".utf8) ? .elements : end.elementsEqual("{}".utf8) ? .values : nil
  }

  package func appending(_ step: Step) -> FieldPath {
    FieldPath(steps: steps + [step])
  }
}

extension FieldPath: CustomStringConvertible {
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .elements: text += "[]"
      case .values: text += "{}"
      }
    }
    return text
  }
}
