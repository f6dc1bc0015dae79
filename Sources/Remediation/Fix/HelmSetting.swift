import ImageReferences
import Inventory
import Reports

/// A value of a chart that sets an image: what the note `set by Helm value …` of a finding says.
struct HelmSetting: Hashable, Sendable {
  /// One value and what it becomes.
  struct Edit: Hashable, Sendable {
    /// As `helm --set` writes it.
    let key: String
    let steps: [String]
    let old: String
    let new: String
  }

  enum Answer: Hashable, Sendable {
    case edits([Edit])
    /// Why a person must look, in words.
    case unclear(String)
  }

  /// Keys that hold a registry, perhaps with a path.
  private static let registryKeys: Set<String> = ["registry", "imageRegistry", "hub"]

  /// The values to change for one finding; nil when no note names one.
  static func read(_ finding: Finding) -> Answer? {
    guard let note = finding.use.notes.first(where: { Self.body($0) != nil }),
      let body = body(note)
    else { return nil }
    var alternatives = body.components(by: " or ").map { $0.components(by: " and ") }
    // `repository` alone reads like the image where `registry` beside it says the same.
    let pairs = alternatives.filter { $0.count == 2 }
    alternatives.removeAll { keys in keys.count == 1 && pairs.contains { $0.last == keys.first } }
    guard alternatives.count == 1, let keys = alternatives.first, let last = keys.last else {
      return .unclear("one of these values sets it: \(body)")
    }
    guard let old = finding.use.image.reference, let text = finding.replacement,
      let new = ImageText.parse(text).reference
    else { return .unclear("the value \(body)") }
    return edits(keys, hasTag: last.hasSuffix(UseNotes.wholeValue), old: old, new: new)
  }

  private static func edits(
    _ keys: [String], hasTag: Bool, old: ImageReference, new: ImageReference
  ) -> Answer {
    let names = keys.map {
      $0.hasSuffix(UseNotes.wholeValue) ? String($0.dropLast(UseNotes.wholeValue.count)) : $0
    }
    let oldText = hasTag ? old.raw : old.nameAsWritten
    let newText = hasTag ? new.raw : new.nameAsWritten
    guard names.count == 2 else {
      guard let steps = steps(names[0]) else { return .unclear(listWords(names[0])) }
      return .edits([Edit(key: names[0], steps: steps, old: oldText, new: newText)])
    }
    guard let first = steps(names[0]), let second = steps(names[1]) else {
      return .unclear(listWords(names.joined(separator: " and ")))
    }
    let isHub = first.last == "hub"
    let (oldHost, oldPath) = split(oldText, atLast: isHub)
    let (newHost, newPath) = split(newText, atLast: isHub)
    // A registry that stands elsewhere is that of other images too.
    guard first.dropLast() == second.dropLast(), registryKeys.contains(first.last ?? "") else {
      return .unclear(
        "\(names[0]) is shared by other images of the chart: with \(names[0])=\(newHost) and"
          + " \(names[1])=\(newPath) this one is at its new place, and so must the others be")
    }
    return .edits([
      Edit(key: names[0], steps: first, old: oldHost, new: newHost),
      Edit(key: names[1], steps: second, old: oldPath, new: newPath),
    ])
  }

  private static func listWords(_ key: String) -> String {
    "\(key) stands in a list: a values file replaces lists whole, so copy the list and change it"
  }

  private static func split(_ name: String, atLast: Bool) -> (String, String) {
    guard let slash = atLast ? name.lastIndex(of: "/") : name.firstIndex(of: "/") else {
      return ("", name)
    }
    return (String(name[..<slash]), String(name[name.index(after: slash)...]))
  }

  private static func body(_ note: String) -> String? {
    guard let prefix = UseNotes.helmStarts.first(where: note.hasPrefix) else { return nil }
    let rest = note.dropFirst(prefix.count)
    return String(
      rest.hasSuffix(UseNotes.chartDefault) ? rest.dropLast(UseNotes.chartDefault.count) : rest)
  }

  /// The keys from the root; nil where one is an element of a list, or nothing that a chart calls
  /// its values.
  private static func steps(_ key: String) -> [String]? {
    var steps: [String] = []
    var step = ""
    var isEscaped = false
    for character in key {
      if isEscaped {
        step.append(character)
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case ".":
        steps.append(step)
        step = ""
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "/": step.append(character)
      default: return nil
      }
    }
    steps.append(step)
    return isEscaped || steps.contains("") ? nil : steps
  }
}

extension String {
  fileprivate func components(by separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}

extension ImageReference {
  /// The text without tag and digest: what kustomize and charts call the image's name.
  var nameAsWritten: String {
    var text = Substring(raw)
    if let digest, text.hasSuffix("@\(digest)") { text = text.dropLast(digest.count + 1) }
    if let tag = writtenTag, text.hasSuffix(":\(tag)") { text = text.dropLast(tag.count + 1) }
    return String(text)
  }
}
