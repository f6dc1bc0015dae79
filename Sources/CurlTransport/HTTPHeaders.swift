/// Header fields in the order they were given or received; one name may stand more than once.
///
/// Its description names the fields only: a value may be a credential.
package struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  package struct Field: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    package var description: String { name }
  }

  package private(set) var fields: [Field]

  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  package init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  /// Adds a field after those of the same name.
  package mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// The value of the first field of this name; setting replaces all of them.
  package subscript(name: String) -> String? {
    get { fields.first { Self.same($0.name, name) }?.value }
    set {
      fields.removeAll { Self.same($0.name, name) }
      if let newValue { add(name, newValue) }
    }
  }

  /// The values of every field of this name, in order.
  package func values(_ name: String) -> [String] {
    fields.filter { Self.same($0.name, name) }.map(\.value)
  }

  /// Field names are compared without regard to ASCII case (RFC 9110, section 5.1).
  private static func same(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }

  /// Continues the last field's value, as an obsolete folded line does (RFC 9112, section 5.2).
  mutating func extendLast(with text: String) {
    guard let last = fields.popLast() else { return }
    add(last.name, last.value.isEmpty ? text : last.value + " " + text)
  }

  /// The first field that would break the framing of a request, if any: a name that is no token
  /// (RFC 9110, section 5.6.2) or a value with a control character other than tab (5.5).
  var firstInvalidName: String? {
    fields.first { !Self.isToken($0.name) || !Self.isFieldValue($0.value) }?.name
  }

  static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  private static func isFieldValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
  }
}

extension HTTPHeaders: CustomStringConvertible, CustomReflectable {
  package var description: String {
    "[" + fields.map(\.name).joined(separator: ", ") + "]"
  }

  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPHeaders.Field: CustomReflectable {
  package var customMirror: Mirror { Mirror(self, children: []) }
}
