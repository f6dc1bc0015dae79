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
    var index = line.lowerBound
    while index < line.upperBound {
      let isFirst = index == line.lowerBound || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09
      if isFirst {
        if self != .slashes, bytes[index] == UInt8(ascii: "#") { return index }
        if self != .hash, bytes[index...].starts(with: "//".utf8) { return index }
      }
      index += 1
    }
    return line.upperBound
  }
}
