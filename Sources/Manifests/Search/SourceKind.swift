/// What a file is, by its name and place.
package enum SourceKind: Hashable, Sendable {
  /// YAML or JSON: objects, values, compose files.
  case structured
  case dockerfile
  /// A chart's template: text with Go actions.
  case template
  case text(comments: CommentStyle)
  /// A packaged chart.
  case archive

  /// - Parameter isChart: whether a folder holds a `Chart.yaml`.
  package static func of(_ path: String, isChart: (String) -> Bool) -> SourceKind {
    let segments = path.split(separator: "/").map(String.init)
    let name = segments.last ?? path
    let lower = name.lowercased()
    if lower.hasSuffix(".tgz") || lower.hasSuffix(".tar.gz") { return .archive }
    if isInTemplates(segments, isAbsolute: path.hasPrefix("/"), isChart) || lower.hasSuffix(".tpl")
      || lower.hasSuffix(".gotmpl")
    {
      return .template
    }
    let stem = lower.split(separator: ".").first.map(String.init) ?? lower
    if stem == "dockerfile" || stem == "containerfile" || lower.hasSuffix(".dockerfile")
      || lower.hasSuffix(".containerfile")
    {
      return .dockerfile
    }
    if [".yaml", ".yml", ".json"].contains(where: lower.hasSuffix) || lower == "kustomization" {
      return .structured
    }
    return .text(comments: CommentStyle(fileName: lower))
  }

  /// Helm renders what is below `templates` of a chart (https://helm.sh/docs/topics/charts/).
  private static func isInTemplates(
    _ segments: [String], isAbsolute: Bool, _ isChart: (String) -> Bool
  ) -> Bool {
    for (index, segment) in segments.enumerated().dropLast() where segment == "templates" {
      let folder = segments[..<index].joined(separator: "/")
      if isChart((isAbsolute ? "/" : "") + folder) { return true }
    }
    return false
  }
}

/// How a comment begins; a reference in one is pulled by nobody.
package enum CommentStyle: Hashable, Sendable {
  case none
  /// `#`
  case hash
  /// `//`
  case slashes
  case both
  /// `#`, and `{{/* … */}}` on a line of its own
  case template

  init(fileName name: String) {
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    switch ending {
    case "md", "markdown", "rst", "adoc", "txt", "html": self = .none
    case "go", "js", "ts", "java", "kt", "swift", "rs", "c", "cc", "cpp", "h", "cue", "dhall":
      self = .slashes
    case "jsonnet", "libsonnet", "tf", "hcl", "tfvars", "php": self = .both
    default: self = .hash
    }
  }

  /// Where a line's comment begins; its end when there is none. A `#` within a word is no comment.
  func start(in bytes: [UInt8], line: Range<Int>) -> Int {
    guard self != .none else { return line.upperBound }
    if let start = blockComment(in: bytes, line: line) { return start }
    var index = line.lowerBound
    while index < line.upperBound {
      let isFirst = index == line.lowerBound || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09
      if isFirst {
        if self != .slashes, bytes[index] == UInt8(ascii: "#") { return index }
        if self == .slashes || self == .both, bytes[index...].starts(with: "//".utf8) {
          return index
        }
      }
      index += 1
    }
    return line.upperBound
  }

  /// Where a comment begins that takes a whole line and no other: `/* … */`, `{{- /* … */ -}}`.
  private func blockComment(in bytes: [UInt8], line: Range<Int>) -> Int? {
    let blanks: (UInt8) -> Bool = { $0 <= 0x20 }
    let text = bytes[line].drop(while: blanks)
    let signs: [(start: String, end: String)]
    switch self {
    case .none, .hash: return nil
    case .slashes, .both: signs = [("/*", "*/")]
    case .template:
      signs = ["{{/*", "{{- /*"].flatMap { start in
        ["*/}}", "*/ -}}"].map { (start, $0) }
      }
    }
    var end = text.endIndex
    while end > text.startIndex, blanks(bytes[end - 1]) { end -= 1 }
    let isComment = signs.contains { sign in
      // Not `/* a */ image /* b */`.
      text.starts(with: sign.start.utf8)
        && text.dropFirst(sign.start.utf8.count).range(ofBytes: Array(sign.end.utf8))?
          .upperBound == end
    }
    return isComment ? text.startIndex : nil
  }
}
