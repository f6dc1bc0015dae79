import Glibc
import ImageReferences
import Inventory
import Manifests
import Remediation
import Reports
import SourceFiles

/// `--diff` and `--write`: what changes, and what a person must change.
struct FilesRewrite {
  let invocation: Invocation
  let plan: RewritePlan
  private let lock: ImageLock?

  /// - Parameter report: filtered: what it leaves out stays as it is.
  init(_ invocation: Invocation, scan: FilesScan, report: Report) throws {
    self.invocation = invocation
    let mirror = invocation.arguments[Flags.files.to]
    let least = invocation.arguments[Flags.files.confidence] ?? .values
    let findings = Dictionary(
      report.clusters.flatMap(\.findings).map { ($0.use, $0) },
      uniquingKeysWith: { first, _ in first })
    let wishes = scan.located.map { located in
      Self.wish(located, findings[located.use], least: least, mirror: mirror)
    }
    let plan =
      scan.keepsTexts
      ? RewritePlan(wishes, read: { scan.texts[$0] })
      : RewritePlan(wishes, isViaKustomize: invocation.arguments[Flags.files.via] == .kustomize)
    self.plan = plan
    lock = try invocation.arguments[Flags.files.lock].map { path in
      var lock = try Self.lock(at: path)
      lock.add(plan.changes.flatMap(\.rewrites))
      return lock
    }
  }

  private static func wish(
    _ located: FilesScan.Located, _ finding: Finding?, least: SourceConfidence,
    mirror: MirrorTarget?
  ) -> RewritePlan.Wish {
    guard let finding, finding.kind == .registry, finding.waiver == nil,
      // What is in the mirror already stays, whatever the catalogue thinks of the mirror.
      mirror?.holds(located.reference.text) != true
    else {
      return RewritePlan.Wish(located: located, replacement: nil, obstacle: nil)
    }
    var (replacement, obstacle) = (
      finding.replacement, obstacle(located, finding, least: least)
    )
    if obstacle == nil, let mirror, let target = replacement {
      replacement =
        located.reference.representative == nil
        ? mirror.place(of: target) : mirror.place(ofPrefix: target)
      if replacement == nil { obstacle = "\(target) cannot be a path of \(mirror.text)" }
    }
    return RewritePlan.Wish(located: located, replacement: replacement, obstacle: obstacle)
  }

  private static func obstacle(
    _ located: FilesScan.Located, _ finding: Finding, least: SourceConfidence
  ) -> String? {
    let rule = finding.rule ?? ""
    guard let replacement = finding.replacement else {
      return "no replacement is known: see \"kubectl gcr-report rules \(rule)\""
    }
    guard finding.isReplacementMechanical else {
      return "not the same image elsewhere: choose a tag of \(replacement), see \"kubectl"
        + " gcr-report rules \(rule)\""
    }
    guard located.use.place?.file != "(standard input)" else {
      return "it comes from standard input"
    }
    if let obstacle = located.reference.obstacle { return obstacle }
    guard located.reference.confidence.rank <= least.rank else {
      return "found as \(located.reference.confidence.rawValue): look at it, then use --confidence"
        + " \(located.reference.confidence.rawValue)"
    }
    return nil
  }

  /// False when a file could not be written.
  func run() async throws -> Bool {
    let arguments = invocation.arguments
    if arguments[Flags.files.diff] { try printDiff() }
    var isWhole = true
    if arguments[Flags.files.write] {
      try await refuseDirtyTrees()
      for change in plan.changes {
        do {
          try AtomicFile.rewrite(change.text.new, at: change.file)
          invocation.diagnostics.note(
            "changed \(change.file): \(CountWords.text(change.edits, "place"))")
        } catch {
          isWhole = false
          invocation.diagnostics.error(describe(error))
        }
      }
    }
    // After the files, so that the list never names what was not written.
    if isWhole, let lock, let path = arguments[Flags.files.lock] {
      try AtomicFile.write(lock.bytes, to: path, name: path)
    }
    sayRest()
    return isWhole
  }

  /// What a former run wrote; empty when there is no such file.
  private static func lock(at path: String) throws -> ImageLock {
    var status = stat()
    // A pipe or a device is written to, never read.
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return ImageLock() }
    let bytes: [UInt8]
    do {
      guard case .whole(let whole) = try SourceBytes.read(path, limit: 32 << 20) else {
        throw FilesError.noLockFile(path, "it is larger than 32 MiB")
      }
      bytes = whole
    } catch let failure as SourceBytes.Failure where failure.isMissing {
      return ImageLock()
    } catch let failure as SourceBytes.Failure {
      throw FilesError.noLockFile(path, failure.words)
    }
    do throws(ImageLock.Fault) {
      return bytes.isEmpty ? ImageLock() : try ImageLock(bytes)
    } catch {
      throw FilesError.noLockFile(path, "its line \(error.line) is no line of such a list")
    }
  }

  private func printDiff() throws {
    for change in plan.changes {
      let path = change.file.hasPrefix("/") ? String(change.file.dropFirst()) : change.file
      let diff = change.text.diff(path: path)
      guard invocation.environment.terminal.isOutputTerminal else {
        try invocation.environment.standardOutput.write(diff)
        continue
      }
      // What a file holds must not move a terminal's cursor.
      let lines = String(decoding: diff, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      try invocation.environment.standardOutput.write(
        lines.map { TerminalText.sanitized(String($0)) }.joined(separator: "\n"))
    }
  }

  private func refuseDirtyTrees() async throws {
    guard !invocation.arguments[Flags.files.force] else { return }
    let tree = GitTree(environment: invocation.environment.variables)
    for top in Set(plan.changes.compactMap { GitTree.top(of: $0.file) }).sorted() {
      switch await tree.state(of: top) {
      case .clean: continue
      case .dirty: throw FilesError.dirtyTree(top)
      case .unknown(let why): throw FilesError.unknownTree(top, why)
      }
    }
  }

  private func sayRest() {
    let places = plan.changes.reduce(0) { $0 + $1.edits }
    let verb = invocation.arguments[Flags.files.write] ? "changed" : "would change"
    invocation.diagnostics.note(
      "\(verb) \(CountWords.text(places, "place")) in \(CountWords.text(plan.changes.count, "file"));"
        + " \(CountWords.text(plan.refusals.count, "reference")) left to you")
    for refusal in plan.refusals {
      let place = refusal.use.place.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
      invocation.diagnostics.note("\(place): \(refusal.use.image.text): \(refusal.why)")
    }
  }
}

extension SourceConfidence {
  /// 0 is the surest.
  fileprivate var rank: Int {
    switch self {
    case .parsed: 0
    case .values: 1
    case .text: 2
    }
  }
}
