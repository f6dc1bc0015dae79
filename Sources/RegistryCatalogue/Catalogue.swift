package import ImageReferences
import YAMLDocuments

/// The rules in force: those embedded in the binary, and the user's on top.
package struct Catalogue: Sendable {
  /// Of the newest file that states both version and date.
  package let version: String
  package let date: CalendarDate
  /// Of the embedded bytes followed by those of each rules file, in lower-case hexadecimal.
  package let sha256: String
  /// Sorted by id.
  package let rules: [Rule]

  private let bytes: [UInt8]
  let index: RuleIndex

  /// The catalogue that travels in the binary; read once, by whoever asks first.
  package static var embedded: Catalogue {
    get throws(CatalogueError) { try EmbeddedCatalogue.catalogue.get() }
  }

  /// A whole catalogue: every rule complete, version and date stated.
  package init(
    _ bytes: [UInt8], path: String, checksOverlaps: Bool = true
  ) throws(CatalogueError) {
    let document = try CatalogueReader(
      path: path, isUserFile: false, checksOverlaps: checksOverlaps
    ).read(bytes)
    guard let version = document.version, let date = document.date else {
      throw .invalid(
        path: path, line: 1, column: 1, field: YAMLField.root,
        problem: "\"version\" or \"date\" is missing")
    }
    self.init(version: version, date: date, rules: document.rules, bytes: bytes)
    try checkSuccessors(document.rules, path)
  }

  /// With a rules file on top: a rule of a known id takes its place, others are added.
  ///
  /// An exported catalogue is a rules file too; when it is newer, its version and date hold.
  package func adding(_ bytes: [UInt8], path: String) throws(CatalogueError) -> Catalogue {
    let document = try CatalogueReader(path: path, isUserFile: true).read(bytes)
    let ids = Set(document.rules.map(\.id))
    let rules = (rules.filter { !ids.contains($0.id) } + document.rules).sorted { $0.id < $1.id }
    var (version, date) = (version, date)
    if let newVersion = document.version, let newDate = document.date, newDate > date {
      (version, date) = (newVersion, newDate)
    }
    let sum = Catalogue(version: version, date: date, rules: rules, bytes: self.bytes + bytes)
    try sum.checkSuccessors(document.rules, path)
    return sum
  }

  private init(version: String, date: CalendarDate, rules: [Rule], bytes: [UInt8]) {
    self.version = version
    self.date = date
    self.rules = rules
    self.bytes = bytes
    sha256 = SHA256.hex(bytes)
    index = RuleIndex(rules)
  }

  package func rule(_ id: String) -> Rule? {
    rules.first { $0.id == id }
  }

  /// Whether any rule is the user's.
  package var hasUserRules: Bool { rules.contains(where: \.isUserDefined) }

  /// A catalogue whose age in days is above this is called old.
  package static let oldAfterDays = 90

  /// Whether the catalogue is old on this day.
  package func isStale(asOf day: CalendarDate) -> Bool {
    date.days(until: day) > Self.oldAfterDays
  }

  /// What the catalogue says about a reference on a day. Cheap, but worth keeping per reference.
  package func judge(_ reference: ImageReference, asOf day: CalendarDate) -> Judgement {
    guard let hit = index.find(reference) else {
      return .notInCatalogue(place: reference.matchingHost)
    }
    let rule = rules[hit.rule]
    let table = rule.successorsOf.flatMap(self.rule) ?? rule
    let replacement = rule.replacement?.replace(reference, hit.found)
    return Judgement(
      rule: rule, reference: reference, place: hit.found.place, day: day,
      replacement: replacement,
      successor: KnownSuccessor(
        rule.successors + (table.id == rule.id ? [] : table.successors), path: hit.found.path,
        replacement: replacement),
      catalogueDate: date)
  }

  /// Whether it says anything of a reference besides that its place is well: free text that names
  /// such an image is worth reporting.
  package func hasComplaint(about reference: ImageReference, asOf day: CalendarDate) -> Bool {
    let fate = judge(reference, asOf: day).fate
    return fate != .ok && fate != .limited
  }

  /// The hosts that rules speak of, each once, sorted; a leading `*` stands for letters, digits and
  /// dashes.
  package var hosts: [String] {
    Set(rules.flatMap(\.matches).map(\.host)).sorted()
  }

  /// Hosts that a rule is about as a whole: naming one alone is worth a word.
  package var wholeHosts: [String] {
    Set(
      rules.filter { !$0.isUnverified }.flatMap(\.matches)
        .filter { $0.path == .any && $0.tags.isEmpty && !$0.host.hasPrefix("*") }.map(\.host)
    ).sorted()
  }

  private func checkSuccessors(_ rules: [Rule], _ path: String) throws(CatalogueError) {
    for rule in rules {
      guard let other = rule.successorsOf, self.rule(other) == nil else { continue }
      throw .invalid(
        path: path, line: 1, column: 1, field: "rules \(rule.id).successorsOf",
        problem: "there is no rule \(YAMLField.quote(other))")
    }
  }
}
