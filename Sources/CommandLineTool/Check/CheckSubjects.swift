import ImageReferences
import Inventory
import Kubeconfig
import RegistryCatalogue
import Reports

/// One image to ask about.
struct CheckSubject: Hashable, Sendable {
  let image: ImageReference
  /// Nil when none is known, or none with a tag.
  var replacement: ImageReference?
  /// Whether the replacement should be the very same image.
  var isMechanical = false
  /// Which platforms it is needed for, `linux/amd64`; empty: nobody said.
  var platforms: Set<String> = []
}

/// What `check` asks about.
struct CheckInput: Sendable {
  /// Each image once, sorted by reference.
  let subjects: [CheckSubject]
  /// What the report that they are from leaves open.
  let facts: ExitFacts
  /// What that report could not read, and so may have images that are missing here; in words.
  var gaps: [String] = []
}

/// The images of the arguments and of standard input; without any, those of a report or a scan.
struct CheckSubjects {
  /// A list of images, in bytes.
  private static let listLimit = 64 << 20
  private static let standardInput = "/dev/stdin"

  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  func read() async throws -> CheckInput {
    let names = invocation.arguments.positionals
    let platforms = try platforms()
    guard names.isEmpty else {
      try refuseFlagsOfReports()
      return CheckInput(subjects: Self.unique(try images(names, platforms)), facts: ExitFacts())
    }
    let input = try ReportInput(invocation)
    let report = try await input.report()
    return CheckInput(
      subjects: Self.unique(Self.subjects(of: report, platforms)), facts: input.facts(of: report),
      gaps: Self.gaps(of: report))
  }

  private static func gaps(of report: Report) -> [String] {
    report.clusters.flatMap { cluster in
      let name = TerminalText.sanitized(cluster.displayName)
      return cluster.gapsInWords.map { report.clusters.count > 1 ? "\(name): \($0)" : $0 }
    }
  }

  private static func unique(_ subjects: [CheckSubject]) -> [CheckSubject] {
    var byName: [String: CheckSubject] = [:]
    for subject in subjects {
      if let known = byName[subject.image.canonical] {
        byName[subject.image.canonical]?.platforms = known.platforms.union(subject.platforms)
      } else {
        byName[subject.image.canonical] = subject
      }
    }
    return byName.values.sorted { $0.image < $1.image }
  }

  /// Flags that say which report or cluster the images are from, beside images that are named.
  func refuseFlagsOfReports(beside other: String = "IMAGE") throws(UsageError) {
    let table = FlagTable(
      groups: [Flags.source, Flags.selection, Flags.filter, Flags.scanning, Flags.connection],
      commands: [.check])
    let others = [
      Flags.report.asOf.definition, Flags.report.exceptions.definition,
      Flags.report.teamLabel.definition,
    ]
    let timeout = Flags.connection.requestTimeout.definition.name
    for definition in table.definitions(for: .check) + others
    where definition.name != timeout && invocation.arguments.isTyped(named: definition.name) {
      throw .contradiction(definition.spelling, other)
    }
  }

  private func platforms() throws(UsageError) -> Set<String> {
    let flag = Flags.check.platforms
    for text in invocation.arguments[flag] {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
        throw .invalidValue(
          flag: flag.definition.spelling, value: text,
          expected: "an operating system and an architecture such as linux/arm64")
      }
    }
    return Set(invocation.arguments[flag])
  }

  // MARK: Images

  /// The images that are named, in their order.
  func references(_ names: [String]) throws -> [ImageReference] {
    var lines: [(text: String, line: Int?)] = []
    for name in names {
      lines += name == "-" ? try list() : [(name, nil)]
    }
    return try lines.map { text, line in
      switch ImageText.parse(text) {
      case .reference(let image): return image
      case .placeholder(_, let reason), .invalid(_, let reason):
        throw CheckListError(text: text, line: line, reason: reason)
      }
    }
  }

  private func images(_ names: [String], _ platforms: Set<String>) throws -> [CheckSubject] {
    guard !names.isEmpty else { return [] }
    let catalogue = try CatalogueSource(invocation).load()
    let today = CalendarDate(secondsSince1970: invocation.environment.now())
    return try references(names).map { image in
      let replacement = catalogue.judge(image, asOf: today).replacement
      return Self.subject(
        image, replacement?.reference, isMechanical: replacement?.isMechanical ?? false,
        platforms)
    }
  }

  /// One image a line, as `-o name` prints them; empty lines and those that begin with # say
  /// nothing.
  private func list() throws -> [(text: String, line: Int?)] {
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles(limit: Self.listLimit).read(Self.standardInput)
    } catch {
      throw CheckListError(
        text: "standard input", line: nil, reason: "cannot be read: \(error.inWords)")
    }
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().compactMap { number, line in
        let text = String(decoding: line, as: UTF8.self).trimmed
        return text.isEmpty || text.hasPrefix("#") ? nil : (text, number + 1)
      }
  }

  // MARK: Reports

  private static func subjects(
    of report: Report, _ platforms: Set<String>
  ) -> [CheckSubject] {
    report.clusters.flatMap { cluster in
      let nodes = Set((cluster.nodes ?? []).map(\.platform).filter { $0.contains("/") })
      return cluster.findings.compactMap { finding -> CheckSubject? in
        guard finding.kind == .registry, finding.counts, finding.use.representative == nil,
          let image = finding.use.image.reference,
          // A tag that is not known is not `latest`.
          image.tag != nil || image.digest != nil
        else { return nil }
        return subject(
          image, finding.replacement.flatMap { ImageText.parse($0).reference },
          isMechanical: finding.isReplacementMechanical, platforms.union(nodes))
      }
    }
  }

  private static func subject(
    _ image: ImageReference, _ replacement: ImageReference?, isMechanical: Bool,
    _ platforms: Set<String>
  ) -> CheckSubject {
    CheckSubject(
      image: image,
      replacement: replacement?.isAskable(isMechanical: isMechanical) == true ? replacement : nil,
      isMechanical: isMechanical, platforms: platforms)
  }
}

/// Something that was to be asked for and is no image; the exit status is 2.
struct CheckListError: Error, Hashable, CustomStringConvertible {
  let text: String
  /// Of standard input.
  let line: Int?
  let reason: String

  var description: String {
    (line.map { "standard input, line \($0): " } ?? "") + "\"\(text)\": \(reason)"
  }
}

extension String {
  /// Without white space at its ends, carriage returns included.
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
