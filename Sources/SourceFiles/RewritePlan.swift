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

  /// A reference that becomes another.
  package struct Rewrite: Hashable, Sendable {
    package let located: FilesScan.Located
    package let replacement: String
  }

  package struct Change: Sendable {
    package let file: String
    package let text: RewrittenText
    package let rewrites: [Rewrite]
    /// How many places differ.
    package let edits: Int
  }

  /// By file, in the order of their names.
  package private(set) var changes: [Change] = []
  /// In the order of the wishes.
  package private(set) var refusals: [Refusal] = []

  private let read: (String) -> [UInt8]?

  /// A file's bytes; nil when it cannot be read, or is larger than what is parsed.
  package static func fileBytes(_ path: String) -> [UInt8]? {
    guard case .whole(let bytes) = try? SourceBytes.read(path, limit: FilesScan.longestParsed)
    else { return nil }
    return bytes
  }

  /// - Parameters:
  ///   - isViaKustomize: names of images change in the kustomizations that list a file.
  ///   - read: the bytes of a file.
  package init(
    _ wishes: [Wish], isViaKustomize: Bool = false,
    read: @escaping (String) -> [UInt8]? = fileBytes
  ) {
    self.read = read
    var matchers: [String: Set<String>] = [:]
    for wish in wishes {
      guard let name = wish.located.reference.matchedName.flatMap(Self.name) else { continue }
      matchers[name, default: []].insert(wish.located.use.place?.file ?? "")
    }
    var wishes = wishes
    if isViaKustomize {
      let route = KustomizeRoute(wishes, read: read)
      (wishes, orders, refusals) = (route.inPlace, route.orders, route.refusals)
    }
    var byFile: [String: [Wish]] = [:]
    for wish in wishes.map({ Self.sparing(matchers, $0) }) {
      byFile[wish.located.use.place?.file ?? "", default: []].append(wish)
    }
    for file in Set(byFile.keys).union(orders.keys).sorted() {
      plan(file, byFile[file] ?? [], orders[file] ?? [])
    }
  }

  private var orders: [String: [KustomizeRoute.Order]] = [:]

  /// A kustomization would no longer find an image whose name changed, and its tag would be lost;
  /// one that another kustomization names (`newName`) as well.
  private static func sparing(_ matchers: [String: Set<String>], _ wish: Wish) -> Wish {
    let reference = wish.located.reference
    guard wish.obstacle == nil, wish.replacement != nil, let name = name(reference.text),
      var files = matchers[name], !reference.parts.contains(where: { $0.kind == .matcher })
    else { return wish }
    if reference.matchedName != nil {
      files.remove(wish.located.use.place?.file ?? "")
    }
    guard let file = files.min() else { return wish }
    return Wish(
      located: wish.located, replacement: wish.replacement,
      obstacle: "\(file) finds it by this name: set newName there, or change both by hand")
  }

  private static func name(_ text: String) -> String? {
    ImageText.parse(text).reference?.name
  }

  private typealias Item = (rewrite: Rewrite, edits: [ReferenceEdit])

  private mutating func plan(_ file: String, _ wishes: [Wish], _ orders: [KustomizeRoute.Order]) {
    var kept: [Range<Int>] = []
    var accepted: [Item] = []
    for wish in wishes {
      guard let replacement = wish.replacement, wish.obstacle == nil else {
        if let obstacle = wish.obstacle { refuse(wish.located.use, obstacle) }
        kept += wish.located.reference.parts.map(\.range)
        continue
      }
      do throws(RewriteObstacle) {
        let edits = try wish.located.reference.edits(to: replacement)
        if !edits.isEmpty {
          accepted.append((Rewrite(located: wish.located, replacement: replacement), edits))
        }
      } catch {
        refuse(wish.located.use, error.why)
        kept += wish.located.reference.parts.map(\.range)
      }
    }
    guard !accepted.isEmpty || !orders.isEmpty else { return }
    let uses = (accepted.map(\.rewrite) + orders.map(\.rewrite)).map(\.located.use)
    guard let bytes = read(file) else {
      for use in uses { refuse(use, "the file can no longer be read") }
      return
    }
    if let obstacle = GeneratedText.obstacle(bytes) {
      for use in uses { refuse(use, obstacle) }
      return
    }
    // Two uses of one value, through an anchor or a shared registry, must want the same of it.
    let (fitting, contested) = Self.apart(accepted, keeping: kept)
    for item in contested {
      refuse(
        item.rewrite.located.use,
        "it shares its value with an image that stays or goes elsewhere: change both by hand")
    }
    let edits = Set(fitting.flatMap(\.edits))
    let (insertions, ordered) = insertions(file, bytes, orders)
    guard !edits.isEmpty || !insertions.isEmpty else { return }
    let rewrites = fitting.map(\.rewrite) + ordered
    guard let text = RewrittenText(bytes, edits: edits, insertions: insertions) else {
      for rewrite in rewrites {
        refuse(rewrite.located.use, "the file changed meanwhile: run it again")
      }
      return
    }
    changes.append(
      Change(
        file: file, text: text, rewrites: rewrites,
        edits: edits.count + Self.entries(in: insertions)))
  }

  private static func entries(in insertions: [LineInsertion]) -> Int {
    insertions.reduce(0) { sum, insertion in
      sum + insertion.lines.count { $0.contains("newName: ") }
    }
  }

  /// What a kustomization gets; nothing when it has it already.
  private mutating func insertions(
    _ file: String, _ bytes: [UInt8], _ orders: [KustomizeRoute.Order]
  ) -> ([LineInsertion], [Rewrite]) {
    guard !orders.isEmpty else { return ([], []) }
    var renames: [Kustomization.Rename] = []
    for order in orders where !renames.contains(order.rename) { renames.append(order.rename) }
    do throws(RewriteObstacle) {
      guard let text = Kustomization(bytes) else {
        throw RewriteObstacle("it is not one YAML document: add the entry by hand")
      }
      let insertions = try text.insertions(for: renames)
      return (insertions, insertions.isEmpty ? [] : orders.map(\.rewrite))
    } catch {
      for order in orders { refuse(order.rewrite.located.use, "\(file): \(error.why)") }
      return ([], [])
    }
  }

  private mutating func refuse(_ use: ImageUse, _ why: String) {
    refusals.append(Refusal(use: use, why: why))
  }

  private static func apart(
    _ items: [Item], keeping kept: [Range<Int>]
  ) -> (fitting: [Item], contested: [Item]) {
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
    let contested = items.filter { !bad.isDisjoint(with: $0.edits) }
    return (items.filter { bad.isDisjoint(with: $0.edits) }, contested)
  }
}
