internal import Foundation
internal import YAMLDocuments

/// A node with its path, read by Go's rules for JSON: absent and null are the zero value, any
/// other type is an error. Found values never appear in errors.
struct FieldReader {
  let node: YAMLNode?
  /// As in `users[2].user.exec`; empty for the document.
  let path: String
  let file: String

  var isAbsent: Bool { node?.isNull ?? true }

  var origin: KubeconfigOrigin {
    let mark = node?.alias?.start ?? node?.start
    return KubeconfigOrigin(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  func error(_ problem: String) -> KubeconfigError {
    .field(path: file, line: origin.line, column: origin.column, field: path, problem: problem)
  }

  subscript(key: String) -> FieldReader {
    FieldReader(node: node?[key], path: path.isEmpty ? key : "\(path).\(key)", file: file)
  }

  /// This field as a mapping or absent.
  func mapping() throws(KubeconfigError) -> FieldReader {
    if !isAbsent, node?.mapping == nil { throw mismatch("a mapping") }
    return self
  }

  func items() throws(KubeconfigError) -> [FieldReader] {
    guard !isAbsent else { return [] }
    guard let items = node?.sequence else { throw mismatch("a list") }
    return items.enumerated().map { index, item in
      FieldReader(node: item, path: "\(path)[\(index)]", file: file)
    }
  }

  func string() throws(KubeconfigError) -> String {
    guard !isAbsent else { return "" }
    guard let text = node?.string else { throw mismatch("a string") }
    return text
  }

  func bool() throws(KubeconfigError) -> Bool {
    guard !isAbsent else { return false }
    guard let flag = node?.bool else { throw mismatch("true or false") }
    return flag
  }

  func strings() throws(KubeconfigError) -> [String] {
    if !isAbsent, node?.sequence == nil { throw mismatch("a list of strings") }
    var result: [String] = []
    for item in try items() { result.append(try item.string()) }
    return result
  }

  func members() throws(KubeconfigError) -> [(key: String, value: FieldReader)] {
    guard !isAbsent else { return [] }
    guard let pairs = node?.mapping else { throw mismatch("a mapping") }
    return pairs.compactMap { pair in
      guard let key = pair.key.keyText else { return nil }
      let reader = FieldReader(node: pair.value, path: "\(path).\(escaped(key))", file: file)
      return (key, reader)
    }
  }

  /// Base64 as Go's `[]byte` in JSON: RFC 4648, section 4, line breaks ignored.
  func bytes() throws(KubeconfigError) -> [UInt8] {
    let text = try string()
    let packed = Data(text.utf8.filter { $0 != 0x0A && $0 != 0x0D })
    guard let data = Data(base64Encoded: packed) else {
      throw error("expected base64 without blanks; encode the file with `base64 -w0 FILE`")
    }
    return Array(data)
  }

  private func mismatch(_ expected: String) -> KubeconfigError {
    let found = node?.kindInWords ?? "nothing"
    let isQuotable = expected == "a string" && node?.scalar != nil
    return error("expected \(expected), found \(found)" + (isQuotable ? "; put it in quotes" : ""))
  }
}
