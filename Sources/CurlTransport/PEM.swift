import Foundation

/// Textual encoding of certificates and keys (RFC 7468).
enum PEM {
  /// The bytes of the first block whose label is wanted; nil when there is none, or its base64 is
  /// broken.
  static func firstBlock(in text: [UInt8], where isWanted: (String) -> Bool) -> [UInt8]? {
    var body: [UInt8]?
    for line in text.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      if body == nil {
        if let label = label(of: line, after: "-----BEGIN "), isWanted(label) { body = [] }
      } else if label(of: line, after: "-----END ") != nil {
        return body.flatMap { Data(base64Encoded: Data($0)) }.map { [UInt8]($0) }
      } else {
        body?.append(contentsOf: line.filter { $0 != 32 && $0 != 9 })
      }
    }
    return nil
  }

  private static func label(of line: ArraySlice<UInt8>, after prefix: String) -> String? {
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    guard text.hasPrefix(prefix), text.hasSuffix("-----"), text.count >= prefix.count + 5
    else { return nil }
    return String(text.dropFirst(prefix.count).dropLast(5))
  }
}
