import ImageReferences
package import Inventory
package import Manifests

/// Which references of which files change, and which do not, and why.
package struct RewritePlan {
  /// What is wanted of one use.
  package struct Wish {
    package let located: FilesScan.Located
    /// Nil, with no obstacle either: nothing is wrong with it.
    package let replacement: String?
    /// Why it must not change.
    package let obstacle: String?

    package init(located: FilesScan.Located, replacement: String?, obstacle: String?) {
      self.located = located
      self.replacement = replacement
      self.obstacle = obstacle
    }
  }

  /// A reference that stays.
  package struct Refusal: Hashable, Sendable {
    package let use: ImageUse
    package let why: String
  }

  package struct Change: Sendable {
    package let file: String
    package let text: RewrittenText
    package let uses: [ImageUse]
    /// How many places differ.
    package let edits: Int
  }

  /// By file, in the order of their names.
  package private(set) var changes: [Change] = []
  /// In the order of the wishes.
  package private(set) var refusals: [Refusal] = []

  package init(_ wishes: [Wish]) {
    var matchers: [String: String] = [:]
    for wish in wishes {
      guard let name = wish.located.reference.matchedName.flatMap(Self.name) else { continue }
      matchers[name] = wish.located.use.place?.file
    }
    var byFile: [String: [Wish]] = [:]
    for wish in wishes.map({ Self.sparing(matchers, $0) }) {
      byFile[wish.located.use.place?.file ?? "", default: []].append(wish)
    }
    for file in byFile.keys.sorted() { plan(file, byFile[file] ?? []) }
  }

  /// A kustomization would no longer find an image whose name changed, and its tag would be lost.
  private static func sparing(_ matchers: [String: String], _ wish: Wish) -> Wish {
    guard wish.obstacle == nil, wish.replacement != nil,
      wish.located.reference.matchedName == nil, let name = name(wish.located.reference.text),
      let file = matchers[name]
    else { return wish }
    return Wish(
      located: wish.located, replacement: wish.replacement,
      obstacle: "\(file) finds it by this name: set newName there, or change both by hand")
  }

  private static func name(_ text: String) -> String? {
    ImageText.parse(text).reference?.name
  }

  private mutating func plan(_ file: String, _ wishes: [Wish]) {
    var kept: [Range<Int>] = []
    var accepted: [(use: ImageUse, edits: [ReferenceEdit])] = []
    for wish in wishes {
      guard let replacement = wish.replacement, wish.obstacle == nil else {
        if let obstacle = wish.obstacle { refuse(wish.located.use, obstacle) }
        kept += wish.located.reference.parts.map(\.range)
        continue
      }
      do throws(RewriteObstacle) {
        let edits = try wish.located.reference.edits(to: replacement)
        if !edits.isEmpty { accepted.append((wish.located.use, edits)) }
      } catch {
        refuse(wish.located.use, error.why)
        kept += wish.located.reference.parts.map(\.range)
      }
    }
    guard !accepted.isEmpty else { return }
    guard case .whole(let bytes) = try? SourceBytes.read(file, limit: FilesScan.longestParsed)
    else {
      for item in accepted { refuse(item.use, "the file can no longer be read") }
      return
    }
    if let obstacle = GeneratedText.obstacle(bytes) {
      for item in accepted { refuse(item.use, obstacle) }
      return
    }
    // Two uses of one value, through an anchor or a shared registry, must want the same of it.
    let (fitting, contested) = Self.apart(accepted, keeping: kept)
    for use in contested {
      refuse(
        use, "it shares its value with an image that stays or goes elsewhere: change both by hand")
    }
    let edits = Set(fitting.flatMap(\.edits))
    guard !edits.isEmpty else { return }
    guard let text = RewrittenText(bytes, edits: edits) else {
      for item in fitting { refuse(item.use, "the file changed meanwhile: run it again") }
      return
    }
    changes.append(
      Change(file: file, text: text, uses: fitting.map(\.use), edits: edits.count))
  }

  private mutating func refuse(_ use: ImageUse, _ why: String) {
    refusals.append(Refusal(use: use, why: why))
  }

  private static func apart(
    _ items: [(use: ImageUse, edits: [ReferenceEdit])], keeping kept: [Range<Int>]
  ) -> (fitting: [(use: ImageUse, edits: [ReferenceEdit])], contested: [ImageUse]) {
    let all = Set(items.flatMap(\.edits)).sorted()
    var bad = Set(all.filter { edit in kept.contains { $0.overlaps(edit.range) } })
    var reach: ReferenceEdit?
    for edit in all {
      if let last = reach, edit.range.lowerBound < last.range.upperBound {
        bad.insert(last)
        bad.insert(edit)
      }
      if edit.range.upperBound > (reach?.range.upperBound ?? 0) { reach = edit }
    }
    let contested = items.filter { !bad.isDisjoint(with: $0.edits) }.map(\.use)
    return (items.filter { bad.isDisjoint(with: $0.edits) }, contested)
  }
}
