import ImageReferences
package import Inventory
package import Manifests

/// Files and folders to image uses with their places.
package struct FilesScan: Sendable {
  /// A use and the bytes that hold it.
  package struct Located: Hashable, Sendable {
    package let use: ImageUse
    package let reference: FoundReference
  }

  package private(set) var located: [Located] = []
  /// What could not be read, or only in part: each names its file.
  package internal(set) var coverage: [CoverageEntry] = []
  package private(set) var filesRead = 0
  package internal(set) var binaryFiles = 0
  /// References in comments.
  package private(set) var mentions = 0
  /// Whether `texts` is filled, for what is no file on disk.
  package var keepsTexts = false
  /// The texts in which something was found.
  package private(set) var texts: [String: [UInt8]] = [:]

  /// Whether `kustomizations` is filled.
  package var keepsKustomizations = false
  /// In the order in which they were read.
  package private(set) var kustomizations: [(path: String, content: Kustomization)] = []

  /// The most that is parsed, in bytes; larger files are searched as text while they stream by.
  package static let longestParsed = 32 << 20

  /// The first line of a list of what became what.
  package static let listHeading = "old\tnew\tdigest\n"

  private let search: ReferenceSearch

  package init(_ search: TextSearch) {
    self.init(ReferenceSearch(search))
  }

  private init(_ search: ReferenceSearch) {
    self.search = search
  }

  /// Another scan with the same settings that has found nothing yet.
  var emptyPart: FilesScan {
    var part = FilesScan(search)
    part.keepsTexts = keepsTexts
    part.keepsKustomizations = keepsKustomizations
    return part
  }

  /// What another scan has found stands after what this one has.
  mutating func add(_ part: FilesScan) {
    located += part.located
    coverage += part.coverage
    filesRead += part.filesRead
    binaryFiles += part.binaryFiles
    mentions += part.mentions
    texts.merge(part.texts) { _, last in last }
    kustomizations += part.kustomizations
  }

  /// What is not read, or only in part.
  package mutating func add(
    gap name: String, _ why: String, state: CoverageEntry.State = .partial
  ) {
    coverage.append(CoverageEntry(resource: name, state: state, reason: why))
  }

  /// `-` is standard input.
  package mutating func add(file path: String, isChart: (String) -> Bool = { _ in false }) {
    let name = path == "-" ? "(standard input)" : path
    let kind = path == "-" ? .structured : SourceKind.of(path, isChart: isChart)
    do {
      switch try SourceBytes.read(path, limit: Self.longestParsed) {
      case .whole(let bytes):
        let isPacked = path == "-" && bytes.starts(with: [0x1F, 0x8B, 0x08])
        add(bytes, name: name, kind: isPacked ? .archive : kind)
      case .large(_, let head) where kind == .archive:
        add(archive: head, name: name, isCutAt: Self.longestParsed)
      case .large(let file, let head):
        if SourceBytes.isBinary(head) {
          binaryFiles += 1
        } else {
          try add(file, head: head, name: name, kind: kind)
        }
      }
    } catch {
      coverage.append(
        CoverageEntry(resource: name, state: .failed, reason: FileWalk.words(error.code)))
    }
  }

  /// One text, wherever it comes from.
  ///
  /// - Parameter obstacle: why no machine may change it.
  package mutating func add(
    _ bytes: [UInt8], name: String, kind: SourceKind, obstacle: String? = nil
  ) {
    guard kind != .archive else { return add(archive: bytes, name: name) }
    // Old names stand in such a list because nothing names them any more.
    guard !bytes.starts(with: Self.listHeading.utf8) else { return }
    guard !SourceBytes.isBinary(bytes) else {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        coverage.append(
          CoverageEntry(
            resource: name, state: .failed, reason: "text in UTF-16; expected UTF-8"))
      } else {
        binaryFiles += 1
      }
      return
    }
    filesRead += 1
    if keepsKustomizations, KustomizeRoute.isKustomization(name),
      let content = Kustomization(bytes)
    {
      kustomizations.append((name, content))
    }
    let result = search.references(in: bytes, kind: kind)
    mentions += result.mentions
    for problem in result.problems {
      coverage.append(
        CoverageEntry(
          resource: name, state: .partial, reason: "\(problem.why); searched as text",
          line: problem.line))
    }
    guard !result.references.isEmpty else { return }
    if keepsTexts { texts[name] = bytes }
    let lines = LineIndex(bytes)
    let comments = IgnoreComments(bytes, lines)
    for var reference in result.references {
      if let obstacle { reference.obstacle = obstacle }
      add(reference, name: name, kind: kind, lines: lines, comments: comments, firstLine: 1)
    }
  }

  private mutating func add(
    _ file: SourceBytes.OpenFile, head: [UInt8], name: String, kind: SourceKind
  ) throws(SourceBytes.Failure) {
    var style = CommentStyle.hash
    if case .text(let comments) = kind { style = comments }
    let result = try LargeText(search: search, comments: style).references(file, head: head)
    filesRead += 1
    mentions += result.mentions
    if kind == .structured {
      coverage.append(
        CoverageEntry(
          resource: name, state: .partial,
          reason: "larger than \(Self.longestParsed >> 20) MiB; searched as text"))
    }
    for (reference, lines, firstLine) in result.found {
      var reference = reference
      reference.obstacle = "the file is larger than \(Self.longestParsed >> 20) MiB"
      add(
        reference, name: name, kind: kind, lines: lines,
        comments: IgnoreComments([], lines), firstLine: firstLine)
    }
  }

  private mutating func add(
    _ reference: FoundReference, name: String, kind: SourceKind, lines: LineIndex,
    comments: IgnoreComments, firstLine: Int
  ) {
    let range = reference.mainPart.range
    let (start, end) = (
      lines.position(of: range.lowerBound), lines.position(of: range.upperBound)
    )
    let shift = firstLine - 1
    var ignores: [IgnoreComment] = []
    var seen: Set<Int> = []
    for part in reference.parts {
      let line = lines.position(of: part.range.lowerBound).line
      if seen.insert(line).inserted { ignores += comments.at(line: line) }
    }
    let place = SourcePlace(
      file: name, line: start.line + shift, column: start.column, endLine: end.line + shift,
      endColumn: end.column, confidence: reference.confidence, ignores: ignores)
    var image = ImageText.parse(reference.text)
    // A rule about some tags only does not hold for all images below a prefix.
    if let text = reference.representative, let known = ImageText.parse(text).reference {
      image = .reference(
        ImageReference(
          raw: reference.text, registry: known.registry, repository: known.repository,
          tag: nil, digest: nil))
    }
    var use = ImageUse(
      workload: Self.identity(reference.object, name: name, kind: kind),
      activity: reference.activity, path: reference.path, container: reference.container,
      role: reference.role, image: image, pullPolicy: reference.pullPolicy,
      confidence: reference.certainty)
    use.notes = reference.notes
    if comments.incomplete.contains(where: { seen.contains($0) || seen.contains($0 + 1) }) {
      use.notes.append("its \"gcr-report: ignore\" comment lacks a rule or a reason")
    }
    use.representative = reference.representative
    use.place = place
    located.append(Located(use: use, reference: reference))
  }

  /// What is no object of Kubernetes goes by its file.
  private static func identity(
    _ object: WorkloadIdentity?, name: String, kind: SourceKind
  ) -> WorkloadIdentity {
    if let object {
      return WorkloadIdentity(
        apiVersion: object.apiVersion, kind: object.kind, namespace: object.namespace,
        name: object.name.isEmpty ? name : object.name)
    }
    let word =
      switch kind {
      case .structured: isCompose(name) ? "Compose" : "Values"
      case .dockerfile: "Dockerfile"
      case .template: "Template"
      case .text, .archive: "Text"
      }
    return WorkloadIdentity(apiVersion: "", kind: word, namespace: "", name: name)
  }

  /// https://docs.docker.com/compose/intro/compose-application-model/, "The Compose file"
  private static func isCompose(_ name: String) -> Bool {
    let file = name.split(separator: "/").last ?? ""
    return file.hasPrefix("compose.") || file.hasPrefix("docker-compose")
  }

  /// For the classification, which knows clusters: every object is a workload that nothing runs.
  package var inventory: ClusterInventory {
    var workloads: [WorkloadIdentity: Workload] = [:]
    for found in located {
      workloads[found.use.workload] = Workload(identity: found.use.workload, activity: .inert)
    }
    return ClusterInventory(
      workloads: workloads.values.sorted { $0.identity < $1.identity },
      uses: located.map(\.use),
      namespaces: Set(workloads.keys.map(\.namespace)).sorted())
  }
}
