import Glibc
import Inventory
import Manifests
import SourceFiles

/// The files of a revision, read from the repository without a checkout.
struct GitRevision {
  let revision: String
  let include: [String]
  let exclude: [String]
  private let git: GitCommand

  /// At once in memory, in bytes and in files.
  private static let batch = (bytes: 32 << 20, files: 2000)

  init(_ revision: String, _ invocation: Invocation) throws {
    // No revision begins so, and no command may take it for a flag (git-check-ref-format(1)).
    guard !revision.hasPrefix("-"), !revision.utf8.contains(0) else {
      throw UsageError.invalidValue(
        flag: "--git", value: revision, expected: "a revision, such as HEAD, main or v1.2")
    }
    self.revision = revision
    include = invocation.arguments[Flags.files.include]
    exclude = invocation.arguments[Flags.files.exclude]
    do throws(GitCommand.Failure) {
      git = try GitCommand(environment: invocation.environment.variables)
    } catch {
      throw FilesError.gitMissing
    }
  }

  /// Adds what the revision has at a path; the path itself need not be there on disk.
  func add(_ path: String, to scan: inout FilesScan) async throws {
    let (folder, rest) = Self.ground(path)
    let prefix = try await self.prefix(of: folder, path: path)
    let tree = try await self.tree(in: folder)
    guard let root = Self.normal(prefix + rest) else {
      throw FilesError.leadsOut(path)
    }
    let listing = try await listing(of: tree, in: folder, below: root)
    let files = RevisionFiles(
      listing, root: root.joined(separator: "/"), name: FileWalk.trimmed(path),
      ignoreFiles: try await ignoreFiles(listing, in: folder), include: include, exclude: exclude)
    guard files.isFound else {
      scan.add(gap: path, "no such file or folder in \(revision)")
      return
    }
    for name in files.submodules {
      scan.add(gap: name, "a submodule, which has revisions of its own", state: .skipped)
    }
    try await read(files, in: folder, to: &scan)
  }

  // MARK: The place

  /// The nearest folder that there is, and what of the path lies below it.
  private static func ground(_ path: String) -> (folder: String, rest: [String]) {
    var folder = path
    var rest: [String] = []
    var status = stat()
    while stat(folder, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR {
      let end = folder.lastIndex { $0 != "/" }.map { folder.index(after: $0) }
      let body = folder[..<(end ?? folder.startIndex)]
      guard let slash = body.lastIndex(of: "/") else {
        if !body.isEmpty { rest.insert(String(body), at: 0) }
        return (path.hasPrefix("/") ? "/" : ".", rest)
      }
      rest.insert(String(body[body.index(after: slash)...]), at: 0)
      folder = slash == body.startIndex ? "/" : String(body[..<slash])
    }
    return (folder, rest)
  }

  /// Without `.` and `..`; nil when it leads above the top.
  private static func normal(_ path: [String]) -> [String]? {
    var result: [String] = []
    for segment in path where segment != "." && !segment.isEmpty {
      guard segment == ".." else {
        result.append(segment)
        continue
      }
      guard result.popLast() != nil else { return nil }
    }
    return result
  }

  private func prefix(of folder: String, path: String) async throws -> [String] {
    do {
      let output = try await git.run(in: folder, ["rev-parse", "--show-prefix"])
      let text = output.last == 0x0A ? output.dropLast() : output[...]
      return String(decoding: text, as: UTF8.self).split(separator: "/").map(String.init)
    } catch GitCommand.Failure.failed(_, let why) {
      throw FilesError.noRepository(path, why)
    } catch GitCommand.Failure.notRun(let why) {
      throw FilesError.noRepository(path, why)
    }
  }

  private func tree(in folder: String) async throws -> String {
    do {
      let output = try await git.run(
        in: folder, ["rev-parse", "--verify", "--quiet", "\(revision)^{tree}"])
      let text = String(decoding: output, as: UTF8.self).split(separator: "\n").first ?? ""
      guard text.count >= 40, text.allSatisfy(\.isHexDigit) else {
        throw FilesError.unreadableRevision(revision, "git's answer is not understood")
      }
      return String(text)
    } catch GitCommand.Failure.failed {
      throw FilesError.unknownRevision(revision, folder)
    } catch GitCommand.Failure.notRun(let why) {
      throw FilesError.unreadableRevision(revision, why)
    }
  }

  // MARK: The content

  /// What lies below the path, and the files above it that say how to read that.
  private func listing(
    of tree: String, in folder: String, below root: [String]
  ) async throws -> RevisionListing {
    var paths: [String] = []
    if !root.isEmpty {
      paths = [root.joined(separator: "/")]
      for count in 0..<root.count {
        for name in [Self.ignoreName, "Chart.yaml"] {
          paths.append((root[..<count] + [name]).joined(separator: "/"))
        }
      }
    }
    let output = try await run(
      in: folder, ["ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--"] + paths,
      outputLimit: 1 << 30)
    guard let listing = RevisionListing(output) else {
      throw FilesError.unreadableRevision(revision, "git's list of files is not understood")
    }
    return listing
  }

  private static let ignoreName = ".gcrreportignore"

  private func ignoreFiles(
    _ listing: RevisionListing, in folder: String
  ) async throws -> [String: String] {
    let entries = listing.entries.filter { entry in
      entry.kind == .file && entry.size <= 1 << 20
        && (entry.path == Self.ignoreName || entry.path.hasSuffix("/\(Self.ignoreName)"))
    }
    var texts: [String: String] = [:]
    for (entry, content) in zip(entries, try await contents(of: entries, in: folder)) {
      let holder = entry.path.split(separator: "/").dropLast().joined(separator: "/")
      if let content { texts[holder] = String(decoding: content, as: UTF8.self) }
    }
    return texts
  }

  private func read(
    _ files: RevisionFiles, in folder: String, to scan: inout FilesScan
  ) async throws {
    var rest = files.files[...]
    while !rest.isEmpty {
      var batch: [RevisionFiles.File] = []
      var bytes = 0
      while let next = rest.first, batch.count < Self.batch.files {
        guard next.entry.size <= FilesScan.longestParsed else {
          scan.add(
            gap: next.name,
            "larger than \(FilesScan.longestParsed >> 20) MiB; check it out to have it searched")
          rest.removeFirst()
          continue
        }
        guard batch.isEmpty || bytes + next.entry.size <= Self.batch.bytes else { break }
        bytes += next.entry.size
        batch.append(next)
        rest.removeFirst()
      }
      let contents = try await contents(of: batch.map(\.entry), in: folder)
      for (file, content) in zip(batch, contents) {
        guard let content else {
          scan.add(gap: file.name, "the repository lacks this object: a partial clone")
          continue
        }
        scan.add(
          Array(content), name: file.name,
          kind: .of(file.name) { files.charts.contains($0) })
      }
    }
  }

  private func contents(
    of entries: [RevisionListing.Entry], in folder: String
  ) async throws -> [ArraySlice<UInt8>?] {
    guard !entries.isEmpty else { return [] }
    let names = entries.map { $0.object + "\n" }.joined()
    let size = entries.reduce(0) { $0 + $1.size + 256 }
    let output = try await run(
      in: folder, ["cat-file", "--batch", "--buffer"], input: Array(names.utf8),
      outputLimit: size + (1 << 20))
    guard let contents = ObjectBatch.contents(output, count: entries.count) else {
      throw FilesError.unreadableRevision(revision, "git's objects are not understood")
    }
    return contents
  }

  private func run(
    in folder: String, _ arguments: [String], input: [UInt8]? = nil, outputLimit: Int
  ) async throws -> [UInt8] {
    do {
      return try await git.run(in: folder, arguments, input: input, outputLimit: outputLimit)
    } catch GitCommand.Failure.failed(_, let why) {
      throw FilesError.unreadableRevision(revision, why)
    } catch GitCommand.Failure.notRun(let why) {
      throw FilesError.unreadableRevision(revision, why)
    }
  }
}
