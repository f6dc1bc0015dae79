import RegistryCatalogue

/// How expressions name an image: `HOST/REPOSITORY:TAG`, normalised, without the digest; without
/// `:TAG` when only a digest was written.
///
/// Regular expressions here are those that RE2, CEL and Rego have in common. They are anchored and
/// every text of the catalogue stands in them escaped, so that a host is compared whole.
enum ReferenceKey {
  /// What every key that the pattern is about begins with; all of the test when `match` is nil.
  static func prefix(_ pattern: ReferencePattern) -> String {
    guard !pattern.host.hasPrefix("*") else { return "" }
    switch pattern.path {
    case .any: return "\(pattern.host)/"
    case .repository(let repository): return "\(pattern.host)/\(repository)"
    case .prefix(let prefix):
      guard let star = prefix.firstIndex(of: "*") else { return "\(pattern.host)/\(prefix)/" }
      return "\(pattern.host)/\(prefix[..<star])"
    }
  }

  /// The expression that a key must match; nil when the prefix says it all.
  static func match(_ pattern: ReferencePattern, tags: [TagPattern]) -> String? {
    let isPlain =
      switch pattern.path {
      case .any: true
      case .repository: false
      case .prefix(let prefix): !prefix.contains("*")
      }
    guard !tags.isEmpty || !isPlain || pattern.host.hasPrefix("*") else { return nil }
    return expression(pattern, tags: tags)
  }

  /// The expression that matches one of the exceptions; nil without any.
  static func exceptions(_ exceptions: [ReferencePattern]) -> String? {
    exceptions.isEmpty
      ? nil : exceptions.map { expression($0, tags: $0.tags) }.joined(separator: "|")
  }

  static func expression(_ pattern: ReferencePattern, tags: [TagPattern]) -> String {
    let host =
      pattern.host.hasPrefix("*")
      ? "[a-z0-9-]+" + escaped(pattern.host.dropFirst()) : escaped(pattern.host)
    let path: String
    switch pattern.path {
    case .any: path = "[^:]+"
    case .repository(let repository): path = escaped(repository)
    case .prefix(let prefix):
      path =
        prefix.split(separator: "*", omittingEmptySubsequences: false).map(escaped)
        .joined(separator: "[^/:]+") + "/[^:]+"
    }
    let choice = tags.map(expression).joined(separator: "|")
    return "^\(host)/\(path)" + (tags.isEmpty ? "(:.*)?$" : ":(\(choice))$")
  }

  private static func expression(_ tag: TagPattern) -> String {
    var result = ""
    var rest = tag.text[...]
    while let character = rest.first {
      if rest.hasPrefix("[0-9]") {
        result += "[0-9]"
        rest = rest.dropFirst(5)
      } else {
        result += character == "*" ? ".*" : escaped(String(character))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func escaped(_ text: some StringProtocol) -> String {
    text.reduce(into: "") { result, character in
      if "\\.+*?()|[]{}^$".contains(character) { result += "\\" }
      result.append(character)
    }
  }

  /// All that `distribution/reference` (regexp.go) takes for a reference, and that our parser does;
  /// lengths of the repository, image ids and Istio's `auto` apart.
  static let reference: String = {
    let label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    let domain = "(\(label)(\\.\(label))*|\\[[A-Fa-f0-9:]+\\])(:[0-9]+)?"
    let component = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*"
    let tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
    let digest = "(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})"
    return "^((\(domain)|\(component))/)?\(component)(/\(component))*(:\(tag))?(@\(digest))?$"
  }()

  /// An image id is no repository name (regexp.go `anchoredIdentifier`), and `auto` stands for what
  /// Istio's injector fills in.
  static let noReference = "^([a-f0-9]{64}|auto)$"

  /// Printable ASCII and the white space that may stand around a reference.
  static let text = "^[!-~ \\t-\\r]+$"

  static let longestRepository = 255

  /// How many segments of a repository come before what `{path}` stands for.
  static func depth(_ pattern: ReferencePattern) -> Int {
    switch pattern.path {
    case .any: 0
    case .prefix(let prefix): prefix.split(separator: "/").count
    case .repository(let repository): repository.split(separator: "/").count - 1
    }
  }
}

extension Rule {
  /// `gone since 2025-07-10`
  func fateWords(on day: CalendarDate) -> String {
    let dated = fate(on: day)
    return dated.fate.rawValue + (dated.from.map { " since \($0)" } ?? "")
  }
}

extension PolicyMeaning.Clause {
  /// How much of what was written behind the name is kept in a rewrite: one of the words that the
  /// expressions know.
  var kept: String? {
    switch rewrite?.suffix {
    case nil: nil
    case .fixed: "none"
    case .kept(tag: true, digest: true): "all"
    case .kept(tag: true, digest: false): "tag"
    case .kept(tag: false, _): "digest"
    }
  }

  var fixedSuffix: String? {
    guard case .fixed(let text) = rewrite?.suffix, !text.isEmpty else { return nil }
    return text
  }

  /// The fields by which every language tests a key, in one order.
  func fields(on day: CalendarDate) -> [(name: String, value: String)] {
    let pairs: [(String, String?)] = [
      ("prefix", ReferenceKey.prefix(pattern)),
      ("match", ReferenceKey.match(pattern, tags: tags)),
      ("unless", ReferenceKey.exceptions(exceptions)),
      ("rule", isJudged ? rule.id : nil),
      ("fate", isJudged ? rule.fateWords(on: day) : nil),
      ("to", rewrite?.name), ("depth", rewrite.map { _ in String(ReferenceKey.depth(pattern)) }),
      ("keep", kept), ("fixed", fixedSuffix),
    ]
    return pairs.compactMap { name, value in value.map { (name, $0) } }
  }
}
