/// The rules of one SARIF run: those of the catalogue that its findings name, and our own words
/// for findings without one.
struct SARIFRules {
  /// Sorted.
  let ids: [String]
  private let summaries: [String: RuleSummary]

  init(_ findings: [Finding], _ summaries: [RuleSummary]) {
    ids = Set(findings.map(Self.id)).sorted()
    self.summaries = Dictionary(
      summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func id(_ finding: Finding) -> String {
    finding.rule ?? finding.kind.rawValue
  }

  func index(of finding: Finding) -> Int? {
    ids.firstIndex(of: Self.id(finding))
  }

  /// `reportingDescriptor` objects (SARIF 2.1.0, section 3.49), in the order of `ids`.
  var descriptors: [JSONValue] {
    ids.map { id in
      guard let rule = summaries[id] else {
        let title = Finding.Kind(rawValue: id).map(Self.title) ?? id
        return .present([
          "id": .string(id), "name": .string(Self.name(id)),
          "shortDescription": SARIFText.message(title),
        ])
      }
      return .present([
        "id": .string(id),
        "name": .string(Self.name(id)),
        "shortDescription": SARIFText.message(rule.title),
        "fullDescription": SARIFText.message(rule.what),
        "helpUri": rule.sources.first(where: SARIFText.isURL).map { .string($0) },
        "help": SARIFText.message(rule.advice),
        "properties": rule.sources.isEmpty ? nil : .members(["sources": .texts(rule.sources)]),
      ])
    }
  }

  /// `K8sGcrIo` of `k8s-gcr-io`: names are identifiers by convention (section 3.49.7).
  private static func name(_ id: String) -> String {
    id.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func title(_ kind: Finding.Kind) -> String {
    switch kind {
    case .registry: "A rule of the catalogue"
    case .invalidReference: "Not an image reference"
    case .placeholder: "Text that something fills in later"
    case .imageNeverPull: "The policy is Never and the node lacks the image"
    case .pullFailing: "The pull fails for a reason that the catalogue does not know"
    case .clean: "Nothing is wrong"
    }
  }
}

/// Texts as SARIF wants them.
enum SARIFText {
  /// A `message` or `multiformatMessageString`; nil for no text, which the schema refuses.
  static func message(_ text: String) -> JSONValue? {
    text.isEmpty ? nil : .members(["text": .string(plain(text))])
  }

  /// Sections 3.11.5 and 3.11.6: braces hold arguments and are doubled, brackets begin links and
  /// take a backslash: no name becomes a link.
  static func plain(_ text: String) -> String {
    var result = ""
    for character in TerminalText.sanitized(text) {
      switch character {
      case "{", "}": result += "\(character)\(character)"
      case "[", "]", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// RFC 3986, section 2.3: all but unreserved characters are percent-encoded.
  static func segment(_ text: String) -> String {
    // A dot segment would climb.
    if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  /// A name within a path; `..` of an argument stays what it is.
  static func pathSegment(_ text: String) -> String {
    text == "." || text == ".." ? text : segment(text)
  }

  /// An absolute web address without characters that RFC 3986 forbids.
  static func isURL(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
  }
}
