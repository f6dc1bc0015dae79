import ImageReferences
import YAMLDocuments

extension RuleReader {
  func patterns(_ field: YAMLField) throws(YAMLFieldError) -> [ReferencePattern] {
    var patterns: [ReferencePattern] = []
    for item in try field.items() { patterns.append(try pattern(item)) }
    return patterns
  }

  /// `HOST`, `HOST/PATH`, or `{registry, prefix | repository, tags}`.
  private func pattern(_ field: YAMLField) throws(YAMLFieldError) -> ReferencePattern {
    guard field.node.mapping != nil else {
      let text = try field.text()
      let slash = text.firstIndex(of: "/")
      let host = try host(String(text[..<(slash ?? text.endIndex)]), field)
      guard let slash else { return ReferencePattern(host: host, path: .any, tags: []) }
      let prefix = String(text[text.index(after: slash)...])
      return ReferencePattern(host: host, path: try path(prefix, host, field), tags: [])
    }
    let parts = try field.members(["registry", "prefix", "repository", "tags"])
    guard let registry = parts["registry"] else { throw field.fault("\"registry\" is missing") }
    let host = try host(registry.text(), registry)
    var tags: [TagPattern] = []
    for item in try parts["tags"]?.items() ?? [] {
      let text = try item.text()
      guard let tag = TagPattern(text) else {
        throw item.fault(
          "\(YAMLField.quote(text)) is no tag pattern; expected a tag with * for any text and"
            + " [0-9] for one digit")
      }
      tags.append(tag)
    }
    switch (parts["prefix"], parts["repository"]) {
    case (nil, nil):
      return ReferencePattern(host: host, path: .any, tags: tags)
    case (let prefix?, nil):
      return ReferencePattern(host: host, path: try path(prefix.text(), host, prefix), tags: tags)
    case (nil, let exact?):
      let text = try exact.text()
      guard let reference = ImageText.parse("\(sample(host))/\(text)").reference,
        !text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") })
      else {
        throw exact.fault(
          "\(YAMLField.quote(text)) is no repository; expected a path such as library/nginx"
            + " without a tag")
      }
      return ReferencePattern(host: host, path: .repository(reference.repository), tags: tags)
    case (.some, let exact?):
      throw exact.fault("expected either \"prefix\" or \"repository\"")
    }
  }

  /// In lower case and without `:443`, as references are compared.
  private func host(_ text: String, _ field: YAMLField) throws(YAMLFieldError) -> String {
    let star = text.hasPrefix("*") ? "*" : ""
    let isHost = text.contains(".") || text.contains(":") || text == "localhost"
    // A star stands for one label's beginning; behind it a whole name has to follow.
    guard isHost, let reference = ImageText.parse("\(sample(text))/x").reference else {
      throw field.fault(
        "\(YAMLField.quote(text)) is no registry host; expected a name such as gcr.io or"
          + " host:5000, with at most a leading *")
    }
    let host = reference.matchingHost
    return star.isEmpty ? host : star + host.dropFirst()
  }

  private func path(
    _ text: String, _ host: String, _ field: YAMLField
  ) throws(YAMLFieldError) -> ReferencePattern.Path {
    let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
    let stars = trimmed.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "*") ? 1 : 0) }
    let last = trimmed.split(separator: "/").last ?? ""
    let plain = TemplateText.fill(trimmed.split(separator: "*").joined(separator: "x"), [:])
    let ended = trimmed.hasSuffix("*") ? plain + "x" : plain
    guard stars == 0 || (stars == 1 && last.contains("*")),
      !ended.isEmpty, !ended.contains(":"), !ended.contains("@"),
      let reference = ImageText.parse("\(sample(host))/\(ended)/x").reference,
      reference.repository == "\(ended)/x"
    else {
      throw field.fault(
        "\(YAMLField.quote(text)) is no path; expected whole lower-case segments such as"
          + " my-project/team, with at most one * in the last")
    }
    return .prefix(trimmed)
  }

  /// A host that the pattern matches.
  private func sample(_ host: String) -> String {
    host.hasPrefix("*") ? "x" + host.dropFirst() : host
  }
}
