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
        + " that the catalogue knows, or one of Docker Hub without a registry where a command or a key"
        + " asks for an image. Each finding has its file, line and column.",
      "Packaged charts (.tgz) are unpacked in memory. --git reads the files of a revision instead of"
        + " those on disk.",
      "Folders are read with all that they hold, but for what .gitignore and .gcrreportignore name."
        + " A comment \"gcr-report: ignore RULE reason\" on the line of an image, or above it, sets"
        + " a finding aside.",
      "--write puts the new references into the files, --diff shows the change: where a rule names the"
        + " same image elsewhere, only the bytes of the reference change. What a person must decide is"
        + " listed with its reason. --to puts a registry of yours in place of the public ones, --via"
        + " kustomize changes kustomizations instead of what they list, --lock lists what became what.",
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
        comment: "What a release had, without checking it out",
        line: "kubectl gcr-report files --git v1.2 deploy"),
      .init(
        comment: "Images from a mirror, and a list of what became what",
        line:
          "kubectl gcr-report files deploy --write --to mirror.example/k8s --lock images.tsv"),
      .init(
        comment: "What a chart renders to",
        line: "helm template charts/web | kubectl gcr-report files -"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    guard !invocation.arguments.positionals.isEmpty else {
      throw FilesError.noPath(.files)
    }
    return try await FilesPipeline(invocation).run()
  }
}

/// Why `files` cannot begin.
enum FilesError: Error, Hashable {
  case noPath(CommandName)
  /// None of the paths could be read.
  case nothingRead(String)
  /// `--write` in a repository with changes.
  case dirtyTree(String)
  case unknownTree(String, String)
  case gitMissing
  /// A path, and what git says of it.
  case noRepository(String, String)
  case leadsOut(String)
  /// A revision, and the folder whose repository lacks it.
  case unknownRevision(String, String)
  case unreadableRevision(String, String)
  /// `--lock` names a file that is something else.
  case noLockFile(String, String)
}

func describe(_ error: FilesError) -> String {
  switch error {
  case .noPath(let command):
    "\"\(command.rawValue)\" needs a file or folder; \".\" is this folder, \"-\" standard input"
  case .dirtyTree(let top):
    "the git repository \"\(top)\" has changes that are not committed; commit them first, or use"
      + " --force"
  case .unknownTree(let top, let why):
    "whether the git repository \"\(top)\" has changes is not known: \(why); use --force to write"
      + " all the same"
  case .gitMissing: "git is not installed; --git needs it"
  case .noRepository(let path, let why):
    "\"\(path)\" is in no git repository that can be read: \(why)"
  case .leadsOut(let path):
    "\"\(path)\" leads out of the repository; expected a path inside it"
  case .unknownRevision(let revision, let folder):
    "the repository of \"\(folder)\" has no revision \"\(revision)\"; expected a branch, a tag or a"
      + " commit that is there"
  case .unreadableRevision(let revision, let why):
    "revision \"\(revision)\" cannot be read: \(why)"
  case .noLockFile(let path, let why):
    "\"\(path)\" is not written: \(why); expected a file that --lock wrote, or none"
  case .nothingRead(let why): "nothing could be read: \(why)"
  }
}
