/// `files`: the same report of manifests, charts and other files.
enum FilesCommand {
  static let command = Command(
    name: .files,
    group: .look,
    isEveryday: true,
    summary: "Report what breaks in manifests, charts and other files",
    details: [
      "Read files and folders instead of a cluster: manifests, kustomizations, Helm charts and their"
        + " values, compose files, Dockerfiles, and any other text that names an image of a registry"
        + " that the catalogue knows. Each finding has its file, line and column.",
      "Folders are read with all that they hold, but for what .gitignore and .gcrreportignore name."
        + " A comment \"gcr-report: ignore RULE reason\" on the line of an image, or above it, sets"
        + " a finding aside.",
      "--write puts the new references into the files, --diff shows the change: where a rule names the"
        + " same image elsewhere, only the bytes of the reference change. What a person must decide is"
        + " listed with its reason.",
      "No cluster is asked, so that every image counts as dormant unless --exposure says otherwise.",
    ],
    positional: .init(
      placeholder: "PATH", help: "Files and folders; - is standard input", isRequired: true,
      isRepeatable: true, completion: .files),
    examples: [
      .init(comment: "Everything below this folder", line: "kubectl gcr-report files ."),
      .init(
        comment: "What a pull request would see",
        line: "kubectl gcr-report files deploy charts -o github --fail-on info"),
      .init(
        comment: "See what would change, then change it",
        line: "kubectl gcr-report files deploy --diff && kubectl gcr-report files deploy --write"),
      .init(
        comment: "What a chart renders to",
        line: "helm template charts/web | kubectl gcr-report files -"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    guard !invocation.arguments.positionals.isEmpty else {
      throw FilesError.noPath
    }
    return try await FilesPipeline(invocation).run()
  }
}

/// Why `files` cannot begin.
enum FilesError: Error, Hashable {
  case noPath
  /// None of the paths could be read.
  case nothingRead(String)
  /// `--write` in a repository with changes.
  case dirtyTree(String)
  case unknownTree(String, String)
}

func describe(_ error: FilesError) -> String {
  switch error {
  case .noPath: "\"files\" needs a file or folder; \".\" is this folder, \"-\" standard input"
  case .dirtyTree(let top):
    "the git repository \"\(top)\" has changes that are not committed; commit them first, or use"
      + " --force"
  case .unknownTree(let top, let why):
    "whether the git repository \"\(top)\" has changes is not known: \(why); use --force to write"
      + " all the same"
  case .nothingRead(let why): "nothing could be read: \(why)"
  }
}
