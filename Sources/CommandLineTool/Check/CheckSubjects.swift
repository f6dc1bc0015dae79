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

/// The images of the arguments, of standard input and of a report, each once.
struct CheckSubjects {
  /// A list of images, in bytes.
  private static let listLimit = 64 << 20
  private static let standardInput = "/dev/stdin"

  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  /// Sorted by reference.
  func read() throws -> [CheckSubject] {
    let arguments = invocation.arguments
    let names = arguments.positionals
    let report = arguments[Flags.check.from]
    guard !names.isEmpty || report != nil else {
      throw UsageError.missingArgument(
        command: .check, expected: "an image, - for a list on standard input, or --from FILE")
    }
    if report == "-", names.contains("-") { throw UsageError.contradiction("--from -", "-") }
    let platforms = try platforms()
    var subjects = try images(names, platforms)
    if let report { subjects += try findings(of: report, platforms) }
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

  private func images(_ names: [String], _ platforms: Set<String>) throws -> [CheckSubject] {
    guard !names.isEmpty else { return [] }
    let catalogue = try CatalogueSource(invocation).load()
    let today = CalendarDate(secondsSince1970: invocation.environment.now())
    var lines: [(text: String, line: Int?)] = []
    for name in names {
      lines += name == "-" ? try list() : [(name, nil)]
    }
    return try lines.map { text, line in
      switch ImageText.parse(text) {
      case .reference(let image):
        let replacement = catalogue.judge(image, asOf: today).replacement
        return subject(
          image, replacement?.reference, isMechanical: replacement?.isMechanical ?? false,
          platforms)
      case .placeholder(_, let reason), .invalid(_, let reason):
        throw CheckListError(text: text, line: line, reason: reason)
      }
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

  private func findings(
    of name: String, _ platforms: Set<String>
  ) throws -> [CheckSubject] {
    let inputs = try ReportFiles(invocation.environment).read([name]) {
      invocation.diagnostics.warning($0)
    }
    return inputs.flatMap { input in
      input.report.clusters.flatMap { cluster in
        let nodes = Set((cluster.nodes ?? []).map(\.platform).filter { $0.contains("/") })
        return cluster.findings.compactMap { finding -> CheckSubject? in
          guard finding.kind == .registry, finding.counts,
            let image = finding.use.image.reference
          else { return nil }
          return subject(
            image, finding.replacement.flatMap { ImageText.parse($0).reference },
            isMechanical: finding.isReplacementMechanical, platforms.union(nodes))
        }
      }
    }
  }

  private func subject(
    _ image: ImageReference, _ replacement: ImageReference?, isMechanical: Bool,
    _ platforms: Set<String>
  ) -> CheckSubject {
    // A successor whose tag a person has yet to choose cannot be asked for.
    let isAskable =
      isMechanical || replacement?.writtenTag != nil || replacement?.digest != nil
    return CheckSubject(
      image: image, replacement: isAskable ? replacement : nil,
      isMechanical: isMechanical && isAskable, platforms: platforms)
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
