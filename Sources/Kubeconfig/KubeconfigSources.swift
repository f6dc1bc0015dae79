/// Everything outside of this process that decides which cluster is meant.
package struct KubeconfigSources: Sendable {
  package enum Selection: Hashable, Sendable {
    /// `KUBECONFIG`, else `~/.kube/config`.
    case automatic
    /// `--kubeconfig`: this file alone, and it must exist.
    case file(String)
    /// `--kubeconfig-dir`: every file of the folder, its contexts named `file:context`.
    case directory(String)
  }

  package var selection: Selection
  package var environment: [String: String]
  package var homeDirectory: String?
  /// Absolute; what relative paths from flags and `KUBECONFIG` start from.
  package var workingDirectory: String
  package var files: any KubeconfigFiles

  package init(
    selection: Selection = .automatic, environment: [String: String], homeDirectory: String?,
    workingDirectory: String, files: any KubeconfigFiles = LocalFiles()
  ) {
    self.selection = selection
    self.environment = environment
    self.homeDirectory = homeDirectory
    self.workingDirectory = workingDirectory
    self.files = files
  }

  func absolute(_ path: String) -> String {
    FilePaths.resolve(path, base: workingDirectory)
  }
}
